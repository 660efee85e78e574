import { closeSync, openSync, writeSync } from "node:fs";
import type { Dialect } from "../../server/src/scripts/items";

/**
 * Writes a script of about `size` bytes: inserts, `rows` of them a batch, and procedures, with comments, strings and
 * variables (`db`) here and there.
 */
export function writeLargeScript(path: string, dialect: Dialect, size: number, rows = 20): void {
  const file = openSync(path, "w");
  for (let number = 1, bytes = 0; bytes < size; number++) {
    let text = "";
    for (let row = 0; row < 200; row++) {
      const id = number * 1000 + row;
      text += `INSERT INTO dbo.CallDetail (CallId, SiteId, Note) VALUES (${id}, 1, 'it''s call ${row}; -- no comment')`;
      text += dialect === "sqlcmd" ? (row % rows === rows - 1 ? "\nGO\n" : "\n") : ";\n";
    }
    text +=
      dialect === "sqlcmd"
        ? `/* batch ${number} */\nCREATE PROCEDURE [p${number}] AS\n  PRINT '$(db)'\n  UPDATE t SET a = 1 WHERE b = ${number}\nGO\n`
        : `CREATE OR REPLACE PROCEDURE p${number} AS\nBEGIN\n\n  UPDATE t SET a = '&db' WHERE b = ${number};\nEND;\n/\n`;
    bytes += writeSync(file, text);
  }
  closeSync(file);
}
