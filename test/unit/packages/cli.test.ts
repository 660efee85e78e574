import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../../server/src/commandline/main";
import { packageCommands } from "../../../server/src/commandline/package";
import { put, rawZip, scratch, zipped } from "./making";

const PASSWORD = "Correct horse battery";

describe("package commands", () => {
  const { folder, remove } = scratch();
  const NAME = "foo_12062011091650.ininmigr";
  after(remove);

  before(async () => {
    const inner = await zipped({ "u.xml": "<u/>" });
    const bytes = await zipped(
      { "Workgroups.zip": inner, "Lines/l\u001b[31m.xml": "<l/>" },
      { password: PASSWORD },
    );
    put(folder, NAME, bytes);
    put(folder, "cut/cut_12062011091650.ininmigr", bytes.subarray(0, 200));
    put(
      folder,
      "sound/s_12062011091650.ininmigr",
      await zipped({ "Workgroups/w.xml": "w" }, { password: PASSWORD }),
    );
  });

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ["", ""];
    const code = await main(packageCommands, ["package", ...args], {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      env: { PW: PASSWORD, BAD: "Trojan horse battery", EMPTY: "" },
      cwd: folder,
    });
    assert.ok(!`${out}${err}`.includes("horse"), "a password was shown");
    return { code, out, err };
  }
  const withPassword = ["--password-env", "PW"];

  it("list: entries and problems as JSON, with and without password", async () => {
    const locked = await run("list", NAME, "--json");
    assert.equal(locked.code, 0);
    const { entries, problems } = JSON.parse(locked.out) as {
      entries: Record<string, unknown>[];
      problems: unknown[];
    };
    assert.deepEqual(
      entries.map(({ path, size, encrypted }) => [path, size, encrypted]),
      [
        ["Workgroups.zip", entries[0]?.["size"], true],
        ["Lines/l\u001b[31m.xml", 4, true],
      ],
    );
    assert.ok(problems.length > 0);
    const open = await run("list", NAME, "--json", ...withPassword);
    assert.ok(
      (JSON.parse(open.out) as { entries: { path: string }[] }).entries.some(
        ({ path }) => path === "Workgroups.zip/u.xml",
      ),
    );
  });

  it("list: as text, without what could drive a terminal", async () => {
    const { code, out } = await run("list", NAME, ...withPassword);
    assert.equal(code, 0);
    assert.match(out, /AES-256\s+Workgroups\.zip$/m);
    assert.match(out, /2 files, 8 bytes/);
    assert.ok(!out.includes("\u001b"));
  });

  it("verify: 0 when all is proven, 1 when something is not, 2 for a wrong password or a cut file", async () => {
    const sound = "sound/s_12062011091650.ininmigr";
    const good = await run("verify", sound, ...withPassword, "--json");
    assert.equal(good.code, 0, good.out);
    const { proven, failures, locked } = JSON.parse(good.out) as Record<string, unknown>;
    assert.deepEqual([proven, failures, locked], [1, [], 0]);
    assert.equal((await run("verify", sound)).code, 1);
    const wrong = await run("verify", sound, "--password-env", "BAD");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /password is wrong/);
    const cut = await run("verify", "cut/cut_12062011091650.ininmigr", ...withPassword);
    assert.equal(cut.code, 2);
    assert.match(cut.err, /cut short/);
    put(folder, "empty/e_12062011091650.ininmigr", rawZip([]));
    const empty = await run("verify", "empty/e_12062011091650.ininmigr");
    assert.equal(empty.code, 1);
    assert.match(empty.err, /holds no files/);
  });

  it("extract: chosen items, below the folder only", async () => {
    const result = await run(
      "extract",
      NAME,
      "--to",
      "out",
      "--item",
      "workgroups.zip/*",
      ...withPassword,
      "--json",
    );
    assert.equal(result.code, 0, result.err);
    assert.deepEqual((JSON.parse(result.out) as { written: unknown }).written, ["Workgroups.zip/u.xml"]);
    assert.equal(readFileSync(join(folder, "out/Workgroups.zip/u.xml"), "utf8"), "<u/>");
    assert.equal(
      (await run("extract", NAME, "--to", "out", "--item", "Workgroups.zip", ...withPassword)).code,
      1,
    );
    assert.equal(
      (
        await run(
          "extract",
          NAME,
          "--to",
          "out",
          "--item",
          "Workgroups.zip",
          "--existing",
          "replace",
          ...withPassword,
        )
      ).code,
      0,
    );
    // The other name holds a control character.
    assert.equal((await run("extract", NAME, "--to", "out2", ...withPassword)).code, 1);
    assert.equal(
      (await run("extract", NAME, "--to", "I3/IC", "--item", "Workgroups.zip", ...withPassword)).code,
      1,
    );
    assert.equal((await run("extract", NAME, "--to", "out3", "--password-env", "BAD")).code, 2);
    for (const name of ["out2", "I3", "out3"]) assert.ok(!existsSync(join(folder, name)), name);
  });

  it("diff: 0 for the same, 1 for differences, 2 for what cannot be read", async () => {
    assert.equal(
      (await run("extract", "sound/s_12062011091650.ininmigr", "--to", "same", ...withPassword)).code,
      0,
    );
    const same = await run("diff", "sound/s_12062011091650.ininmigr", "same", ...withPassword, "--json");
    assert.equal(same.code, 0, same.out);
    put(folder, "same/Workgroups/new.xml", "n");
    const other = await run("diff", "sound/s_12062011091650.ininmigr", "same", ...withPassword, "--json");
    assert.equal(other.code, 1);
    const { summary, pairs } = JSON.parse(other.out) as {
      summary: unknown;
      pairs: { path: string; status: string }[];
    };
    assert.deepEqual(summary, { changed: 0, added: 1, removed: 0, identical: 1, unreadable: 0 });
    assert.deepEqual(
      pairs.map(({ path, status }) => [path, status]),
      [
        ["Workgroups/new.xml", "added"],
        ["Workgroups/w.xml", "identical"],
      ],
    );
    assert.match(
      (await run("diff", "sound/s_12062011091650.ininmigr", "same", ...withPassword)).out,
      /^added {6}Workgroups\/new\.xml$/m,
    );
    assert.equal((await run("diff", "cut/cut_12062011091650.ininmigr", "same")).code, 2);
  });

  it("console: findings with their places", async () => {
    put(
      folder,
      "export.cmd",
      "@echo off\r\nININ.Migrator.Console -export -exportNodes=all -exportFolder=d:\\out noprompt\r\n",
    );
    const { code, out } = await run("console", "export.cmd");
    assert.equal(code, 1);
    assert.match(out, /^export\.cmd:2:69: warning: the dash is missing/m);
    put(
      folder,
      "good.cmd",
      "ININ.Migrator.Console -export -exportNodes=all -exportFolder=d:\\out -noprompt\r\n",
    );
    assert.equal((await run("console", "good.cmd", "--json")).code, 0);
  });

  it("say what is wrong with a call, with code 2", async () => {
    for (const [args, message] of [
      [["list"], /no package is named/],
      [["list", NAME, NAME], /one package at a time/],
      [["list", "none.ininmigr"], /ENOENT/],
      [["list", NAME, "--password", "x"], /Unknown option/],
      [["verify", NAME, "--password-env", "UNSET"], /is not set/],
      [["verify", NAME, "--password-env", "EMPTY"], /is not set/],
      [["extract", NAME], /--to FOLDER is missing/],
      [["extract", NAME, "--to", "x", "--existing", "maybe"], /refuse, skip or replace/],
      [["diff", NAME], /two packages or folders/],
      [["console"], /no script/],
    ] as const) {
      const { code, err } = await run(...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, message);
    }
  });
});
