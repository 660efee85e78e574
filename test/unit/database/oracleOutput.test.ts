import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compiledBy } from "../../../server/src/database/run/compiled";
import { OracleDouble } from "./oracleDouble";
import { oracleTarget, requestFor, runHere, Workplace } from "./runHelp";
import { connectorFor, runSql } from "./oracleRun";

describe("Oracle: what scripts see and say", () => {
  it("finds the script's line of errors", async () => {
    const { events } = await runSql(
      "select 1\nfrom nosuch;\n\nbegin\n  null;\n  nosuch;\nend;\n/\nbegin\n  raise_it;\nend;\n/\n",
    );
    assert.deepEqual(
      events.of("error").map(({ code, place, text }) => [code, place?.line, text.split("\n")[0]]),
      [
        ["ORA-00942", 2, "table or view does not exist"],
        ["ORA-06550", 6, "line 3, column 3:"],
        ["ORA-01476", 10, "divisor is equal to zero"],
      ],
    );
    assert.ok(events.of("error").every(({ text }) => !text.includes("Help:")));
  });

  it("shows compilation errors as warnings, with the script's lines, and goes on", async () => {
    const { events, result, double } = await runSql(
      "whenever sqlerror exit failure\nprompt start\ncreate or replace\nprocedure ic.bad_compile as\nbegin nosuch; end;\n/\nshow errors\nprompt on\n",
    );
    assert.equal(result.state, "Completed");
    assert.deepEqual(events.messages, ["start", "on"]);
    const warnings = events.of("note").filter(({ severity }) => severity === "warning");
    assert.deepEqual(
      warnings.slice(0, 2).map(({ text, place }) => [text, place?.line]),
      [
        ["PROCEDURE BAD_COMPILE was created with compilation errors", 3],
        ["PROCEDURE BAD_COMPILE, 2/3: PLS-00201: identifier 'NOSUCH' must be declared", 5],
      ],
    );
    assert.equal(double.calls.filter((call) => call.includes("all_errors")).length, 2);
  });

  it("knows what a CREATE creates", () => {
    const of = (text: string): unknown => {
      const found = compiledBy(text);
      return found && [found.owner, found.name, found.type, found.linesBefore];
    };
    assert.deepEqual(of('create or replace\neditionable package body ic."Mixed" as'), [
      "IC",
      "Mixed",
      "PACKAGE BODY",
      1,
    ]);
    assert.deepEqual(of("create trigger trg before insert"), [undefined, "TRG", "TRIGGER", 0]);
    assert.deepEqual(of("create /* x */ function f return number"), [undefined, "F", "FUNCTION", 0]);
    assert.equal(of("create table t (a number)"), undefined);
    assert.equal(of("begin null; end;"), undefined);
  });

  it("fetches DBMS_OUTPUT after each statement, also after a failed one, and anew for each connection", async () => {
    const lines = Array.from({ length: 250 }, (_, index) => `dbms_output.put_line('line ${index}');`).join(
      " ",
    );
    const { events } = await runSql(
      `begin dbms_output.put_line('unheard'); end;\n/\nset serveroutput on\nbegin ${lines} end;\n/\n` +
        `begin dbms_output.put_line('  before'); nosuch; end;\n/\nconnect a/b\nset serveroutput on format wrapped\nexec dbms_output.put_line('  x')\n`,
    );
    assert.equal(events.messages.length, 252);
    assert.deepEqual(events.messages.slice(249), ["line 249", "before", "  x"]);
  });

  it("keeps bind variables over statements and connections, and ends with one as exit code", async () => {
    const { events, result } = await runSql(
      "variable rc number\nvariable s varchar2(20)\nexec :rc := 5\nexec :s := 'text'\nprint rc\nprint\nconnect a/b\ninsert into t values (:rc);\nexec :nope := 1\nexit :rc\n",
    );
    assert.deepEqual(events.messages, ["RC = 5", "RC = 5", "S = text"]);
    assert.deepEqual(events.errors, ['9: Bind variable "nope" not declared.']);
    assert.equal(result.exitCode, 5);
  });

  it("does not take :new in a trigger for a bind", async () => {
    const { double, result } = await runSql(
      "create trigger trg before insert on t for each row\nbegin\n  :new.id := 1;\nend;\n/\n",
    );
    assert.deepEqual([double.statements.length, result.errors], [1, 0]);
  });

  it("fills variables from queries, asks for others, and has arguments", async () => {
    const { events, double } = await runSql(
      "column ts new_value tablespace\nselect 'IC_DATA' as ts from dual;\nprompt &tablespace &1\naccept who prompt 'Who?'\ninsert into t values ('&who', '&&again');\ninsert into t values ('&again');\n",
      { answers: { who: "me", again: "twice" }, arguments: ["first"] },
    );
    assert.deepEqual(double.statements.slice(1), [
      "insert into t values ('me', 'twice')",
      "insert into t values ('twice')",
    ]);
    assert.ok(events.messages.includes("IC_DATA first"));
  });

  it("has answers and query variables again when a run goes on", async () => {
    using workplace = new Workplace();
    const path = workplace.script(
      "main.sql",
      "column ts new_value tablespace\nselect 'IC_DATA' as ts from dual;\naccept who prompt 'Who?'\nvariable n number\nexec :n := 7\ninsert into t values ('&who', '&tablespace');\ncommit;\nupdate t set lose_connection = 1;\nprompt &who &tablespace\nprint n\n",
    );
    const request = requestFor(workplace, oracleTarget, [path]);
    const first = await runHere(request, {
      oracle: connectorFor(new OracleDouble()),
      answers: { who: "me" },
    });
    assert.equal(first.result.state, "Ready for restart");
    const asked: string[] = [];
    const again = await runHere(request, {
      oracle: connectorFor(new OracleDouble()),
      resume: first.result.folder,
      decisions: { unfinished: "skip" },
      onQuestion: ({ name }) => asked.push(name),
    });
    assert.deepEqual(
      [again.result.state, asked, again.events.messages.slice(-2)],
      ["Completed", [], ["me IC_DATA", "N = 7"]],
    );
  });

  it("asks for hidden answers again, and keeps them out of the journal", async () => {
    const { journal, events, double } = await runSql(
      "accept pw prompt 'Password:' hide\ncreate user x identified by &pw;\n",
      {
        answers: { pw: "hidden-4711" },
      },
    );
    assert.match(double.statements[0] ?? "", /hidden-4711/);
    assert.ok(!JSON.stringify([journal, events.all]).includes("hidden-4711"));
  });

  it("takes secret arguments, and knows them again in variables and arguments made of them", async () => {
    using workplace = new Workplace();
    const secret = "argument-4711";
    workplace.script("user.sql", 'create user &1 identified by "&2";\nprompt made &1 with &2\n');
    const path = workplace.script(
      "main.sql",
      "define pw = &2\n@user.sql &1 &pw\nselect '&pw' from dual;\nupdate t set lose_connection = 1;\nprompt end\n",
    );
    const request = requestFor(workplace, oracleTarget, [path], {
      scripts: [{ path, arguments: ["migrator", ""], secretArguments: { 2: "owner password" } }],
      secretVariables: ["owner password"],
    });
    await assert.rejects(runHere(request), /there is no value for owner password/);
    const secrets = { "owner password": secret };
    const double = new OracleDouble();
    const first = await runHere(request, { oracle: connectorFor(double), secrets });
    assert.equal(double.statements[0], `create user migrator identified by "${secret}"`);
    assert.deepEqual(first.events.messages.slice(-1), ["made migrator with ***"]);
    assert.ok(!JSON.stringify([first.survey, first.journal, first.events.all]).includes(secret));
    // Its hashes are those of texts without the secret: they are the same when the scripts are read anew.
    const again = await runHere(request, {
      oracle: connectorFor(new OracleDouble()),
      secrets: { "owner password": "another-0815" },
      resume: first.result.folder,
      decisions: { unfinished: "skip" },
    });
    assert.equal(again.result.state, "Completed", again.result.reason);
  });

  it("spools into the run's folder what is printed, with errors and results", async () => {
    using workplace = new Workplace();
    const path = workplace.script(
      "main.sql",
      "spool '../../&1'\nprompt hello\nselect 2 rows from dual;\ninsert into nosuch values (1);\ndelete from t;\nspool off\nprompt after\nspool other.txt append\nprompt more\n",
    );
    const request = requestFor(workplace, oracleTarget, [path], {
      scripts: [{ path, arguments: ["my log"] }],
    });
    const { result } = await runHere(request, { oracle: connectorFor(new OracleDouble()) });
    const output = join(result.folder ?? "", "output");
    assert.deepEqual(readdirSync(output).sort(), ["my log.lst", "other.txt"]);
    const lines = readFileSync(join(output, "my log.lst"), "utf8").split("\n");
    assert.equal(lines[0], "hello");
    assert.match(lines[1] ?? "", /^ID +WHEN$/);
    assert.match(lines[4] ?? "", /^ +2 2013-03-13 04:05:06$/);
    assert.ok(lines.some((line) => line.includes("main.sql, line 4: ORA-00942")));
    assert.ok(lines.includes("(1 row affected)"));
    assert.ok(!lines.includes("after"));
    assert.equal(readFileSync(join(output, "other.txt"), "utf8"), "more\n");
  });

  it("keeps the logs of all scripts of a run, also when they have one name", async () => {
    using workplace = new Workplace();
    const text = (word: string): string => `spool '&1'\nprompt ${word}\nspool off\n`;
    const paths = ["one", "two"].map((word) => workplace.script(`${word}.sql`, text(word)));
    const request = requestFor(workplace, oracleTarget, paths, {
      scripts: paths.map((path, index) => ({ path, arguments: [`flow${index}\\AgentStats.log`] })),
    });
    const { result, events } = await runHere(request, { oracle: connectorFor(new OracleDouble()) });
    const output = join(result.folder ?? "", "output");
    const kept = readdirSync(output).map((name) => `${name}: ${readFileSync(join(output, name), "utf8")}`);
    assert.deepEqual(kept.sort(), ["1-AgentStats.log: one\n", "2-AgentStats.log: two\n"]);
    assert.ok(events.of("note").some((note) => note.text.includes("2-AgentStats.log")));
  });

  it("hands on rows with their types, of cursors too", async () => {
    const { events } = await runSql(
      "select 3 rows from dual;\nvariable c refcursor\nexec :c := open_cursor\nprint c\n",
    );
    assert.deepEqual(
      events.of("columns").map(({ columns }) => columns.map(({ name, type }) => `${name} ${type}`)),
      [
        ["ID NUMBER(10)", "WHEN DATE"],
        ["ID NUMBER(10)", "WHEN DATE"],
      ],
    );
    assert.deepEqual(
      events.of("count").map(({ rows }) => rows),
      [3, 2],
    );
    assert.deepEqual(events.of("rows")[0]?.rows[2], ["3", "2013-03-13 04:05:06"]);
  });

  it("refuses HOST and its like", async () => {
    const { survey, double } = await runSql("host rm -rf /\n!ls\n$dir\nedit x\nselect 1 rows from dual;\n");
    assert.equal(survey.problems.filter(({ code }) => code === "refused-command").length, 4);
    assert.equal(double.statements.length, 1);
  });
});
