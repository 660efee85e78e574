import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../ruleTable";

/** What is found in SQL scripts of sqlcmd and SQL*Plus. These codes have no prefix. */
export const scriptRules = {
  // Reading.
  "script-unreadable": ["error", l10n.t("The script cannot be read.")],
  "script-changed": [
    "error",
    l10n.t("The script changed while it was being read; nothing after that is run."),
  ],
  "line-too-long": ["error", l10n.t("A line is longer than what is read.")],
  "batch-too-long": ["error", l10n.t("A batch is longer than the server takes.")],
  "not-utf-8": ["warning", l10n.t("The file is not UTF-8 and has no byte order mark.")],
  // Includes.
  "include-missing": ["error", l10n.t("An included file does not exist.")],
  "include-refused": ["error", l10n.t("An included file is on the network or no regular file.")],
  "include-outside": ["error", l10n.t("An included file is outside the folders that scripts may come from.")],
  "include-depth": ["error", l10n.t("Includes nest too deep.")],
  "include-loop": ["error", l10n.t("A script would include itself without end.")],
  "include-count": ["error", l10n.t("The script includes too many files.")],
  "include-unreadable": ["error", l10n.t("An included file cannot be read.")],
  "include-case": ["information", l10n.t("An included file is spelt otherwise on disk.")],
  "include-ambiguous": ["warning", l10n.t("Another file of the same name could be meant.")],
  "include-in-statement": [
    "warning",
    l10n.t("A line inside a statement begins as an include of SQL*Plus does."),
  ],
  // Variables and commands.
  "undefined-variable": [["error", "warning"], l10n.t("A variable has no value (a warning in the editor).")],
  "unanswered-question": [
    ["error", "warning"],
    l10n.t("A question has no answer (a warning in the editor)."),
  ],
  "value-known-in-run": ["information", l10n.t("Only a run knows the value of a variable.")],
  "malformed-reference": ["error", l10n.t("What looks like a variable is no reference to one.")],
  "command-syntax": ["error", l10n.t("A command is not written as the tool reads it.")],
  "command-too-long": ["error", l10n.t("A command is longer than SQL*Plus takes.")],
  "unknown-command": [
    ["error", "warning"],
    l10n.t("A line is no command of the tool (a warning where it goes to the server as text)."),
  ],
  "unknown-setting": ["warning", l10n.t("A SET option is not known and ignored.")],
  "refused-command": [
    "error",
    l10n.t("A command is not carried out, because it would start a program or the like."),
  ],
  "buffer-editing": ["error", l10n.t("A command edits the SQL buffer, which is not supported.")],
  // Batches of sqlcmd.
  "batch-not-sent": [
    ["error", "warning"],
    l10n.t("A batch is not sent (a warning where the script ends before its terminator)."),
  ],
  "connect-in-batch": ["warning", l10n.t("A batch runs on another server than where it begins.")],
  "colonless-command": [
    "warning",
    l10n.t("A word is a command even without a colon and drops lines of the batch."),
  ],
  "go-not-alone": ["warning", l10n.t("The terminator is not alone on its line and ends nothing.")],
  "go-semicolon": ["error", l10n.t("A semicolon after the terminator keeps it from ending the batch.")],
  unclosed: ["error", l10n.t("A comment, text or name is never closed.")],
  // Statements of SQL*Plus.
  unfinished: [
    ["error", "warning"],
    l10n.t("A statement is not ended (a warning where it goes on after an include)."),
  ],
  "blank-line": ["error", l10n.t("A blank line ends a statement, so it is not run.")],
  "buffer-empty": ["warning", l10n.t("There is nothing to run again.")],
  "runs-again": ["warning", l10n.t("A slash runs the statement before it a second time.")],
  "text-after-slash": ["error", l10n.t("A slash that runs a statement is not alone on its line.")],
  "slash-inside": ["warning", l10n.t("A slash inside a text or comment ends the statement.")],
  "slash-indented": ["warning", l10n.t("A slash that may be meant as division ends the statement.")],
  "missing-slash": ["warning", l10n.t("The slash between two blocks is missing.")],
  "terminator-inside": ["warning", l10n.t("SQL*Plus would end the statement inside a text or comment.")],
  "terminator-in-line": ["warning", l10n.t("Two statements stand on one line and are sent as one.")],
  "comment-after-terminator": ["warning", l10n.t("SQL*Plus does not see a terminator before a comment.")],
  "comment-hides-type": ["warning", l10n.t("A comment hides from SQL*Plus that a statement is PL/SQL.")],
  "comment-without-blank": ["warning", l10n.t("SQL*Plus does not take this for a comment.")],
  "hyphen-at-end": ["warning", l10n.t("SQL*Plus takes a hyphen at the end of a line for a continuation.")],
  "prompt-continues": ["warning", l10n.t("The line after a PROMPT is printed, not run.")],
} as const satisfies RuleTable;

export type ScriptCode = keyof typeof scriptRules;
