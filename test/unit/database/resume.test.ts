import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { RunRefused } from "../../../server/src/database/run/run";
import { TdsServer } from "../../tds/server";
import { interrupted } from "./interrupted";
import { requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

describe("resuming a run", () => {
  it("goes on at the first batch that did not finish, and shows what was in flight", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "print 1\nGO\nprint 2\ndrop socket\nGO\nprint 3\nGO\n",
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    const { folder = "" } = ran.result;
    await assert.rejects(runHere(request, { resume: folder }), RunRefused, "it must be decided first");
    const again = await runHere(request, { resume: folder, decisions: { unfinished: "rerun" } });
    assert.equal(again.result.state, "Completed");
    assert.equal(again.result.folder, folder);
    assert.deepEqual(again.survey.resume?.inFlight, {
      number: 2,
      file: path,
      line: 3,
      why: "the connection was lost while it ran",
    });
    assert.deepEqual(server.texts, ["print 1", "print 2\ndrop socket", "print 2\ndrop socket", "print 3"]);
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("takes the batch in flight as done when told so", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "print 1\nGO\nprint 2\ndrop socket\nGO\nprint 3\nGO\n",
    );
    const again = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      resume: ran.result.folder,
      decisions: { unfinished: "skip" },
    });
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts.slice(2), ["print 3"]);
    await assert.rejects(
      runHere(requestFor(workplace, sqlServerTarget(server), [path]), { resume: ran.result.folder }),
      /Completed/,
    );
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("goes back to where a transaction began that the server has rolled back", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "print 1\nGO\nbegin tran\nGO\ninsert into t values (1)\nGO\ncommit\nGO\nbegin tran\ninsert into t values (2)\nGO\ninsert into t values (3)\nGO\ndrop socket\nGO\ncommit\nGO\n",
    );
    const again = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      resume: ran.result.folder,
      decisions: { unfinished: "rerun" },
    });
    assert.deepEqual(
      again.survey.resume?.rolledBack.map(({ number, line }) => [number, line]),
      [
        [5, 9],
        [6, 12],
      ],
    );
    assert.equal(again.survey.resume?.at, 5);
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts.slice(7), [
      "begin tran\ninsert into t values (2)",
      "insert into t values (3)",
      "drop socket",
      "commit",
    ]);
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("is in the database where it was, and says so", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "use I3_Dialer\nGO\nprint 2\nGO\ndrop socket\nGO\nprint 4\nGO\n",
    );
    const again = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      resume: ran.result.folder,
      decisions: { unfinished: "rerun" },
    });
    assert.deepEqual(
      server.executions.slice(3).map(({ text, database }) => [text, database]),
      [
        ["USE [I3_Dialer]", "I3_IC"],
        ["drop socket", "I3_Dialer"],
        ["print 4", "I3_Dialer"],
      ],
    );
    assert.ok(again.events.notes.some((note) => note.includes("USE [I3_Dialer] is sent before it goes on")));
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("tells which settings and temporary tables are gone, and sends settings again when told so", async () => {
    const text =
      "set quoted_identifier on\nset ansi_nulls on;\nGO\nset @x = 1\nGO\ncreate table #work (a int)\nGO\nset nocount on\nupdate t set a = 1\nGO\nexecute as user = 'x'\nGO\ndrop socket\nGO\n";
    const { workplace, server, ran, path } = await interrupted(text);
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    const again = await runHere(request, {
      resume: ran.result.folder,
      decisions: { unfinished: "rerun", replaySession: true },
    });
    assert.deepEqual(
      again.survey.resume?.sessionState.map(({ kind, text: words, line, alone }) => [
        kind,
        words,
        line,
        alone,
      ]),
      [
        ["setting", "set quoted_identifier on", 1, true],
        ["setting", "set ansi_nulls on", 2, true],
        ["temporary table", "#work", 6, false],
        ["setting", "set nocount on", 8, false],
        ["context", "execute as user = 'x'", 11, false],
      ],
    );
    assert.deepEqual(server.texts.slice(6), ["set quoted_identifier on\nset ansi_nulls on;", "drop socket"]);
    assert.ok(
      again.events.notes.some((note) =>
        note.startsWith("information: sent again for the new session: set quoted_identifier on"),
      ),
    );
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("notices a changed script, and never goes on past something else than what has run", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "print 1\nGO\nprint 2\ndrop socket\nGO\nprint 3\nGO\n",
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    const resume = ran.result.folder;
    writeFileSync(path, "print 1\nGO\nprint 'mended'\nGO\nprint 3\nGO\n");
    await assert.rejects(
      runHere(request, { resume, decisions: { unfinished: "rerun" } }),
      /have changed since/,
    );
    writeFileSync(path, "print 'other'\nGO\nprint 'mended'\nGO\nprint 3\nGO\n");
    await assert.rejects(
      runHere(request, { resume, decisions: { unfinished: "rerun", changedScripts: true } }),
      /reads differently now/,
    );
    writeFileSync(path, "print 1\nGO\nprint 'mended'\nGO\nprint 3\nGO\n");
    const again = await runHere(request, {
      resume,
      decisions: { unfinished: "rerun", changedScripts: true },
    });
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts.slice(2), ["print 'mended'", "print 3"]);
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("goes on in the middle of GO 5, with variables and the last :connect", async () => {
    using workplace = new Workplace();
    let dropped = false;
    await using server = await TdsServer.start({
      reply: (text) => {
        if (text !== "print 'x2'" || dropped || server.texts.filter((one) => one === text).length < 3)
          return undefined;
        dropped = true;
        return [{ do: "drop" }];
      },
    });
    const path = workplace.script(
      "main.sql",
      `:setvar v 1\nprint 'x$(v)'\nGO\n:setvar v 2\n:connect localhost,${server.port} -U sa -P "correct horse" -D I3_Dialer\nprint 'x$(v)'\nGO 5\nprint 'end'\nGO\n`,
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    const first = await runHere(request);
    assert.equal(first.result.state, "Ready for restart");
    const again = await runHere(request, { resume: first.result.folder, decisions: { unfinished: "rerun" } });
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(
      server.executions.slice(4).map(({ text, database }) => `${text} in ${database}`),
      [
        "print 'x2' in I3_Dialer",
        "print 'x2' in I3_Dialer",
        "print 'x2' in I3_Dialer",
        "print 'end' in I3_Dialer",
      ],
    );
  });

  it("does not touch scripts that have finished, and says when they have changed", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start({
      reply: (text) =>
        text === "print 'b'" && server.texts.filter((one) => one === text).length === 1
          ? [{ do: "drop" }]
          : undefined,
    });
    const one = workplace.script("1.sql", "print 'a'\nGO\n");
    const two = workplace.script("2.sql", "print 'b'\nGO\n");
    const request = requestFor(workplace, sqlServerTarget(server), [one, two]);
    const first = await runHere(request);
    appendFileSync(one, "print 'new'\n");
    const decisions = { unfinished: "rerun", changedScripts: true } as const;
    const again = await runHere(request, { resume: first.result.folder, decisions });
    assert.deepEqual(again.survey.resume?.changed, [one]);
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts, ["print 'a'", "print 'b'", "print 'b'"]);
  });

  it("offers a failed batch again", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const path = workplace.script(
      "main.sql",
      ":on error exit\nprint 1\nGO\nraiserror('x', 16, 1)\nGO\nprint 3\nGO\n",
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    const first = await runHere(request);
    assert.equal(first.result.state, "Failed");
    const again = await runHere(request, { resume: first.result.folder, decisions: { unfinished: "skip" } });
    assert.equal(again.survey.resume?.inFlight?.why, "it failed and ended the run");
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts.slice(2), ["print 3"]);
  });
});
