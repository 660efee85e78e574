import assert from "node:assert/strict";
import { destructiveIn, findDestructive } from "../../../server/src/scripts/destructive";
import type { Dialect } from "../../../server/src/scripts/items";
import { SqlcmdSession } from "../../../server/src/scripts/sqlcmd/session";
import { planText } from "./memory";

function found(text: string, dialect: Dialect): string[] {
  return findDestructive(text, dialect).map(
    ({ kind, statement, target, textLine, temporary, definition, dynamic }) =>
      `${textLine} ${kind}: ${statement} ${target ?? "-"}` +
      (temporary ? " temporary" : "") +
      (definition ? " definition" : "") +
      (dynamic ? " dynamic" : ""),
  );
}

const cases: readonly (readonly [
  name: string,
  dialect: Dialect,
  text: string,
  expected: readonly string[],
])[] = [
  [
    "strings that a procedure runs on every table",
    "sqlcmd",
    "exec sp_MSforeachtable 'DELETE FROM ?'\nexec master..sp_MSforeachdb @command1 = N'drop table [?].dbo.a', @command2 = 'truncate table b'\nprint 'drop table c'",
    [
      "1 delete-without-where: DELETE ? dynamic",
      "2 drop: DROP TABLE [?].dbo.a dynamic",
      "2 truncate: TRUNCATE TABLE b dynamic",
    ],
  ],
  [
    "sp_executesql with names",
    "sqlcmd",
    "exec sp_executesql @stmt = N'drop table a', @params = N'@p varchar(9)', @p = 'drop table b'",
    ["1 drop: DROP TABLE a dynamic"],
  ],
  [
    "strings that Oracle's packages run",
    "sqlplus",
    "begin dbms_utility.exec_ddl_statement('drop table z'); sys.dbms_sql.parse(c, 'truncate table y', 1); p('drop table x'); end;",
    ["1 drop: DROP TABLE z dynamic", "1 truncate: TRUNCATE TABLE y dynamic"],
  ],
  [
    "system procedures that drop",
    "sqlcmd",
    "sp_dropuser 'bob'\nexec @rc = master.dbo.sp_detach_db @dbname = N'I3_IC'\nexecute sp_droplogin ann\nexec sp_dropserver @server\nexec sp_help 'sp_dropuser'",
    [
      "1 drop: sp_dropuser bob",
      "2 alter-database: sp_detach_db I3_IC",
      "3 drop: sp_droplogin ann",
      "4 drop: sp_dropserver -",
    ],
  ],
  [
    "not the definition of such a procedure",
    "sqlcmd",
    "create procedure dbo.sp_dropmine as select sp_dropuser from dbo.sp_dropview",
    [],
  ],
  [
    "DISABLE TRIGGER",
    "sqlcmd",
    "disable trigger all on dbo.t;\nalter table u disable trigger v\nenable trigger all on dbo.t",
    ["1 disable-trigger: DISABLE TRIGGER all", "2 disable-trigger: DISABLE TRIGGER v"],
  ],
  [
    "DISABLE ALL TRIGGERS",
    "sqlplus",
    "alter table t disable all triggers",
    ["1 disable-trigger: DISABLE ALL TRIGGERS -"],
  ],
  [
    "DELETE in Oracle's MERGE",
    "sqlplus",
    "begin\n  merge into t using s on (t.a = s.a) when matched then update set t.b = s.b\n  delete where t.c = 1;\n  delete from u where a = 1;\nend;",
    ["3 delete-by-merge: MERGE ... DELETE -"],
  ],
  ["DROP", "sqlcmd", "select 1\ndrop table [dbo].[Old Calls]", ["2 drop: DROP TABLE [dbo].[Old Calls]"]],
  ["DROP IF EXISTS", "sqlcmd", "DROP TABLE IF EXISTS a.b.c;", ["1 drop: DROP TABLE a.b.c"]],
  [
    "not in comments, strings and names",
    "sqlcmd",
    "-- drop table a\n/* drop /* table */ b */ print 'drop table c' select [drop table d], \"delete\"",
    [],
  ],
  ["not parts of names", "sqlcmd", "select x.[drop], x.delete, @update, #drop, drop_date from t", []],
  ["ALTER TABLE DROP", "sqlcmd", "alter table t drop column c, constraint d", ["1 drop: DROP COLUMN c"]],
  ["TRUNCATE", "sqlcmd", "truncate table dbo.t", ["1 truncate: TRUNCATE TABLE dbo.t"]],
  ["DELETE without WHERE", "sqlcmd", "delete from dbo.t", ["1 delete-without-where: DELETE dbo.t"]],
  ["DELETE with WHERE", "sqlcmd", "delete from t where a = 1", []],
  [
    "WHERE of a subquery does not count",
    "sqlcmd",
    "delete t from t join (select a from u where a = 1) v on v.a = t.a",
    ["1 delete-without-where: DELETE t"],
  ],
  [
    "WHERE of the next statement does not count",
    "sqlcmd",
    "delete from t\nselect * from u where a = 1",
    ["1 delete-without-where: DELETE t"],
  ],
  ["DELETE TOP", "sqlcmd", "delete top (@n) from t", ["1 delete-without-where: DELETE t"]],
  [
    "UPDATE with CASE and WHERE",
    "sqlcmd",
    "update t set a = case when b = 1 then 2 else 3 end where c = 4",
    [],
  ],
  [
    "UPDATE without WHERE in a block",
    "sqlcmd",
    "if 1 = 1\nbegin\n  update t set a = 1\nend",
    ["3 update-without-where: UPDATE t"],
  ],
  [
    "two UPDATEs in a row",
    "sqlcmd",
    "update a set x = 1\nupdate b set x = 1 where y = 2\nupdate c set x = 1",
    ["1 update-without-where: UPDATE a", "3 update-without-where: UPDATE c"],
  ],
  ["UPDATE STATISTICS", "sqlcmd", "update statistics dbo.t", []],
  [
    "triggers, keys, rights, cursors",
    "sqlcmd",
    "create trigger x on t after insert, update, delete as if update(c) or update (d) print 'x'\nalter table a add constraint f foreign key (b) references c (d) on delete cascade on update set null\ngrant delete, update on t to u\ndeclare c cursor for select 1 for update of a",
    [],
  ],
  [
    "in a procedure",
    "sqlcmd",
    "create procedure p as\ndelete from t",
    ["2 delete-without-where: DELETE t definition"],
  ],
  [
    "temporary tables",
    "sqlcmd",
    "drop table #t; drop table tempdb..#u; delete from @v",
    [
      "1 drop: DROP TABLE #t temporary",
      "1 drop: DROP TABLE tempdb..#u temporary",
      "1 delete-without-where: DELETE @v temporary",
    ],
  ],
  [
    "MERGE",
    "sqlcmd",
    "merge t using u on t.a = u.a when matched then update set b = 1 when not matched by source then delete;",
    ["1 delete-by-merge: MERGE ... DELETE -"],
  ],
  [
    "database and server",
    "sqlcmd",
    "alter database IC set recovery simple\ndbcc shrinkfile (x, 1)\ndbcc shrinkdatabase(IC)\nreconfigure with override\nexec xp_cmdshell 'dir'\nshutdown",
    [
      "1 alter-database: ALTER DATABASE IC",
      "2 shrink: DBCC SHRINKFILE -",
      "3 shrink: DBCC SHRINKDATABASE -",
      "4 server: RECONFIGURE -",
      "5 server: xp_cmdshell -",
      "6 server: SHUTDOWN -",
    ],
  ],
  [
    "RESTORE",
    "sqlcmd",
    "restore database IC from disk = 'x'\nrestore headeronly from disk = 'x'",
    ["1 restore: RESTORE DATABASE IC"],
  ],
  [
    "executed strings",
    "sqlcmd",
    "exec ('drop table a')\nexec sp_executesql N'delete from\nb'\nprint 'drop table c'",
    ["1 drop: DROP TABLE a dynamic", "2 delete-without-where: DELETE b dynamic"],
  ],
  [
    "Oracle DROP and PURGE",
    "sqlplus",
    "drop table ic.calls cascade constraints purge",
    ["1 drop: DROP TABLE ic.calls"],
  ],
  ["Oracle PURGE", "sqlplus", "purge recyclebin", ["1 drop: PURGE RECYCLEBIN -"]],
  ["Oracle q-quotes", "sqlplus", "insert into t values (q'[it's; drop table x]', q'!delete from y!')", []],
  [
    "Oracle block",
    "sqlplus",
    "begin\n  delete from t;\n  update u set a = 1;\n  delete from v where a = 1;\n  l.delete;\n  execute immediate 'truncate table w';\nend;",
    [
      "2 delete-without-where: DELETE t",
      "3 update-without-where: UPDATE u",
      "6 truncate: TRUNCATE TABLE w dynamic",
    ],
  ],
  [
    "Oracle IF THEN",
    "sqlplus",
    "begin if a = 1 then delete from t; end if; end;",
    ["1 delete-without-where: DELETE t"],
  ],
  ["Oracle comments do not nest", "sqlplus", "/* /* */ drop table t", ["1 drop: DROP TABLE t"]],
  ["Oracle column names like T-SQL words", "sqlplus", "update t set open = 1, close = 2 where x = 1", []],
  ["Oracle system", "sqlplus", "alter system flush shared_pool", ["1 server: ALTER SYSTEM -"]],
  ["Oracle SHRINK", "sqlplus", "alter table t shrink space", ["1 shrink: SHRINK -"]],
  ["Oracle SELECT FOR UPDATE", "sqlplus", "select * from t where a = 1 for update", []],
  ["unclosed text", "sqlcmd", "drop table t 'abc", ["1 drop: DROP TABLE t"]],
];

describe("destructive statements", () => {
  for (const [name, dialect, text, expected] of cases) {
    it(`${dialect}: ${name}`, () => assert.deepEqual(found(text, dialect), expected));
  }

  it("leads back to the script through includes and variables", async () => {
    const session = new SqlcmdSession({ variables: { t: "dbo.\nCalls", a: "select 1\nselect 2" } });
    const { batches } = await planText("$(a)\n:r b.sql\nGO\n", session, {
      "/s/b.sql": "-- x\ndrop table $(t)",
    });
    const batch = batches[0];
    assert.ok(batch);
    assert.deepEqual(
      destructiveIn(batch, "sqlcmd").map(({ file, line, textLine, target }) => [
        file,
        line,
        textLine,
        target,
      ]),
      [["/s/b.sql", 2, 4, "dbo.Calls"]],
    );
  });
});
