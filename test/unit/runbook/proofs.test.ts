import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { changed, noMarks } from "../../../server/src/runbook/marks";
import type { Provable } from "../../../server/src/runbook/model";
import { newlyProved } from "../../../server/src/runbook/proofs/newlyProved";
import { Prover, type ProveOptions } from "../../../server/src/runbook/proofs/prover";
import type { Finding } from "../../../server/src/runbook/proofs/finding";
import { put, scratch, zipped } from "../packages/making";

const fixtures = resolve(__dirname, "../../fixtures");
const name = "CICSRV_01152026101500.ininmigr";

describe("proofs of the runbook", () => {
  let folder = "";
  let remove = (): void => undefined;
  let prover = new Prover();
  beforeEach(() => {
    ({ folder, remove } = scratch());
    prover = new Prover();
  });
  afterEach(() => remove());

  const look = async (what: Provable, more: Partial<ProveOptions> = {}): Promise<Finding> => {
    const options = { folders: [folder], exclude: [], signal: new AbortController().signal, ...more };
    const finding = (await prover.prove(options)).get(what);
    assert.ok(finding);
    return finding;
  };

  it("are none in a workspace where there is nothing to look at", async () => {
    const options = { folders: [folder], exclude: [], signal: new AbortController().signal };
    const findings = await prover.prove(options);
    assert.deepEqual(
      [...findings.values()].filter(({ outcome }) => outcome !== "unknown"),
      [],
    );
    const files = [...findings].filter(([what]) => !what.startsWith("scripts/"));
    assert.equal(files.length, 4);
    for (const [, { text }] of files) assert.match(text, /^There is no .* in this workspace\.$/);
  });

  it("are looked for one look after another, so that the newest is the last", async () => {
    for (let at = 0; at < 50; at++) put(folder, `Custom/ToBeMigrated/a${at}/b/Main.ihd`, "x");
    const ended: string[] = [];
    const long = look("toBeMigrated").then(() => ended.push("first"));
    const short = look("toBeMigrated", { folders: [] }).then(() => ended.push("second"));
    const stopped = look("toBeMigrated", { signal: AbortSignal.abort() });
    await assert.rejects(stopped, { name: "AbortError" });
    await Promise.all([long, short]);
    assert.deepEqual(ended, ["first", "second"]);
    assert.equal((await look("toBeMigrated")).outcome, "failed");
  });

  it("see when no handler is left to be migrated", async () => {
    const handler = put(folder, "Custom/ToBeMigrated/IVR/Main.ihd", "x");
    put(folder, "Custom/ToBeMigrated/readme.txt", "x");
    const failed = await look("toBeMigrated");
    assert.equal(failed.outcome, "failed");
    assert.match(failed.text, /Custom\/ToBeMigrated\/IVR\/Main\.ihd/);
    rmSync(handler);
    assert.deepEqual(await look("toBeMigrated"), {
      outcome: "proved",
      text: "No handler is left in Custom/ToBeMigrated.",
    });
    // What is left out of the workspace's handlers is left out here.
    put(folder, "old/tobemigrated/Main.ihd", "x");
    assert.equal((await look("toBeMigrated")).outcome, "failed");
    assert.equal((await look("toBeMigrated", { exclude: ["old/**"] })).outcome, "proved");
  });

  it("see when every data link of a Dialer configuration is there", async () => {
    cpSync(join(fixtures, "dialer/source"), join(folder, "Dialer"), { recursive: true });
    const failed = await look("udlFiles");
    assert.equal(failed.outcome, "failed");
    assert.match(failed.text, /archive\.udl of Dialer\/dialer_config\.xml/);
    cpSync(join(folder, "Dialer/UDL/Contacts.UDL"), join(folder, "Dialer/UDL/ARCHIVE.udl"));
    const proved = await look("udlFiles");
    assert.equal(proved.outcome, "proved");
    assert.match(proved.text, /^All \d+ data links that Dialer\/dialer_config\.xml names are there\.$/);
    // What the target's configuration names is on another server.
    cpSync(join(fixtures, "dialer/target/monday.xml"), join(folder, "target/dialer_config.xml"));
    assert.deepEqual(await look("udlFiles"), proved);
    writeFileSync(join(folder, "Dialer/dialer_config.xml"), "<nothing/>");
    assert.equal((await look("udlFiles")).outcome, "unknown");
  });

  it("take no data links for proved where a configuration was not read to its end", async () => {
    cpSync(join(fixtures, "dialer/source"), folder, { recursive: true });
    const path = join(folder, "dialer_config.xml");
    const text = readFileSync(path, "utf8");
    const connections = text.indexOf('<DIALEROBJECT id="{00100000');
    writeFileSync(path, text.slice(0, connections));
    const cut = await look("udlFiles");
    assert.equal(cut.outcome, "unknown", cut.text);
    assert.match(cut.text, /^dialer_config\.xml could not be read in full: line 1: .*cut off/);
    const deep = `${"<a>".repeat(300)}${"</a>".repeat(300)}`;
    writeFileSync(path, text.slice(0, connections) + deep + text.slice(connections));
    const limited = await look("udlFiles");
    assert.equal(limited.outcome, "unknown", limited.text);
    assert.match(limited.text, /deeper than 256 levels/);
  });

  it("see whether the phones' file keeps the rules", async () => {
    put(folder, "phones/push40.cfg", readFileSync(join(fixtures, "config/push40.cfg"), "utf8"));
    assert.equal((await look("phoneFile")).outcome, "failed");
    put(
      folder,
      "phones/push40.cfg",
      '<device device.set="1" device.dhcp.bootSrvOpt="225" device.dhcp.bootSrvOpt.set="1" device.prov.tagSerialNo="1" device.prov.tagSerialNo.set="1"></device>\n',
    );
    assert.deepEqual(await look("phoneFile"), {
      outcome: "proved",
      text: "phones/push40.cfg is well formed and keeps the rules.",
    });
  });

  it("see whether a package can be read to its end", async () => {
    const bytes = await zipped({ "Users/a.xml": "a".repeat(5000), "Roles/b.xml": "b".repeat(5000) });
    const path = put(folder, `export/${name}`, bytes);
    const proved = await look("package");
    assert.equal(proved.outcome, "proved", proved.text);
    assert.match(proved.text, /^export\/CICSRV.*all contents were read and verified/);
    const damaged = Buffer.from(bytes);
    damaged[60] = damaged[60]! ^ 0xff;
    writeFileSync(path, damaged);
    appendFileSync(path, "");
    assert.equal((await look("package")).outcome, "failed");
  });

  it("take no export for proved that lies there in several parts", async () => {
    const [first, second, later] = ["01022024030405", "01022024031405", "01022024091405"].map(
      (stamp) => `export/srv_${stamp}.ininmigr`,
    );
    const bytes = await zipped({ "Users/a.xml": "a".repeat(5000) });
    put(folder, first!, bytes);
    assert.equal((await look("package")).outcome, "proved");
    put(folder, second!, bytes);
    const parts = await look("package");
    assert.equal(parts.outcome, "failed");
    assert.match(parts.text, /more packages of srv from the same hour: .* the export did not finish/);
    rmSync(join(folder, second!));
    put(folder, later!, bytes);
    assert.equal((await look("package")).outcome, "proved");
  });

  it("take the password of a package, and keep none", async () => {
    const bytes = await zipped({ "Users/a.xml": "a".repeat(500) }, { password: "geheim" });
    const path = put(folder, name, bytes);
    const locked = await look("package");
    assert.equal(locked.outcome, "unknown");
    assert.match(locked.text, /password/);
    assert.deepEqual(prover.lockedPackages, [path]);
    const wrong = await look("package", { passwords: new Map([[path, "falsch"]]) });
    assert.deepEqual([wrong.outcome, prover.lockedPackages], ["unknown", [path]]);
    const proved = await look("package", { passwords: new Map([[path, "geheim"]]) });
    assert.deepEqual([proved.outcome, prover.lockedPackages], ["proved", []]);
    assert.ok(!inspect(prover, { depth: null, showHidden: true }).includes("geheim"));
    // It was proved for this very file: no password is needed to say so again.
    assert.equal((await look("package")).outcome, "proved");
    writeFileSync(path, await zipped({ "Users/a.xml": "b".repeat(700) }, { password: "geheim" }));
    assert.equal((await look("package")).outcome, "unknown");
  });

  it("name the folder where a workspace has several", async () => {
    mkdirSync(join(folder, "one/ToBeMigrated"), { recursive: true });
    mkdirSync(join(folder, "two"));
    const { text } = await look("toBeMigrated", { folders: [join(folder, "one"), join(folder, "two")] });
    assert.equal(text, "No handler is left in one/ToBeMigrated.");
  });

  it("stop when they are told to", async () => {
    put(folder, name, await zipped({ a: "a" }));
    const signal = AbortSignal.abort(new Error("Cancelled."));
    await assert.rejects(prover.prove({ folders: [folder], exclude: [], signal }), /Cancelled/);
  });

  it("are written once, again when somebody asks, and not against what people say", () => {
    const finding: Finding = { outcome: "proved", text: "seen" };
    const findings = new Map<Provable, Finding>([["toBeMigrated", finding]]);
    const step = "review/custom-handlers";
    const change = { what: "proof" as const, step, from: "seen" };
    assert.deepEqual(newlyProved(noMarks, findings), [change]);
    const known = changed(noMarks, change, "", "2026-01-01T00:00:00.000Z");
    assert.deepEqual(newlyProved(known, findings), []);
    assert.deepEqual(newlyProved(known, findings, step), [change]);
    const spared = changed(
      noMarks,
      { what: "state", step, state: "notNeeded" },
      "Ann",
      "2026-01-01T00:00:00.000Z",
    );
    assert.deepEqual(newlyProved(spared, findings), []);
    const failed = new Map<Provable, Finding>([["toBeMigrated", { outcome: "failed", text: "no" }]]);
    assert.deepEqual(newlyProved(noMarks, failed), []);
    // Of a part that the site does not have.
    assert.deepEqual(newlyProved(noMarks, new Map([["udlFiles", finding]])), []);
  });
});
