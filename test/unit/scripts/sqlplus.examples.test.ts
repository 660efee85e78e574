import assert from "node:assert/strict";
import type { ReadOptions } from "../../../server/src/scripts/reading";
import type { Plan } from "../../../server/src/scripts/read";
import { SqlplusSession, type SqlplusOptions } from "../../../server/src/scripts/sqlplus/session";
import { notes, planText, texts } from "./memory";

/** One worked example of SQL*Plus' behaviour: a script, and what must come of it. */
interface Example {
  readonly name: string;
  readonly script: string | Uint8Array;
  readonly others?: Readonly<Record<string, string>>;
  readonly options?: SqlplusOptions;
  readonly read?: ReadOptions & { main?: string };
  /** What the user answers, by variable. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What is asked for, in order. None unless said. */
  readonly asked?: readonly string[];
  readonly batches: readonly string[];
  /** `code:line`, in order. None unless said. */
  readonly problems?: readonly string[];
  /** Command names, in order. None unless said. */
  readonly commands?: readonly string[];
  readonly end?: Plan["end"];
  readonly check?: (plan: Plan, session: SqlplusSession) => void;
}

/** What PROMPT printed. */
function printed({ commands }: Plan): string[] {
  return commands.flatMap((command) =>
    command.name === "prompt" && command.dialect === "sqlplus" ? command.message : [],
  );
}

const examples: readonly Example[] = [
  { name: "P01 semicolon stripped", script: "select 1 from dual;", batches: ["select 1 from dual"] },
  {
    name: "P02 block keeps its semicolon",
    script: "begin\n  null;\nend;\n/\n",
    batches: ["begin\n  null;\nend;"],
  },
  {
    name: "P03 semicolon then slash runs twice",
    script: "insert into t values (1);\n/\n",
    batches: ["insert into t values (1)", "insert into t values (1)"],
    problems: ["runs-again:2"],
    check: ({ batches }) =>
      assert.deepEqual(
        batches.map(({ rerun }) => rerun),
        [false, true],
      ),
  },
  { name: "P04 slash only", script: "insert into t values (1)\n/\n", batches: ["insert into t values (1)"] },
  {
    name: "P05 commands between do not clear the buffer",
    script: "insert into t values (1);\nprompt done\nset feedback off\n/\n",
    batches: ["insert into t values (1)", "insert into t values (1)"],
    problems: ["runs-again:4"],
    commands: ["prompt", "set"],
  },
  {
    name: "P06 blank line",
    script: "create table t (\n  a number\n\n, b number\n);\n",
    batches: [],
    problems: ["blank-line:3", "unknown-command:4", "unknown-command:5"],
    check: ({ problems }) =>
      assert.match(problems[1]?.message ?? "", /^SP2-0734: unknown command beginning ", b number"/),
  },
  {
    name: "P06 with SQLBLANKLINES",
    script: "set sqlblanklines on\ncreate table t (\n  a number\n\n, b number\n);\n",
    batches: ["create table t (\n  a number\n\n, b number\n)"],
    commands: ["set"],
  },
  {
    name: "P07 blank line in PL/SQL",
    script: "begin\n\n  null;\nend;\n/\n",
    batches: ["begin\n\n  null;\nend;"],
  },
  {
    name: "P08 period",
    script: "select 1 from dual\n.\nprompt x\n/\n",
    batches: ["select 1 from dual"],
    commands: ["prompt"],
    check: ({ items, batches }) => {
      assert.deepEqual(
        items.map(({ kind }) => kind),
        ["file", "command", "batch", "end"],
      );
      assert.equal(batches[0]?.rerun, false);
    },
  },
  {
    name: "P09 type needs slash",
    script: "create type nums as table of number;\n/\nselect 1 from dual;\n",
    batches: ["create type nums as table of number;", "select 1 from dual"],
    check: ({ batches }) =>
      assert.deepEqual(
        batches.map(({ type }) => type),
        ["plsql", "sql"],
      ),
  },
  {
    name: "P10 editionable",
    script:
      "create or replace noneditionable package body p as\n  procedure x is begin null; end;\nend;\n/\n",
    batches: ["create or replace noneditionable package body p as\n  procedure x is begin null; end;\nend;"],
  },
  {
    name: "P11 trigger with :new",
    script:
      "create or replace trigger trg before insert on t for each row\nbegin\n  :new.id := seq.nextval;\nend;\n/\n",
    batches: [
      "create or replace trigger trg before insert on t for each row\nbegin\n  :new.id := seq.nextval;\nend;",
    ],
  },
  {
    name: "P12 with function",
    script: "with function f return number is begin return 1; end;\nselect f from dual;\n/\n",
    // A query keeps no `;`, whatever functions it brings.
    batches: ["with function f return number is begin return 1; end;\nselect f from dual"],
    check: ({ batches }) => assert.equal(batches[0]?.type, "sql"),
  },
  {
    name: "P13 comment hides the type",
    script: "create or replace /* x */\nprocedure p as\nbegin null; end;\n/\n",
    batches: ["create or replace /* x */\nprocedure p as\nbegin null; end;"],
    problems: ["comment-hides-type:2"],
  },
  {
    name: "P14 comment opened without a blank",
    script: "delete from t where id = 1;\n/*cleanup done*/\n",
    batches: ["delete from t where id = 1"],
    problems: ["comment-without-blank:2"],
  },
  {
    name: "P15 semicolon at the end of a comment inside a statement",
    script: "select 1 -- first;\nfrom dual;\n",
    batches: ["select 1 -- first;\nfrom dual"],
    problems: ["terminator-inside:1"],
  },
  {
    name: "P16 comment after the terminator",
    script: "select 1 from dual; -- check\nselect 2 from dual;\n",
    batches: ["select 1 from dual", "select 2 from dual"],
    problems: ["comment-after-terminator:1"],
  },
  {
    name: "P17 two statements on one line",
    script: "delete from a; delete from b;",
    batches: ["delete from a; delete from b"],
    problems: ["terminator-in-line:1"],
  },
  {
    name: "P18 semicolon at a line end in a string",
    script: "insert into t values ('a;\nb');\n",
    batches: ["insert into t values ('a;\nb')"],
    problems: ["terminator-inside:1"],
  },
  {
    name: "P19 slash in the middle, indented",
    script: "select 10\n   /\n   5 from dual;\n",
    batches: ["select 10"],
    problems: ["slash-indented:2", "unknown-command:3"],
  },
  {
    name: "P20 q-quotes with DEFINE OFF",
    script: "set define off\ninsert into t values (q'[it's; & more]');\n",
    batches: ["insert into t values (q'[it's; & more]')"],
    commands: ["set"],
  },
  {
    name: "P20 q-quotes with DEFINE ON",
    script: "insert into t values (q'[it's; & more]');\n",
    answers: { more: "less" },
    asked: ["more"],
    batches: ["insert into t values (q'[it's; less]')"],
  },
  {
    name: "P21 single versus double ampersand",
    script: "define a = 1\nselect &a, &&a, &b from dual;\nselect &b from dual;\n",
    answers: { b: "2" },
    asked: ["b", "b"],
    batches: ["select 1, 1, 2 from dual", "select 2 from dual"],
    commands: ["define"],
  },
  {
    name: "P21 with && first it is asked once",
    script: "define a = 1\nselect &a, &&a, &&b from dual;\nselect &b from dual;\n",
    answers: { b: "2" },
    asked: ["b"],
    batches: ["select 1, 1, 2 from dual", "select 2 from dual"],
    commands: ["define"],
  },
  {
    name: "P22 concatenation",
    script: "define owner = IC\nselect * from &owner..calls, &owner.2.x;\n",
    batches: ["select * from IC.calls, IC2.x"],
    commands: ["define"],
  },
  {
    name: "P23 ampersand with a blank",
    script: "insert into t values ('Marks & Spencer');\n",
    asked: ["spencer"],
    batches: ["insert into t values ('Marks & Spencer')"],
    problems: ["undefined-variable:1"],
    check: ({ batches }) => assert.deepEqual(batches[0]?.undefined, ["spencer"]),
  },
  {
    name: "P23 with DEFINE OFF",
    script: "set define off\ninsert into t values ('Marks & Spencer');\n",
    batches: ["insert into t values ('Marks & Spencer')"],
    commands: ["set"],
  },
  {
    name: "P24 escape",
    script: "set escape on\nselect 'a \\& b' from dual;\n",
    batches: ["select 'a & b' from dual"],
    commands: ["set"],
  },
  {
    name: "P25 ampersand in comments",
    script: "rem this & that\n-- one & two\nselect 1 /* x & y */ from dual;\n",
    answers: { y: "z" },
    asked: ["y"],
    batches: ["select 1 /* x z */ from dual"],
  },
  {
    name: "P26 other define character",
    script: "set define ^\nselect '&x', '^y' from dual;\n",
    answers: { y: "1" },
    asked: ["y"],
    batches: ["select '&x', '1' from dual"],
    commands: ["set"],
  },
  {
    name: "P27 arguments",
    script: '@child "two words" three\nprompt &2\n',
    others: { "/s/child.sql": "prompt [&1] [&2]\n@grand four\n", "/s/grand.sql": "prompt [&1] [&2]\n" },
    batches: [],
    commands: ["include", "prompt", "include", "prompt", "prompt"],
    check: (plan) => assert.deepEqual(printed(plan), ["[two words] [three]", "[four] [three]", "three"]),
  },
  {
    name: "P28 path rules",
    script: "@x\n@@x\n@@./x\n",
    others: { "/w/x.sql": "prompt w\n", "/a/x.sql": "prompt a\n" },
    read: { main: "/a/main.sql", startDirectory: "/w" },
    batches: [],
    problems: ["include-ambiguous:1", "include-ambiguous:2", "include-ambiguous:3"],
    commands: ["include", "prompt", "include", "prompt", "include", "prompt"],
    check: (plan) => assert.deepEqual(printed(plan), ["w", "a", "w"]),
  },
  {
    name: "P29 missing file",
    script: "whenever sqlerror exit failure\n@nofile\nprompt still here\n",
    batches: [],
    problems: ["include-missing:2"],
    commands: ["whenever", "include", "prompt"],
    check: ({ problems, items }) => {
      assert.match(problems[0]?.message ?? "", /^SP2-0310: unable to open file "nofile\.sql"/);
      assert.deepEqual(
        items.flatMap((item) => (item.kind === "problem" ? item.trigger : [])),
        ["oserror"],
      );
    },
  },
  {
    name: "P30 WHENEVER commits",
    script: "whenever sqlerror exit failure\ninsert into t values (1);\ninsert into nosuch values (1);\n",
    batches: ["insert into t values (1)", "insert into nosuch values (1)"],
    commands: ["whenever"],
    check: ({ commands }) => {
      const [first] = commands;
      assert.ok(first?.name === "whenever");
      assert.deepEqual(
        [first.event, first.action, first.status, first.transaction],
        ["sqlerror", "exit", "failure", "commit"],
      );
    },
  },
  {
    name: "P31 EXIT in a nested script",
    script: "@child\nprompt no\n",
    others: { "/s/child.sql": "insert into t values (1);\nexit\n" },
    batches: ["insert into t values (1)"],
    commands: ["include", "exit"],
    end: "exit",
  },
  {
    name: "P32 serveroutput after CONNECT",
    script: "set serveroutput on format wrapped\nconnect ic/pw@db\nexec dbms_output.put_line('  x')\n",
    batches: ["BEGIN dbms_output.put_line('  x'); END;"],
    commands: ["set", "connect"],
    check: ({ commands }) => {
      const [set, connect] = commands;
      assert.ok(set?.name === "set");
      assert.deepEqual(set.settings, [{ name: "serveroutput", value: "on format wrapped" }]);
      assert.ok(connect?.name === "connect" && connect.dialect === "sqlplus");
      assert.deepEqual([connect.user, connect.password?.reveal(), connect.identifier], ["ic", "pw", "db"]);
      assert.equal(connect.text, "connect ic/***@db");
      assert.doesNotMatch(JSON.stringify(commands), /pw/);
    },
  },
  {
    name: "P33 EXEC and continuation",
    script: "exec proc_a( -\n  1, -\n  2)\n",
    batches: ["BEGIN proc_a( 1, 2); END;"],
    check: ({ batches }) => assert.equal(batches[0]?.type, "plsql"),
  },
  {
    name: "P34 hyphen at the end of a SQL line",
    script: "select 200 -\n100 from dual;\n",
    batches: ["select 200 -\n100 from dual"],
    problems: ["hyphen-at-end:1"],
  },
  {
    name: "P35 spool with an argument",
    script: "spool '&1'\nprompt hello\nspool off\n",
    options: { arguments: ["my log"] },
    batches: [],
    commands: ["spool", "prompt", "spool"],
    check: ({ commands }) =>
      assert.deepEqual(
        commands.flatMap((command) => (command.name === "spool" ? [[command.mode, command.target]] : [])),
        [
          ["replace", "my log.lst"],
          ["off", undefined],
        ],
      ),
  },
  {
    name: "P36 binds",
    script: "variable rc number\nexec :rc := 5\nprint rc\nexit :rc\n",
    batches: ["BEGIN :rc := 5; END;"],
    commands: ["variable", "print", "exit"],
    end: "exit",
    check: ({ commands }) => {
      const [variable, print, exit] = commands;
      assert.ok(variable?.name === "variable" && print?.name === "print");
      assert.deepEqual([variable.variable, variable.type, print.variables], ["rc", "number", ["rc"]]);
      assert.ok(exit?.name === "exit" && exit.dialect === "sqlplus");
      assert.deepEqual([exit.status, exit.transaction], [{ variable: ":rc" }, undefined]);
    },
  },
  {
    name: "P37 SET that is SQL",
    script: "set transaction read only;\nset role ic_admin;\nset serveroutput on;\n",
    batches: ["set transaction read only", "set role ic_admin"],
    commands: ["set"],
  },
  {
    name: "P38 a compile error is the runner's to find: what follows is planned",
    script:
      "whenever sqlerror exit failure rollback\ncreate or replace procedure p as begin nosuch; end;\n/\nshow errors\nprompt on\n",
    batches: ["create or replace procedure p as begin nosuch; end;"],
    commands: ["whenever", "show", "prompt"],
    check: ({ commands }) => {
      const [whenever, show] = commands;
      assert.ok(whenever?.name === "whenever" && show?.name === "show");
      assert.deepEqual([whenever.transaction, show.arguments], ["rollback", "errors"]);
    },
  },
  {
    name: "P39 BOM",
    script: Buffer.from("\ufeffcreate table t (a number);\n"),
    batches: ["create table t (a number)"],
  },
  {
    name: "P40 unknown line",
    script: "foo bar;\nselect 1 from dual;\n",
    batches: ["select 1 from dual"],
    problems: ["unknown-command:1"],
    check: ({ items }) =>
      assert.deepEqual(
        items.flatMap((item) => (item.kind === "problem" ? [item.trigger] : [])),
        [undefined],
      ),
  },
  {
    name: "P41 slash inside a comment inside a block",
    script: "begin\n  /* see\n/\n  */\n  null;\nend;\n/\n",
    batches: ["begin\n  /* see", "begin\n  /* see"],
    problems: [
      "slash-inside:3",
      "unknown-command:4",
      "unknown-command:5",
      "unknown-command:6",
      "runs-again:7",
    ],
  },
];

describe("SQL*Plus, the worked examples", () => {
  for (const example of examples) {
    it(example.name, async () => {
      const asked: string[] = [];
      const session = new SqlplusSession({
        ...example.options,
        ask: async ({ name }) => {
          asked.push(name);
          return Promise.resolve(example.answers?.[name]);
        },
      });
      const plan = await planText(example.script, session, example.others, example.read);
      assert.deepEqual(texts(plan.items), example.batches);
      assert.deepEqual(notes(plan), example.problems ?? []);
      assert.deepEqual(
        plan.commands.map(({ name }) => name),
        example.commands ?? [],
      );
      assert.deepEqual(asked, example.asked ?? []);
      assert.equal(plan.end, example.end ?? "end");
      example.check?.(plan, session);
    });
  }
});
