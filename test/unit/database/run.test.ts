import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions } from "../../../server/src/database/messages";
import { TdsServer } from "../../tds/server";
import { type Ran, requestFor, runHere, type RunHelp, sqlServerTarget, Workplace } from "./runHelp";

/** Runs one script on a new server. */
async function runText(
  text: string,
  help: RunHelp & {
    readonly options?: Partial<RunOptions>;
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): Promise<Ran & { readonly server: TdsServer }> {
  using workplace = new Workplace();
  await using server = await TdsServer.start();
  const path = workplace.script("main.sql", text);
  const { options = {}, variables = {} } = help;
  const ran = await runHere(
    requestFor(workplace, sqlServerTarget(server), [path], { options, variables }),
    help,
  );
  return { ...ran, server };
}

describe("run: sqlcmd's rules", () => {
  it("runs batches one by one, in order, each after the one before has ended", async () => {
    const { server, result, journal } = await runText("print 1\nGO\nprint 2\nGO 2\nprint 3");
    assert.equal(result.state, "Completed");
    assert.deepEqual(server.texts, ["print 1", "print 2", "print 2", "print 3"]);
    assert.deepEqual(
      journal.map((record) =>
        "n" in record && record.type !== "file" ? `${record.type} ${record.n}` : record.type,
      ),
      [
        "run",
        "file",
        "start 1",
        "end 1",
        "start 2",
        "end 2",
        "start 3",
        "end 3",
        "start 4",
        "end 4",
        "script-end",
        "finish",
      ],
    );
  });

  it("tells errors with the line of the script, through commands and includes", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("part.sql", "print 'in part'\nselect * from missing\n");
    const main = workplace.script(
      "main.sql",
      "print 'a'\n:setvar x 1\nraiserror('first', 16, 1)\n:r part.sql\nraiserror('last', 11, 2)\nGO\n",
    );
    const { events } = await runHere(requestFor(workplace, sqlServerTarget(server), [main]));
    assert.deepEqual(
      events
        .of("error")
        .map(({ place, text, number, severity }) => [
          place?.file.slice(workplace.folder.length + 1),
          place?.line,
          text,
          number,
          severity,
        ]),
      [
        ["main.sql", 3, "first", 50000, 16],
        ["part.sql", 2, "Invalid object name 'missing'.", 208, 16],
        ["main.sql", 5, "last", 50000, 11],
      ],
    );
  });

  it("goes on after errors, as sqlcmd does unless told otherwise", async () => {
    const { result, server } = await runText("raiserror('bad', 16, 1)\nGO\nprint 'next'");
    assert.deepEqual([result.state, result.errors, server.executions.length], ["Completed", 1, 2]);
  });

  it("stops at an error after :on error exit, and not at information", async () => {
    const { result, server, history } = await runText(
      ":on error exit\nraiserror('low', 10, 1)\nGO\nraiserror('bad', 16, 1)\nGO\nprint 'never'",
    );
    assert.deepEqual([result.state, result.exitCode, server.executions.length], ["Failed", 1, 2]);
    assert.equal(history.unfinished?.start.n, 2);
  });

  it("has no place of a batch that it did not reach", async () => {
    const { result } = await runText(":on error exit\nprint 1\nGO\n:r missing.sql\nprint 2\nGO\n");
    assert.equal(result.state, "Failed");
    assert.deepEqual(result.at, { number: 2 });
  });

  it("goes on again after :on error ignore", async () => {
    const { result } = await runText(
      ":on error exit\nprint 1\nGO\n:on error ignore\nraiserror('bad', 16, 1)\nGO\nprint 2",
    );
    assert.equal(result.state, "Completed");
  });

  it("looks at the class that is severe enough, alone or with ON ERROR EXIT", async () => {
    const text = "raiserror('a', 12, 1)\nGO\nraiserror('b', 17, 1)\nGO\nprint 'end'";
    const stopping = await runText(text, { options: { onError: "exit", errorSeverity: 16 } });
    assert.deepEqual(
      [stopping.result.state, stopping.result.exitCode, stopping.server.executions.length],
      ["Failed", 17, 2],
    );
    const going = await runText(text, { options: { errorSeverity: 16 } });
    assert.deepEqual(
      [going.result.state, going.result.exitCode, going.server.executions.length],
      ["Failed", 17, 3],
    );
  });

  it("ends at state 127, whatever the class", async () => {
    const { result, server } = await runText("raiserror('stop', 10, 127)\nGO\nprint 'never'");
    assert.deepEqual([result.state, result.exitCode, server.executions.length], ["Failed", 50000, 1]);
  });

  it("takes the exit code of EXIT(query) from its last row", async () => {
    assert.deepEqual((await runText("print 1\nexit(select 0 as code)")).result.state, "Completed");
    const seven = await runText("print 1\nexit(select 7 as code)\nprint 'never'");
    assert.deepEqual([seven.result.state, seven.result.exitCode], ["Failed", 7]);
    assert.deepEqual(seven.server.texts, ["print 1\nselect 7 as code"]);
    assert.equal((await runText("exit(select 'x' as code)")).result.exitCode, -102);
    assert.equal((await runText("exit(print 'x')")).result.exitCode, -101);
    assert.equal((await runText("exit(raiserror('x', 16, 1))")).result.exitCode, -100);
  });

  it("does not run what waits for its GO at EXIT", async () => {
    const { server, result } = await runText("print 1\nGO\nprint 2\nexit");
    assert.deepEqual(server.texts, ["print 1"]);
    assert.equal(result.state, "Completed");
  });

  it("ends at the time limit of a batch, as an error", async () => {
    const text = "waitfor delay '1:0:0'\nGO\nprint 'next'";
    const going = await runText(text, { options: { batchTimeout: 0.2 } });
    assert.deepEqual(
      [going.result.state, going.result.errors, going.events.messages],
      ["Completed", 1, ["next"]],
    );
    const stopping = await runText(text, { options: { batchTimeout: 0.2, onError: "exit" } });
    assert.deepEqual([stopping.result.state, stopping.server.executions.length], ["Failed", 1]);
  });

  it("puts :out and :error files into the run's folder, whatever path the script gives", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const path = workplace.script(
      "main.sql",
      ":out ../../../etc/result.txt\n:error c:\\temp\\errors.txt\nprint 'one'\nselect 1 as a, 'x' as b\nraiserror('bad', 16, 1)\nGO\n:out stdout\nprint 'two'\nGO\n",
    );
    const { result } = await runHere(requestFor(workplace, sqlServerTarget(server), [path]));
    const output = join(result.folder ?? "", "output");
    assert.deepEqual(readdirSync(output).sort(), ["errors.txt", "result.txt"]);
    const lines = readFileSync(join(output, "result.txt"), "utf8")
      .split("\n")
      .map((line) => line.trimEnd());
    assert.equal(lines[0], "one");
    assert.match(lines[1] ?? "", /^a +b$/);
    assert.match(lines[3] ?? "", /^ +1 x$/);
    assert.equal(lines[5], "(1 row affected)");
    assert.ok(!lines.includes("two"));
    assert.match(
      readFileSync(join(output, "errors.txt"), "utf8"),
      /main\.sql, line 5: Msg 50000, Level 16, State 1: bad/,
    );
  });

  it("does nothing of !! and ED", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const made = join(workplace.folder, "made");
    const path = workplace.script("main.sql", `:!! touch ${made}\n!!touch ${made}\n:ed\nprint 1\n`);
    const { result, survey } = await runHere(requestFor(workplace, sqlServerTarget(server), [path]));
    assert.equal(existsSync(made), false);
    assert.ok(survey.problems.filter(({ code }) => code === "refused-command").length >= 3);
    assert.equal(result.errors, 3);
  });

  it("stops before a batch with a variable that has no value, unless told to send it", async () => {
    const text = "print 1\nGO\nprint '$(nope)'\nGO\n";
    await assert.rejects(runText(text), /no value for nope/);
    const { server } = await runText(text, { options: { undefinedVariables: "send" } });
    assert.deepEqual(server.texts, ["print 1", "print '$(nope)'"]);
  });
});

describe("run: connections and transactions", () => {
  it("gives each script a connection and variables of its own", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const one = workplace.script("1.sql", ":setvar x one\nuse I3_Dialer\nGO\nprint '$(x)'\n");
    const two = workplace.script("2.sql", "print '$(x)'\n");
    const request = requestFor(workplace, sqlServerTarget(server), [one, two], { variables: { x: "given" } });
    const { result, events } = await runHere(request);
    assert.equal(result.state, "Completed");
    assert.deepEqual(
      events.messages.filter((text) => !text.startsWith("Changed")),
      ["one", "given"],
    );
    assert.deepEqual(
      server.executions.map(({ connection, database }) => [connection, database]),
      [
        [1, "I3_IC"],
        [1, "I3_Dialer"],
        [2, "I3_IC"],
      ],
    );
  });

  it("does not run the next script when one has failed", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const one = workplace.script("1.sql", ":on error exit\nraiserror('x', 16, 1)\n");
    const two = workplace.script("2.sql", "print 2\n");
    const { result } = await runHere(requestFor(workplace, sqlServerTarget(server), [one, two]));
    assert.equal(result.state, "Failed");
    assert.equal(server.executions.length, 1);
  });

  it("reports a transaction that is open at the end, and that its work is lost", async () => {
    const { result, events, history } = await runText(
      "print 1\nGO\nbegin tran\nGO\ninsert into t values (1)\nGO\nprint 2\n",
    );
    assert.equal(result.state, "Failed");
    assert.match(result.reason, /open transaction/);
    assert.ok(events.notes.some((note) => /^warning: a transaction was open at the end/.test(note)));
    assert.deepEqual([history.rolledBack, history.next], [[2, 3, 4], 2]);
  });

  it("goes to another server with :connect only encrypted and checked, and with a user of its own", async () => {
    using workplace = new Workplace();
    await using first = await TdsServer.start();
    await using second = await TdsServer.start({ user: "other", password: "second secret" });
    const at = `localhost,${second.port}`;
    const good = workplace.script(
      "good.sql",
      `print 1\nGO\n:connect ${at} -U other -P "second secret"\nprint 2\nGO\n`,
    );
    const { result, events, survey } = await runHere(requestFor(workplace, sqlServerTarget(first), [good]));
    assert.equal(result.state, "Completed");
    assert.deepEqual([first.texts, second.texts], [["print 1"], ["print 2"]]);
    assert.equal(survey.connects.length, 1);
    assert.ok(!JSON.stringify([events.all, survey]).includes("second secret"));
    const bare = workplace.script("bare.sql", `:connect ${at}\nprint 2\nGO\n`);
    const refused = await runHere(requestFor(workplace, sqlServerTarget(first), [bare]));
    assert.equal(refused.result.state, "Failed");
    assert.match(refused.result.reason, /no user \(-U\)/);
    assert.equal(second.logins.length, 1, "the run's own password was sent to another server");
    const untrusting = workplace.script(
      "untrusting.sql",
      `:connect ${at} -U other -P "second secret"\nprint 2\nGO\n`,
    );
    const target = { ...sqlServerTarget(first), caFile: undefined, trustServerCertificate: true };
    const unchecked = await runHere(requestFor(workplace, target as never, [untrusting]));
    assert.match(unchecked.result.reason, /certificate is not accepted/);
  });

  it("says what is wrong when there is no connection, and leaves the run Incomplete", async () => {
    const wrong = await runText("print 1", { password: "wrong horse" });
    assert.equal(wrong.result.state, "Incomplete");
    assert.match(wrong.result.reason, /login was refused \(Msg 18456/);
    assert.deepEqual(wrong.server.executions, []);
  });
});

describe("run: results", () => {
  it("hands on as many rows as wanted, and counts all", async () => {
    const { events } = await runText("select rows 5000\nprint 'after'", { options: { shownRows: 150 } });
    const rows = events.of("rows").flatMap(({ rows: some }) => some);
    assert.equal(rows.length, 150);
    assert.deepEqual(rows[149], ["150", "row 150"]);
    assert.deepEqual(
      events.of("count").map(({ rows: count }) => count),
      [5000],
    );
    const order = events.all
      .map(({ kind }) => kind)
      .filter((kind) => ["columns", "rows", "count", "message"].includes(kind));
    assert.deepEqual(order, ["columns", "rows", "rows", "count", "message"]);
  });

  it("writes all rows to files when told so", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const path = workplace.script(
      "main.sql",
      "select rows 3000\nselect 'a,b' as x, null as y, '' as z, 'say \"hi\"' as q\n",
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path], {
      options: { rowFiles: true, shownRows: 10 },
    });
    const { result, events } = await runHere(request);
    const rows = join(result.folder ?? "", "rows");
    assert.deepEqual(readdirSync(rows), ["000001-1.csv", "000001-2.csv"]);
    const first = readFileSync(join(rows, "000001-1.csv"), "utf8").split("\n");
    assert.deepEqual([first.length, first[0], first[3000]], [3002, "number,text", "3000,row 3000"]);
    assert.equal(readFileSync(join(rows, "000001-2.csv"), "utf8"), 'x,y,z,q\n"a,b",,"","say ""hi"""\n');
    assert.deepEqual(
      events.of("count").map(({ file }) => file !== undefined),
      [true, true],
    );
  });
});

describe("run: secrets", () => {
  it("appear in nothing that the run tells or writes", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const secret = "p@ssw0rd-4711";
    const path = workplace.script(
      "main.sql",
      "create login x with password = '$(Pw)'\nprint 'it is $(Pw)'\nraiserror('near $(Pw)', 16, 1)\nselect '$(Pw)' as shown\nGO\n:listvar\nGO\n",
    );
    const request = requestFor(workplace, sqlServerTarget(server), [path], {
      secretVariables: ["Pw"],
      options: { rowFiles: true },
    });
    const { events, survey, result } = await runHere(request, { secrets: { Pw: secret } });
    assert.ok(server.texts[0]?.includes(secret));
    const written: string[] = [];
    for (const entry of readdirSync(result.folder ?? "", { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) written.push(readFileSync(join(entry.parentPath, entry.name), "utf8"));
    }
    assert.ok(written.length >= 3, "journal, log and rows");
    for (const text of [JSON.stringify(events.all), JSON.stringify(survey), ...written]) {
      assert.ok(!text.includes(secret), text.slice(0, 300));
      assert.ok(!text.includes("correct horse"));
    }
    assert.ok(events.messages.includes("it is ***"));
  });
});

describe("run: what can go wrong", () => {
  it("does not start with a missing, a binary, or a looping script", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const target = sqlServerTarget(server);
    await assert.rejects(
      runHere(requestFor(workplace, target, [join(workplace.folder, "none.sql")])),
      /there is no such file/,
    );
    const binary = join(workplace.folder, "binary.sql");
    writeFileSync(binary, Buffer.from([0x4d, 0x5a, 0, 0, 0, 1, 2, 3, 0, 0]));
    await assert.rejects(runHere(requestFor(workplace, target, [binary])), /not a text file/);
    const good = workplace.script("good.sql", "print 1");
    const bad = join(workplace.folder, "gone.sql");
    await assert.rejects(runHere(requestFor(workplace, target, [good, bad])), /there is no such file/);
    assert.deepEqual(server.executions, [], "the first script ran although the second is missing");
    const loop = workplace.script("loop.sql", ":on error exit\nprint 1\nGO\n:r loop.sql\nprint 2\n");
    const looped = await runHere(requestFor(workplace, target, [loop]));
    assert.equal(looped.result.state, "Failed");
    assert.ok(looped.survey.problems.some(({ code }) => code === "include-loop"));
  });

  it("sends a line of 10 MB", async () => {
    const long = `print '${"x".repeat(10 * 1024 * 1024)}'`;
    const { server, result } = await runText(`print 1\nGO\n${long}\nGO\n`);
    assert.equal(result.state, "Completed");
    assert.equal(server.texts[1]?.length, long.length);
  });

  it("stops when a script has changed since it was shown", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const path = workplace.script("main.sql", "print 1\nGO\n");
    const ran = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      between: () => appendFileSync(path, "print 2\n"),
    });
    assert.equal(ran.result.state, "Incomplete");
    assert.match(ran.result.reason, /has changed since its contents were shown/);
    assert.deepEqual(server.executions, []);
  });

  it("tells that the connection was lost, and where it can go on", async () => {
    const { result, history } = await runText("print 1\nGO\nprint 2\ndrop socket\nGO\nprint 3\n");
    assert.equal(result.state, "Ready for restart");
    assert.deepEqual([result.at?.number, result.at?.line], [2, 3]);
    assert.equal(history.unfinished?.end?.outcome, "lost");
  });
});

describe("run: cancelling", () => {
  it("stops the batch that runs, and says that it has", async () => {
    const { result, server, history } = await runText(
      "print 1\nGO\nprint 'on'\nwaitfor delay '1:0:0'\nGO\nprint 3\n",
      {
        onEvent: (event, cancellation) => {
          if (event.kind === "message" && event.text === "on") setImmediate(() => cancellation.request());
        },
      },
    );
    assert.equal(result.state, "Cancelled");
    assert.equal(server.executions.length, 2);
    assert.equal(server.executions[1]?.attention, true);
    assert.equal(history.state, "Cancelled");
    assert.equal(history.unfinished?.end?.outcome, "cancelled");
  });

  it("cuts the connection at the second time, and says that the end is not known", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start({ ignoresAttention: true });
    const path = workplace.script("main.sql", "raiserror('on', 0, 1) with nowait\nhang\n");
    const { result, history } = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      onEvent: (event, cancellation) => {
        if (event.kind !== "message") return;
        setTimeout(() => cancellation.request(), 20);
        setTimeout(() => cancellation.request(), 200);
      },
    });
    assert.equal(result.state, "Cancelled");
    assert.match(result.reason, /how far the batch came is not known/);
    assert.equal(history.unfinished?.end?.outcome, "lost");
  });

  it("stops between two batches without sending the next", async () => {
    const { result, server, history } = await runText("print 1\nGO\nprint 2\nGO\n", {
      onEvent: (event, cancellation) => {
        if (event.kind === "batch-end") cancellation.request();
      },
    });
    assert.equal(result.state, "Cancelled");
    assert.deepEqual(server.texts, ["print 1"]);
    assert.equal(history.next, 2);
  });

  it("gives up connecting", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start({ silentAt: "login" });
    const path = workplace.script("main.sql", "print 1");
    const { result } = await runHere(requestFor(workplace, sqlServerTarget(server), [path]), {
      onEvent: (event, cancellation) => {
        if (event.kind === "connecting") setTimeout(() => cancellation.request(), 50);
      },
    });
    assert.equal(result.state, "Incomplete");
    assert.match(result.reason, /cancelled while connecting/);
  });
});
