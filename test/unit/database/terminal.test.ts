import assert from "node:assert/strict";
import type { Io } from "../../../server/src/commandline/command";
import { scriptRunCommandsWith } from "../../../server/src/commandline/scriptRun";
import { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";
import { bundledRunner } from "./bundledRunner";
import { password, Workplace } from "./runHelp";

describe("script run, at a terminal", function () {
  this.timeout(60_000);
  before(() => void bundledRunner());

  /** Runs 1.sql with somebody at the terminal, who answers; an answer is for the question that contains its key. */
  async function call(
    workplace: Workplace,
    server: TdsServer,
    answers: Readonly<Record<string, string>>,
    ...more: string[]
  ): Promise<{ code: number; err: string; asked: string[] }> {
    let err = "";
    const asked: string[] = [];
    const io: Io = {
      out: () => undefined,
      err: (text) => (err += text),
      env: process.env,
      cwd: workplace.folder,
      ask: (prompt, hidden) => {
        asked.push(`${prompt}${hidden ? " (hidden)" : ""}`);
        return Promise.resolve(Object.entries(answers).find(([part]) => prompt.includes(part))?.[1]);
      },
    };
    const [run] = scriptRunCommandsWith(bundledRunner().module);
    const target = ["--dialect", "sqlcmd", "--server", `localhost,${server.port}`, "--user", "sa"];
    const args = ["1.sql", ...target, "--ca", authorityFile, ...more];
    return { code: (await run?.run(args, io)) ?? -1, err, asked };
  }

  it("starts after a yes, and asks for the password where it cannot be seen", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", "print 1\nGO\n");
    const no = await call(workplace, server, { "Run this?": "no" });
    assert.deepEqual([no.code, server.logins.length], [2, 0]);
    assert.match(no.err, /not started/);
    const nothing = await call(workplace, server, {});
    assert.deepEqual([nothing.code, server.logins.length], [2, 0], "no answer is no yes");
    const yes = await call(workplace, server, { "Run this?": "yes", Password: password });
    assert.deepEqual([yes.code, server.texts], [0, ["print 1"]]);
    assert.deepEqual(yes.asked, ["Run this? (yes/no)", "Password of sa: (hidden)"]);
    assert.ok(!yes.err.includes(password));
  });

  it("lets the user decide what becomes of a batch that was in flight, and of changed scripts", async () => {
    using workplace = new Workplace();
    let lose = true;
    await using server = await TdsServer.start({
      reply: (text) => (text.includes("drop socket") && !lose ? [] : undefined),
    });
    workplace.script("1.sql", "print 1\nGO\ndrop socket\nGO\n");
    await call(workplace, server, { "Run this?": "yes", Password: password });
    lose = false;
    const stopped = await call(
      workplace,
      server,
      { "did not finish": "stop", "Run the rest?": "yes" },
      "--resume",
    );
    assert.equal(stopped.code, 2);
    assert.match(stopped.err, /in flight +batch 2, 1\.sql, line 3: the connection was lost while it ran/);
    workplace.script("1.sql", "print 1\nGO\ndrop socket\nGO\nprint 3\nGO\n");
    const unwanted = await call(
      workplace,
      server,
      { "have changed": "no", "did not finish": "rerun" },
      "--resume",
    );
    assert.equal(unwanted.code, 2);
    assert.match(unwanted.err, /scripts have changed since they were run/);
    assert.equal(server.executions.length, 2);
    const answers = {
      "have changed": "yes",
      "did not finish": "rerun",
      "Run the rest?": "y",
      Password: password,
    };
    const done = await call(workplace, server, answers, "--resume");
    assert.equal(done.code, 0, done.err);
    assert.deepEqual(server.texts, ["print 1", "drop socket", "drop socket", "print 3"]);
  });
});
