import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Grammar {
  readonly scopeName: string;
  readonly injectionSelector?: string;
  readonly patterns: readonly {
    readonly name?: string;
    readonly match?: string;
    readonly include?: string;
  }[];
}

const root = join(__dirname, "../../..");
const read = (name: string): Grammar =>
  JSON.parse(readFileSync(join(root, "syntaxes", `${name}.tmLanguage.json`), "utf8")) as Grammar;

/** The scopes that a line gets from the directives, in the order of the patterns. */
function scopesOf(grammar: Grammar, line: string): string[] {
  return grammar.patterns
    .filter(({ match }) => match !== undefined && new RegExp(match.replace("(?i)", ""), "i").test(line))
    .map(({ name }) => name ?? "");
}

describe("highlighting of script directives", () => {
  const sqlcmd = read("sqlcmd-directives");
  const sqlplus = read("sqlplus-directives");

  it("is injected into our own languages only: other .sql files are left alone", () => {
    assert.match(sqlcmd.injectionSelector ?? "", /^L:source\.sql\.sqlcmd-script\b/);
    assert.match(sqlplus.injectionSelector ?? "", /^L:source\.sql\.sqlplus-script\b/);
    for (const name of ["sqlcmd-script", "sqlplus-script"]) {
      assert.deepEqual(read(name).patterns, [{ include: "source.sql" }]);
      assert.equal(read(name).scopeName, `source.sql.${name}`);
    }
  });

  it("knows the directives of sqlcmd", () => {
    const expected: readonly (readonly [string, string])[] = [
      ["GO", "meta.directive.go.sqlcmd"],
      ["  go 12", "meta.directive.go.sqlcmd"],
      ["GO -- done", "meta.directive.go.sqlcmd"],
      [":r other.sql", "meta.directive.sqlcmd"],
      [":on error exit", "meta.directive.sqlcmd"],
      [":setvar Name value", "meta.directive.setvar.sqlcmd"],
      ["!! del *", "meta.directive.refused.sqlcmd"],
      [":!! del *", "meta.directive.refused.sqlcmd"],
      ["USE $(Database)", "variable.other.substitution.sqlcmd"],
    ];
    for (const [line, scope] of expected) assert.ok(scopesOf(sqlcmd, line).includes(scope), line);
    for (const line of ["SELECT go", "GOTO done", "SELECT 1", "x = $1"])
      assert.deepEqual(scopesOf(sqlcmd, line), [], line);
  });

  it("knows the commands of SQL*Plus", () => {
    const expected: readonly (readonly [string, string])[] = [
      ["/", "keyword.control.directive.run.sqlplus"],
      ["@@part.sql &1", "meta.directive.include.sqlplus"],
      ["PROMPT hello", "meta.directive.sqlplus"],
      ["whenever sqlerror exit 1", "meta.directive.sqlplus"],
      ["SPool '&1'", "meta.directive.sqlplus"],
      ["SET DEFINE OFF", "meta.directive.set.sqlplus"],
      ["HOST rm x", "meta.directive.refused.sqlplus"],
      ["TABLESPACE &&ts.", "variable.other.substitution.sqlplus"],
    ];
    for (const [line, scope] of expected) assert.ok(scopesOf(sqlplus, line).includes(scope), line);
    // Statements that begin with the same word are none.
    for (const line of ["SET ROLE dba", "SET TRANSACTION READ ONLY", "SELECT 1 / 2 FROM dual", "a / b"])
      assert.deepEqual(scopesOf(sqlplus, line), [], line);
  });
});
