import assert from "node:assert/strict";
import { SqlcmdSession, type SqlcmdOptions } from "../../../server/src/scripts/sqlcmd/session";
import { sourceLine } from "../../../server/src/scripts/items";
import type { Plan } from "../../../server/src/scripts/read";
import { notes, planText, texts } from "./memory";

/** One worked example of sqlcmd's behaviour: a script, and what must come of it. */
interface Example {
  readonly name: string;
  readonly script: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly options?: SqlcmdOptions;
  readonly batches: readonly (string | readonly [text: string, count: number])[];
  /** `code:line`, in order. None unless said. */
  readonly problems?: readonly string[];
  /** Command names, in order. None unless said. */
  readonly commands?: readonly string[];
  readonly end?: Plan["end"];
  readonly check?: (plan: Plan, session: SqlcmdSession) => void;
}

const examples: readonly Example[] = [
  {
    name: "S01 two batches, last without GO",
    script: "select 1\nGO\nselect 2\n",
    batches: ["select 1", "select 2"],
  },
  {
    name: "S02 case, indent, count, comment",
    script: "select 1\n  go   \nselect 2\n\tGo 3 -- three times\n",
    batches: ["select 1", ["select 2", 3]],
  },
  { name: "S03 GO in a string", script: "print 'a\nGO\nb'\nGO\n", batches: ["print 'a\nGO\nb'"] },
  {
    name: "S04 GO in a double-quoted string and in brackets",
    script: 'select "x\nGO\ny", [c\nGO\nd]\nGO\n',
    batches: ['select "x\nGO\ny", [c\nGO\nd]'],
  },
  {
    name: "S05 GO in a block comment",
    script: "/* old:\nGO\n*/\nselect 1\nGO\n",
    batches: ["/* old:\nGO\n*/\nselect 1"],
  },
  {
    name: "S06 nested comment",
    script: "/* a /* b */\nGO\n*/\nselect 1\nGO\n",
    batches: ["/* a /* b */\nGO\n*/\nselect 1"],
  },
  {
    name: "S07 apostrophe in a line comment",
    script: "-- don't stop\nGO\nselect 2\nGO\n",
    batches: ["-- don't stop", "select 2"],
  },
  {
    name: "S08 apostrophe in a block comment",
    script: "/* it's */\nGO\nselect 2\nGO\n",
    batches: ["/* it's */", "select 2"],
  },
  {
    name: "S09 doubled quote at a line end",
    script: "select 'it''s\nGO\n'''\nGO\n",
    batches: ["select 'it''s\nGO\n'''"],
  },
  {
    name: "S10 doubled bracket",
    script: "select 1 as [a]]b\nGO\n]\nGO\n",
    batches: ["select 1 as [a]]b\nGO\n]"],
  },
  {
    name: "S11 backslash is no escape",
    script: "print 'c:\\dir\\'\nGO\nprint 2\nGO\n",
    batches: ["print 'c:\\dir\\'", "print 2"],
  },
  {
    name: "S12 GO;",
    script: "select 1\nGO;\nselect 2\nGO\n",
    batches: ["select 1\nGO;\nselect 2"],
    problems: ["go-semicolon:2"],
    check: ({ problems }) => assert.match(problems[0]?.message ?? "", /^line 2: no semicolon after GO/),
  },
  { name: "S13 look-alikes", script: "GO5\nGOTO x\ngone\nx:\nGO\n", batches: ["GO5\nGOTO x\ngone\nx:"] },
  {
    name: "S14 GO not alone",
    script: "select 1 GO\nselect 2\nGO select 3\n",
    batches: [],
    problems: ["go-not-alone:1", "command-syntax:3", "batch-not-sent:3"],
    check: ({ problems }) => assert.match(problems[1]?.message ?? "", /line 3 near command 'GO'/),
  },
  ...["GO 0", "GO -1", "GO 2x", "GO 1 2", "GO /* c */", "GO 2147483648"].map((go) => ({
    name: `S15 bad count: ${go}`,
    script: `select 1\n${go}\nselect 2\nGO\n`,
    batches: ["select 1\nselect 2"],
    problems: ["command-syntax:2"],
  })),
  { name: "S16 empty batches", script: "GO\nGO 5\nselect 1\nGO\n", batches: ["select 1"] },
  {
    name: "S17 variable in text, string and bracket",
    script: ':setvar db IC "\n:setvar db "I3 IC"\nuse [$(DB)]\nprint \'$(db)\'\nGO\n',
    batches: ["use [I3 IC]\nprint 'I3 IC'"],
    problems: ["command-syntax:1"],
    commands: ["setvar"],
  },
  {
    name: "S18 late lookup",
    script: ":setvar a 1\nselect $(a)\n:setvar a 2\nGO\n",
    batches: ["select 2"],
    commands: ["setvar", "setvar"],
  },
  {
    name: "S19 no second pass",
    script: ":setvar b inner\n:setvar a \"$(b)\"\nprint '$(a)'\nGO\n",
    batches: ["print '$(b)'"],
    commands: ["setvar", "setvar"],
  },
  {
    name: "S20 undefined",
    script: "print '$(nope)'\nGO\nprint 'next'\nGO\n",
    batches: ["print '$(nope)'", "print 'next'"],
    problems: ["undefined-variable:1"],
    check: ({ problems, batches, items }) => {
      assert.match(problems[0]?.message ?? "", /^'nope' scripting variable not defined\./);
      assert.deepEqual(batches[0]?.undefined, ["nope"]);
      assert.deepEqual(
        items.flatMap((item) => (item.kind === "problem" ? (item.trigger ?? "none") : [])),
        ["error"],
      );
    },
  },
  {
    name: "S21 variables in comments",
    script: "select 1 -- $(nope)\n/* $(nope) $( */\nGO\n",
    batches: ["select 1 -- $(nope)\n/* $(nope) $( */"],
  },
  {
    name: "S22 malformed reference in a string",
    script: "print 'cost $( 5)'\nselect 2\nGO\n",
    batches: ["select 2"],
    problems: ["malformed-reference:1"],
    check: ({ problems }) => assert.match(problems[0]?.message ?? "", /^Syntax error at line 1/),
  },
  {
    name: "S22 the same with substitution off",
    script: "print 'cost $( 5)'\nselect 2\nGO\n",
    options: { substitution: false },
    batches: ["print 'cost $( 5)'\nselect 2"],
  },
  {
    name: "S23 setvar forms",
    script:
      ':setvar a 1\n:setvar b "x y" -- note\n:setvar c "say ""hi"""\n :SetVar d e\nx :setvar e f\n:setvar a\n',
    batches: ["x :setvar e f"],
    commands: ["setvar", "setvar", "setvar", "setvar", "setvar"],
    check: (_, session) => {
      assert.deepEqual(
        ["a", "b", "c", "d", "e"].map((name) => session.get(name)),
        [undefined, "x y", 'say "hi"', "e", undefined],
      );
    },
  },
  {
    name: "S24 command words without colon",
    script: "WHILE 1 = 1\nBEGIN\nquit\nEND\nGO\n",
    batches: [],
    problems: ["batch-not-sent:3"],
    commands: ["quit"],
    end: "exit",
  },
  {
    name: "S25 exit leaves the batch",
    script: "insert t values (1)\nexit\nselect 1\nGO\n",
    batches: [],
    problems: ["batch-not-sent:2"],
    commands: ["exit"],
    end: "exit",
  },
  {
    name: "S25 exit() runs the batch",
    script: "insert t values (1)\nexit()\n",
    batches: ["insert t values (1)"],
    commands: ["exit"],
    end: "exit",
    check: ({ batches }) => assert.equal(batches[0]?.givesExitCode, false),
  },
  {
    name: "S25 exit(query) runs the batch with the query",
    script: "insert t values (1)\nexit(select 7)\n",
    batches: ["insert t values (1)\nselect 7"],
    commands: ["exit"],
    end: "exit",
    check: ({ batches }) => assert.equal(batches[0]?.givesExitCode, true),
  },
  {
    name: "S26 reset",
    script: "drop table t\n:reset\nselect 1\nGO\n",
    batches: ["select 1"],
    commands: ["reset"],
  },
  {
    name: "S27 :r joins",
    script: "select 1\n:r a.sql\nselect 4\nGO\n",
    others: { "/s/a.sql": "select 2\nGO\nselect 3" },
    batches: ["select 1\nselect 2", "select 3\nselect 4"],
    commands: ["include"],
    check: ({ batches }) => {
      assert.deepEqual(
        batches.map(({ file, startLine, endLine, runBy }) => [
          file,
          startLine,
          endLine,
          runBy.file,
          runBy.line,
        ]),
        [
          ["/s/main.sql", 1, 1, "/s/a.sql", 2],
          ["/s/a.sql", 3, 3, "/s/main.sql", 4],
        ],
      );
    },
  },
  {
    name: "S28 commands hidden by state",
    script: "/*:r x.sql\n:setvar a 1\n*/\n--:r y.sql\nprint '\n:r z.sql'\nGO\n",
    batches: ["/*:r x.sql\n:setvar a 1\n*/\n--:r y.sql\nprint '\n:r z.sql'"],
    check: (_, session) => assert.equal(session.get("a"), undefined),
  },
  {
    name: "S29 :connect does not flush",
    script: "create table t (a int)\n:connect other\nGO\n",
    batches: ["create table t (a int)"],
    problems: ["connect-in-batch:2"],
    commands: ["connect"],
    check: ({ items }, session) => {
      assert.deepEqual(
        items.map(({ kind }) => kind),
        ["file", "problem", "command", "batch", "end"],
      );
      assert.equal(session.get("SQLCMDSERVER"), "other");
    },
  },
  {
    name: "S30 :on error",
    script: ":on error exit\nraiserror('low', 10, 1)\nGO\nraiserror('bad', 16, 1)\nGO\nprint 'never'\nGO\n",
    batches: ["raiserror('low', 10, 1)", "raiserror('bad', 16, 1)", "print 'never'"],
    commands: ["on-error"],
    check: ({ commands }) => {
      const [first] = commands;
      assert.ok(first?.name === "on-error");
      assert.equal(first.action, "exit");
    },
  },
  {
    name: "S31 state 127 ends the run, which the runner sees to: both batches are planned",
    script: "raiserror('stop', 10, 127)\nGO\nprint 'never'\n",
    batches: ["raiserror('stop', 10, 127)", "print 'never'"],
  },
  {
    name: "S32 one batch, many results",
    script: "print 'a'\nselect 1 as x\nprint 'b'\nupdate t set c = 1\nraiserror('w', 16, 1)\nprint 'c'\nGO\n",
    batches: ["print 'a'\nselect 1 as x\nprint 'b'\nupdate t set c = 1\nraiserror('w', 16, 1)\nprint 'c'"],
    check: ({ batches }) =>
      assert.deepEqual(sourceLine(batches[0]?.map ?? [], 5), { file: "/s/main.sql", line: 5 }),
  },
  { name: "S33 CRLF and blank lines", script: "select 1\r\n\r\nGO\r\n", batches: ["select 1\n"] },
  {
    name: "S34 line numbers after commands",
    script: "print 1\n:setvar a b\nselec 2\nGO\n",
    batches: ["print 1\nselec 2"],
    commands: ["setvar"],
    check: ({ batches }) =>
      assert.deepEqual(sourceLine(batches[0]?.map ?? [], 2), { file: "/s/main.sql", line: 3 }),
  },
  {
    name: "S35 GO $(n)",
    script: ":setvar n 2\nselect 1\nGO $(n)\n",
    batches: [["select 1", 2]],
    commands: ["setvar"],
  },
  {
    name: "S35 GO $(n), n undefined",
    script: "select 1\nGO $(n)\n",
    batches: [],
    problems: ["undefined-variable:2", "batch-not-sent:2"],
  },
  {
    name: "S36 doubled dollar",
    script: "select '$$(a)'\n",
    options: { variables: { a: "1" } },
    batches: ["select '$1'"],
  },
];

describe("sqlcmd, the worked examples", () => {
  for (const example of examples) {
    it(example.name, async () => {
      const session = new SqlcmdSession(example.options);
      const plan = await planText(example.script, session, example.others);
      const wanted = example.batches.map((batch) =>
        typeof batch === "string" ? ([batch, 1] as const) : batch,
      );
      assert.deepEqual(
        plan.batches.map(({ text, count }) => [text, count]),
        wanted.map(([text, count]) => [text, count]),
      );
      assert.deepEqual(
        texts(plan.items),
        wanted.map(([text]) => text),
      );
      assert.deepEqual(notes(plan), example.problems ?? []);
      assert.deepEqual(
        plan.commands.map(({ name }) => name),
        example.commands ?? [],
      );
      assert.equal(plan.end, example.end ?? "end");
      example.check?.(plan, session);
    });
  }
});
