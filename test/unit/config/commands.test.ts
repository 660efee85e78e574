import assert from "node:assert/strict";
import { configCommands } from "../../../server/src/commandline/config";
import { main } from "../../../server/src/commandline/main";
import { fixtures } from "./fixture";

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    env: {},
    cwd: fixtures,
  };
  const code = await main(configCommands, ["config", "check", ...args], io);
  return { code, out, err };
}

describe("config: command line", () => {
  it("checks several files and ends with 1 for warnings", async () => {
    const { code, out } = await run("onex.reg", "sqlnet.ora");
    assert.equal(code, 1);
    assert.match(out, /^onex\.reg:5:\d+: error: JvmMs is 1298 MB/m);
    assert.match(out, /^sqlnet\.ora:2:1: warning: /m);
  });

  it("gives one JSON document and no password", async () => {
    const { code, out } = await run("dialer.udl", "push40.cfg", "--json");
    const { findings } = JSON.parse(out) as { findings: { rule: string; file: string; certainty: string }[] };
    assert.equal(code, 1);
    assert.ok(findings.some(({ rule, file }) => rule === "udl/password" && file === "dialer.udl"));
    assert.ok(
      findings.some(
        ({ rule, certainty }) => rule === "polycom-push/option-unchanged" && certainty === "documented",
      ),
    );
    assert.ok(!out.includes("-secret"));
  });

  it("looks into the folder of a list", async () => {
    assert.match((await run("i3pubs.lst")).out, /Second handler\.i3pub is not in the folder/);
  });

  it("ends with 0 for hints alone", async () => {
    assert.equal((await run("pushbackto30.cfg")).code, 0);
  });

  it("checks the other files where one is unknown or not there, and ends with 2", async () => {
    const { code, out, err } = await run("First.i3pub", "no such.ora", "sqlnet.ora");
    assert.equal(code, 2);
    assert.match(out, /^sqlnet\.ora:2:1: warning: /m);
    assert.match(err, /^First\.i3pub is none of the known formats.*\ncannot read no such\.ora: ENOENT/);
  });

  it("says what it does not know", async () => {
    const unknown = await run("First.i3pub");
    assert.deepEqual([unknown.code, /none of the known formats.*--format/.test(unknown.err)], [2, true]);
    assert.equal((await run("sqlnet.ora", "--format", "nothing")).code, 2);
    assert.equal((await run()).code, 2);
    assert.equal((await run("First.i3pub", "--format", "sqlnet")).code, 0);
  });
});
