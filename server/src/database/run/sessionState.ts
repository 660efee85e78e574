import * as l10n from "@vscode/l10n";
import { type BatchItem, type Dialect, sourceLine } from "../../scripts/items";
import { type Token, tokens } from "../../scripts/tokens";
import type { SessionStatement } from "../messages";

/** SET options of T-SQL that a session keeps; other SETs give values to variables, which end with their batch. */
const settings = new Set(
  (
    "ANSI_DEFAULTS ANSI_NULLS ANSI_NULL_DFLT_OFF ANSI_NULL_DFLT_ON ANSI_PADDING ANSI_WARNINGS ARITHABORT ARITHIGNORE " +
    "CONCAT_NULL_YIELDS_NULL CONTEXT_INFO CURSOR_CLOSE_ON_COMMIT DATEFIRST DATEFORMAT DEADLOCK_PRIORITY " +
    "FIPS_FLAGGER FMTONLY FORCEPLAN IDENTITY_INSERT IMPLICIT_TRANSACTIONS LANGUAGE LOCK_TIMEOUT NOCOUNT NOEXEC " +
    "NUMERIC_ROUNDABORT PARSEONLY QUERY_GOVERNOR_COST_LIMIT QUOTED_IDENTIFIER REMOTE_PROC_TRANSACTIONS ROWCOUNT " +
    "SHOWPLAN_ALL SHOWPLAN_TEXT SHOWPLAN_XML STATISTICS TEXTSIZE TRANSACTION XACT_ABORT"
  ).split(" "),
);

const setters = new Set(
  "sp_setapprole sp_set_session_context sp_addmessage".split(" ").map((name) => name.toUpperCase()),
);

interface Found {
  readonly kind: SessionStatement["kind"];
  readonly at: number;
  readonly end: number;
}

/**
 * What a batch sets for its session, which is lost with the connection: settings, temporary tables, other users.
 * Text that the batch puts together and executes is not seen.
 */
export function sessionStatements(batch: BatchItem, dialect: Dialect): SessionStatement[] {
  if (!/\b(?:set|use|alter|execute|exec)\b|#/i.test(batch.text)) return [];
  const list = [...tokens(batch.text, dialect)];
  const found = dialect === "sqlcmd" ? inTsql(list, batch.text.length) : inOracle(list, batch);
  const isSet = ({ at }: Token): boolean =>
    found.some((part) => part.kind === "setting" && at >= part.at && at < part.end);
  const alone = list.every((token) => token.text === ";" || isSet(token));
  return found.map(({ kind, at, end }) => {
    const line = batch.text.slice(0, at).split("\n").length;
    const place = sourceLine(batch.map, line) ?? { file: batch.file, line: batch.startLine };
    const text = batch.text.slice(at, end).replace(/\s+/g, " ").trim().slice(0, 120);
    return {
      kind,
      text: batch.secrets.length > 0 ? l10n.t("(with a secret)") : text,
      file: place.file,
      line: place.line,
      alone,
    };
  });
}

/** Words that begin the next statement after a SET. */
const nextStatement =
  /^(?:SET|USE|SELECT|INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|IF|WHILE|BEGIN|END|ELSE|DECLARE|PRINT|RETURN|CREATE|ALTER|DROP|TRUNCATE|COMMIT|ROLLBACK|SAVE|GRANT|REVOKE|DENY|WAITFOR|RAISERROR|THROW|DBCC|BACKUP|RESTORE|GO)$/;

function inTsql(list: readonly Token[], length: number): Found[] {
  const found: Found[] = [];
  const word = (index: number): string => (list[index]?.kind === "word" ? (list[index]?.text ?? "") : "");
  const endAfter = (index: number): number => {
    for (let next = index + 1; next < list.length; next++) {
      const token = list[next];
      if (!token) break;
      if (token.text === ";" || (token.kind === "word" && nextStatement.test(token.text))) return token.at;
    }
    return length;
  };
  for (const [index, { kind, text, at }] of list.entries()) {
    if (kind === "word" && text.startsWith("#")) {
      const before = [word(index - 2), word(index - 1)].join(" ");
      if (before === "CREATE TABLE" || word(index - 1) === "INTO") {
        found.push({ kind: "temporary table", at, end: at + text.length });
      }
    } else if (kind !== "word" || list[index]?.afterPoint) continue;
    else if (text === "SET" && word(index - 1) !== "UPDATE" && settings.has(word(index + 1))) {
      found.push({ kind: "setting", at, end: endAfter(index + 1) });
    } else if (
      text === "AS" &&
      /^EXEC(?:UTE)?$/.test(word(index - 1)) &&
      /^(?:USER|LOGIN)$/.test(word(index + 1))
    ) {
      found.push({ kind: "context", at: list[index - 1]?.at ?? at, end: endAfter(index + 1) });
    } else if (setters.has(text)) found.push({ kind: "context", at, end: endAfter(index) });
  }
  return found;
}

function inOracle(list: readonly Token[], batch: BatchItem): Found[] {
  const [first, second, third] = list;
  const whole = { at: 0, end: batch.text.length };
  if (first?.text === "ALTER" && second?.text === "SESSION") return [{ kind: "setting", ...whole }];
  if (first?.text === "SET" && second?.text === "ROLE") return [{ kind: "setting", ...whole }];
  if (first?.text === "BEGIN" && /^DBMS_(?:SESSION|APPLICATION_INFO)$/.test(second?.text ?? "") && third) {
    return [{ kind: "context", ...whole }];
  }
  return [];
}
