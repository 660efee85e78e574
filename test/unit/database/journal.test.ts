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
import { TdsServer } from "../../tds/server";
import { interrupted } from "./interrupted";
import { requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

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
