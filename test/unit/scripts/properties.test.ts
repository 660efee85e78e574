import assert from "node:assert/strict";
import * as fc from "fast-check";
import { findDestructive } from "../../../server/src/scripts/destructive";
import { batchFileCommands } from "../../../server/src/scripts/generated/batchFile";
import { checkGenerated } from "../../../server/src/scripts/generated/checks";
import { statementFacts } from "../../../server/src/scripts/generated/facts";
import { readHeader } from "../../../server/src/scripts/generated/header";
import { type Dialect, sourceLine } from "../../../server/src/scripts/items";
import type { Plan, ScriptSession } from "../../../server/src/scripts/read";
import { SqlcmdSession } from "../../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../../server/src/scripts/sqlplus/session";
import { tokens } from "../../../server/src/scripts/tokens";
import { planText } from "./memory";

const seed = 20261122;

/** Lines that mean something to one dialect or the other, and lines that nearly do. */
const pieces = [
  "GO",
  "go 2",
  "GO;",
  "GO 0",
  "/",
  ".",
  ";",
  "",
  "  ",
  "select 1;",
  "select 'a",
  "it''s'",
  "select 1 -- it's",
  "/* a",
  "*/",
  "/* a /* b */ c */",
  "begin",
  "end;",
  "null;",
  "create or replace procedure p as",
  "create /* x */ type t as",
  "print '$(a)'",
  "select $(b) from [x]]y",
  "]",
  '"q',
  'q"',
  ":setvar a x",
  ":setvar b",
  ":r inc.sql",
  "@inc",
  "@@inc one 'two three'",
  "@none",
  "prompt &a &1",
  "define a = 1",
  "undefine a",
  "select &a, &&c from dual;",
  "set define off",
  "set define on",
  "set sqlblanklines on",
  "exec p -",
  "  (1);",
  "insert into t values (q'[it's;]');",
  "rem it's",
  "--",
  "-- x",
  "delete from t",
  "drop table t",
  "exit(",
  "quit x",
  ":connect s -P x",
  "connect a/b@c",
  "whenever sqlerror exit",
  "accept z",
  "col x new_value y",
  "$( 5)",
  "é 漢字 😀",
  "accept",
  ":out",
  ":on error exit",
  "spool x",
  "document",
  "#",
  "#prompt x",
  "with function f return number is",
  "<<l>>",
  "&&",
  "get x",
  "set cmdsep |",
  "prompt a|prompt b",
] as const;

const line = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const scriptText = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, end]) => lines.join(end));
const dialects = fc.constantFrom<Dialect>("sqlcmd", "sqlplus");

const others = { "/s/inc.sql": "select 'inc'\nGO\n/\n:r main.sql\nrest\n" };

function session(dialect: Dialect): ScriptSession {
  return dialect === "sqlcmd"
    ? new SqlcmdSession({ variables: { b: "v\nw" } })
    : new SqlplusSession({ variables: { c: "v\nw" }, arguments: ["x"] });
}

/** The text without zeros (they are no text) and without halves of surrogate pairs (they have no encoding). */
function wellFormed(text: string): string {
  return Buffer.from(text.replaceAll("\0", "0"), "utf8").toString("utf8");
}

/** Everything of a plan that must not depend on how the bytes came. */
function essence({ items }: Plan): unknown {
  return items.map((item) => (item.kind === "file" ? { ...item, bytes: 0, sha256: "" } : item));
}

const encode: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "utf-8": (text) => Buffer.from(text, "utf8"),
  "utf-8 with BOM": (text) => Buffer.from(`\ufeff${text}`, "utf8"),
  "utf-16le": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "utf-16be": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
};

describe("scripts, properties", function () {
  this.timeout(60000);

  it("a plan does not depend on the chunks nor on the encoding", async () => {
    const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        scriptText,
        dialects,
        chunks,
        fc.constantFrom(...Object.keys(encode)),
        async (raw, dialect, chunkSizes, name) => {
          const text = wellFormed(raw);
          fc.pre(!text.startsWith("\ufeff"));
          const whole = await planText(text, session(dialect), others);
          const split = await planText(encode[name]?.(text) ?? "", session(dialect), others, { chunkSizes });
          const same = (plan: Plan): unknown =>
            JSON.parse(
              JSON.stringify(essence(plan)).replaceAll(/"encoding":"[^"]*"/g, "" + '"encoding":""'),
            ) as unknown;
          assert.deepEqual(same(split), same(whole));
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it("every line of a batch leads back to the script line that it was", async () => {
    await fc.assert(
      fc.asyncProperty(scriptText, dialects, async (raw, dialect) => {
        const text = wellFormed(raw);
        fc.pre(!text.startsWith("\ufeff"));
        const files: Readonly<Record<string, string>> = { "/s/main.sql": text, ...others };
        const { batches } = await planText(text, session(dialect), others);
        for (const batch of batches) {
          const lines = batch.text.split("\n");
          const places = lines.map((_, index) => sourceLine(batch.map, index + 1));
          assert.deepEqual(places[0], { file: batch.file, line: batch.startLine });
          const inFile = places
            .filter((place) => place?.file === batch.file)
            .map((place) => place?.line ?? 0);
          assert.equal(Math.max(...inFile), batch.endLine);
          if (batch.original !== undefined || /^BEGIN .*; END;$/s.test(batch.text)) continue;
          lines.forEach((written, index) => {
            const place = places[index];
            const original = (files[place?.file ?? ""] ?? "").split(/\r?\n/)[(place?.line ?? 0) - 1] ?? "";
            // The last line of a statement loses its terminator; what stands after a comment on its line loses that.
            assert.ok(
              original.includes(written),
              `${JSON.stringify(original)} holds ${JSON.stringify(written)}`,
            );
            if (dialect === "sqlcmd") assert.equal(written, original);
          });
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it("sqlcmd loses no line: every line is in a batch, a command, or reported", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), async (lines) => {
        const plan = await planText(lines.join("\n"), session("sqlcmd"));
        const covered = new Set<number>();
        for (const item of plan.items) {
          if (item.kind === "batch") {
            item.text
              .split("\n")
              .forEach((_, index) => covered.add(sourceLine(item.map, index + 1)?.line ?? 0));
            covered.add(item.runBy.line);
          } else if (item.kind === "command") {
            covered.add(item.command.line);
            // RESET, and what ends the run, drops what waits for its GO.
            if (/^(?:quit|exit|reset)$/.test(item.command.name))
              for (let n = 0; n <= item.command.line; n++) covered.add(n);
          } else if (item.kind === "problem") {
            const from = item.problem.place?.line ?? 0;
            covered.add(from);
            // These drop the lines of the batch so far, or all that follow.
            if (item.problem.code === "malformed-reference") for (let n = 0; n <= from; n++) covered.add(n);
            if (/^(?:unclosed|batch-not-sent)$/.test(item.problem.code))
              for (let n = 0; n <= lines.length; n++) covered.add(n);
          }
        }
        if (plan.end !== "end") return;
        lines.forEach((text, index) => {
          const empty = text.trim() === "" || /^go\b/i.test(text);
          assert.ok(empty || covered.has(index + 1), `line ${index + 1}: ${text}`);
        });
      }),
      { seed, numRuns: 300 },
    );
  });

  it("flipped bytes never throw, and the last item is the end", async () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(scriptText, dialects, flips, async (text, dialect, changes) => {
        const bytes = Buffer.from(text);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        const { items } = await planText(bytes, session(dialect), others);
        assert.equal(items[items.length - 1]?.kind, "end");
        assert.equal(items.filter(({ kind }) => kind === "end").length, 1);
      }),
      { seed, numRuns: 500 },
    );
  });

  it("any text can be searched for tokens, destructive statements, headers and batch commands", () => {
    const text = fc.array(
      fc.oneof(
        line,
        fc.constantFrom(
          "q'[",
          "n'x",
          "exec ('drop table t')",
          "/*",
          "update t set a = case",
          "insert into a.b.c.d",
          "@echo off",
          "v_x := 'y'",
          "X = 1",
        ),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(text, fc.constantFrom(" ", "\n"), dialects, (parts, separator, dialect) => {
        const sql = parts.join(separator);
        let last = -1;
        for (const { at } of tokens(sql, dialect)) {
          assert.ok(at > last && at < sql.length);
          last = at;
        }
        for (const { textLine } of findDestructive(sql, dialect)) {
          assert.ok(textLine >= 1 && textLine <= sql.split("\n").length);
        }
        checkGenerated("f", readHeader(sql), statementFacts(sql, dialect));
        batchFileCommands(sql);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it("hostile input takes time in proportion", async function () {
    // What took the square of its length would take hours.
    this.timeout(180_000);
    const size = 100_000;
    const hostile = [
      "/*".repeat(size),
      "/**/".repeat(size),
      "'".repeat(size),
      "$(".repeat(size),
      "$(a)".repeat(size),
      "& ".repeat(size),
      "&a".repeat(size / 10),
      `:setvar a ${'"'.repeat(size)}`,
      `:connect ${"-P ".repeat(size)}`,
      `exit(${"(".repeat(size)}`,
      `define a = ${"'".repeat(size)}`,
      `connect ${" ".repeat(size)}x`,
      "q'".repeat(size),
      "select 1;;".repeat(size),
      "]".repeat(size),
      "[]]".repeat(size),
      "GO\n".repeat(size),
      "@@".repeat(size),
      `create ${"or replace ".repeat(size)}`,
      `create view v ${"(".repeat(size)}`,
      "delete ".repeat(size),
      "drop table ".repeat(size),
      "a.".repeat(size),
      "drop a".repeat(size),
      `update t set a = ${"case ".repeat(size)}`,
      "exec('drop ')".repeat(size / 10),
      "x\r".repeat(size),
    ];
    for (const text of hostile) {
      for (const dialect of ["sqlcmd", "sqlplus"] as const) {
        const { batches, end } = await planText(text, session(dialect));
        assert.notEqual(end, "unreadable");
        for (const batch of batches) findDestructive(batch.text, dialect);
        findDestructive(text, dialect);
        batchFileCommands(text);
        readHeader(text);
        statementFacts(text, dialect);
      }
    }
  });
});
