import assert from "node:assert/strict";
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HistoryError, readHistory } from "../../../server/src/database/journal/history";
import {
  Journal,
  JournalError,
  type JournalFile,
  openJournal,
} from "../../../server/src/database/journal/writer";
import { TargetLock } from "../../../server/src/database/lock";
import { RunRefused } from "../../../server/src/database/run/run";
import { createRunFolder, listRuns, safeName } from "../../../server/src/database/runFolder";
import { TdsServer } from "../../tds/server";
import { type Ran, requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

/** A run that loses its connection in a batch, and what is needed to go on with it. */
async function interrupted(
  text: string,
): Promise<{ workplace: Workplace; server: TdsServer; ran: Ran; path: string }> {
  const workplace = new Workplace();
  const server = await TdsServer.start({
    // Broken the first time only.
    reply: (batch) =>
      batch.includes("drop socket") && server.texts.filter((one) => one === batch).length > 1
        ? []
        : undefined,
  });
  const path = workplace.script("main.sql", text);
  const ran = await runHere(requestFor(workplace, sqlServerTarget(server), [path]));
  return { workplace, server, ran, path };
}

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

describe("the journal", () => {
  it("is on the disk before the next batch is sent", async () => {
    using workplace = new Workplace();
    const seen: string[] = [];
    await using server = await TdsServer.start({
      onBatch: (text) => {
        const runs = join(workplace.runs, "x", "journal.jsonl");
        void runs;
        seen.push(text);
      },
    });
    const calls: string[] = [];
    const opener = async (path: string): Promise<Journal> => {
      const real = await openJournal(path);
      void real.close();
      const file: JournalFile = {
        append: (text) => {
          const record = JSON.parse(text) as { type: string; n?: number };
          calls.push(`add ${record.type} ${record.n ?? ""}`.trim());
          appendFileSync(path, text);
          return Promise.resolve();
        },
        sync: () => {
          calls.push(`sync, ${seen.length} sent`);
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      };
      return new Journal(file, path);
    };
    const path = workplace.script("main.sql", "print 1\nGO\nprint 2\nGO\n");
    await runHere(requestFor(workplace, sqlServerTarget(server), [path]), { openJournal: opener });
    assert.deepEqual(calls, [
      "add run",
      "sync, 0 sent",
      "add file 1",
      "add start 1",
      "sync, 0 sent",
      "add end 1",
      "add start 2",
      "sync, 1 sent",
      "add end 2",
      "add script-end",
      "sync, 2 sent",
      "add finish",
      "sync, 2 sent",
    ]);
  });

  for (const failing of [1, 2, 3, 4, 5]) {
    it(`stops the run before the next batch when the disk is full (from write ${failing} on)`, async () => {
      using workplace = new Workplace();
      await using server = await TdsServer.start();
      const path = workplace.script("main.sql", "print 1\nGO\nprint 2\nGO\nprint 3\nGO\n");
      let writes = 0;
      let journalPath = "";
      const opener = async (at: string): Promise<Journal> => {
        journalPath = at;
        const real = await openJournal(at);
        void real.close();
        const full = (): Promise<void> =>
          Promise.reject(Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }));
        return new Journal(
          {
            append: (text) => {
              if (++writes >= failing) return full();
              appendFileSync(at, text);
              return Promise.resolve();
            },
            sync: () => (writes >= failing ? full() : Promise.resolve()),
            close: () => Promise.resolve(),
          },
          at,
        );
      };
      const events: string[] = [];
      // Without a first record there is no history to read afterwards.
      const ran = runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
        openJournal: opener,
        onEvent: (event) => {
          if (event.kind === "note") events.push(event.text);
        },
      });
      if (failing === 1) await assert.rejects(ran, HistoryError);
      else {
        const { result, history } = await ran;
        assert.notEqual(result.state, "Completed");
        assert.match(result.reason, /the disk is full\. Nothing more was sent/);
        // What was sent is known to the journal, as finished or as in flight.
        assert.equal(history.executions.size, server.executions.length);
      }
      assert.equal(server.executions.length, [0, 0, 0, 1, 1][failing - 1]);
      assert.ok(events.some((text) => text.includes("the disk is full")));
      assert.ok(journalPath !== "");
    });
  }

  it("can be read when its last line was cut off, and not when one in the middle is damaged", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const path = workplace.script("main.sql", "print 1\nGO\nprint 2\nGO\nprint 3\nGO\n");
    const { result } = await runHere(requestFor(workplace, sqlServerTarget(server), [path]));
    const journal = join(result.folder ?? "", "journal.jsonl");
    const whole = readFileSync(journal, "utf8");
    const lines = whole.split("\n");
    const states = new Map<string, number>();
    for (let length = lines[0]?.length ?? 0; length < whole.length; length++) {
      writeFileSync(journal, whole.slice(0, length));
      const history = await readHistory(journal);
      states.set(history.state, (states.get(history.state) ?? 0) + 1);
      const started = whole
        .slice(0, length)
        .split("\n")
        .slice(0, -1)
        .filter((line) => line.includes('"start"')).length;
      // The last line may be whole without its line end.
      assert.ok(history.executions.size - started <= 1);
    }
    assert.deepEqual([...states.keys()].sort(), ["Completed", "Incomplete", "Ready for restart"]);
    writeFileSync(journal, lines.map((line, index) => (index === 4 ? line.slice(0, 20) : line)).join("\n"));
    await assert.rejects(readHistory(journal), /damaged at line 5/);
    writeFileSync(journal, "hello\n");
    await assert.rejects(readHistory(journal), HistoryError);
  });

  it("goes on after a line that was cut off", async () => {
    const { workplace, server, ran, path } = await interrupted(
      "print 1\nGO\nprint 2\nGO\ndrop socket\nGO\nprint 4\nGO\n",
    );
    const { folder = "" } = ran.result;
    const journal = join(folder, "journal.jsonl");
    const lines = readFileSync(journal, "utf8").split("\n");
    const upTo = lines.findIndex((line) => line.includes('"type":"end"') && line.includes('"n":2'));
    const kept = lines.slice(0, upTo).join("\n").length + 1;
    truncateSync(journal, kept + 30);
    const before = await readHistory(journal);
    assert.equal(before.unfinished?.start.n, 2);
    const again = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      resume: folder,
      decisions: { unfinished: "rerun" },
    });
    assert.equal(again.result.state, "Completed");
    assert.deepEqual(server.texts.slice(3), ["print 2", "drop socket", "print 4"]);
    assert.equal(again.history.executions.size, 4);
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("fails for good once it has failed", async () => {
    let full = true;
    const journal = new Journal(
      {
        append: () => (full ? Promise.reject(new Error("gone")) : Promise.resolve()),
        sync: () => Promise.resolve(),
        close: () => Promise.resolve(),
      },
      "j",
    );
    await assert.rejects(
      journal.sync().then(() => journal.add({ type: "replay", at: "", n: 1 })),
      JournalError,
    );
    full = false;
    await assert.rejects(journal.add({ type: "replay", at: "", n: 1 }), JournalError);
    await assert.rejects(journal.sync(), JournalError);
  });
});

describe("folders and locks", () => {
  it("makes a folder of its own for each run, also within one second", async () => {
    using workplace = new Workplace();
    const now = new Date("2026-11-22T06:15:03Z");
    const names = [];
    for (let count = 0; count < 3; count++)
      names.push((await createRunFolder(workplace.runs, now)).path.slice(workplace.runs.length + 1));
    assert.deepEqual(names, ["2026-11-22_06-15-03", "2026-11-22_06-15-03_2", "2026-11-22_06-15-03_3"]);
  });

  it("lists runs, latest first, and those that cannot be read", async () => {
    const { workplace, server, ran } = await interrupted("print 1\nGO\n");
    const broken = await createRunFolder(workplace.runs, new Date("2020-01-01T00:00:00Z"));
    writeFileSync(broken.journal, "no journal\n");
    const { runs, unreadable } = await listRuns(workplace.runs);
    assert.deepEqual(
      runs.map(({ folder }) => folder.path),
      [ran.result.folder],
    );
    assert.deepEqual(
      unreadable.map(({ path }) => path),
      [broken.path],
    );
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("keeps nothing of a path that a script gives", () => {
    const names = [
      "../../etc/passwd",
      "c:\\windows\\system32\\x.dll",
      "a/b/",
      "..",
      "con",
      "nul.txt",
      'a<b>:"|?*.lst',
      "x".repeat(300),
      "x. .",
    ];
    assert.deepEqual(names.map(safeName), [
      "passwd",
      "x.dll",
      "_",
      "_",
      "_con",
      "_nul.txt",
      "a_b______.lst",
      "x".repeat(120),
      "x",
    ]);
  });

  it("lets one run have a target, and takes over from a process that has died", async () => {
    using workplace = new Workplace();
    const target = {
      kind: "sqlserver",
      server: "A",
      user: "x",
      encryption: "required",
      trustServerCertificate: false,
    } as const;
    const folder = join(workplace.folder, "locks");
    const mine = new TargetLock(target, folder);
    const now = new Date();
    assert.equal(await mine.take("/runs/1", now), undefined);
    const file = join(folder, (await import("node:fs")).readdirSync(folder)[0] ?? "");
    // The same target with another user, and spelt otherwise, as another process sees it.
    const other = new TargetLock({ ...target, server: "a", port: 1433, user: "y" }, folder);
    writeFileSync(file, JSON.stringify({ process: process.ppid, since: "then", folder: "/runs/1" }));
    assert.deepEqual(await other.take("/runs/2", now), {
      process: process.ppid,
      since: "then",
      folder: "/runs/1",
    });
    writeFileSync(file, JSON.stringify({ process: 2 ** 22 + 1, since: "then", folder: "/runs/1" }));
    assert.equal(await other.other(), undefined);
    assert.equal(await other.take("/runs/2", now), undefined);
    writeFileSync(join(folder, "half.json"), "{");
    await other.release();
    assert.equal(await mine.other(), undefined);
  });

  it("refuses a second run on a target unless told to go on", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const target = sqlServerTarget(server);
    const lock = new TargetLock(target, join(workplace.folder, "locks"));
    await lock.take("/runs/other", new Date());
    const folder = join(workplace.folder, "locks");
    const [name = ""] = (await import("node:fs")).readdirSync(folder);
    writeFileSync(
      join(folder, name),
      JSON.stringify({ process: process.ppid, since: "then", folder: "/runs/other" }),
    );
    const path = workplace.script("main.sql", "print 1");
    await assert.rejects(
      runHere(requestFor(workplace, target, [path])),
      /another run works on this database since then/,
    );
    assert.deepEqual(server.executions, []);
    const beside = await runHere(requestFor(workplace, target, [path]), {
      decisions: { besideOtherRun: true },
    });
    assert.equal(beside.result.state, "Completed");
  });
});
