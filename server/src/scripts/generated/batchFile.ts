import { findDestructive } from "../destructive";
import type { BatchFileCommand } from "./model";

/** Commands that change nothing but the batch file's own course. */
const quiet =
  /^(?:rem\b|::|echo\b|set\b|setlocal\b|endlocal\b|pause\b|exit\b|goto\b|title\b|cls\b|:|mkdir\b|md\b|$)/i;

/** What stands before a command that is carried out only sometimes, or several times. */
const word = String.raw`(?:"[^"]*"|[^\s"])+?`;
const condition = new RegExp(
  String.raw`^(?:[()@\s]+|else\b|for\b.*?\bdo\b|if\s+(?:/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel|cmdextversion)\s+${word}|` +
    String.raw`${word}\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*${word})(?=[\s(]))`,
  "i",
);

const removing = /^(?:del|erase|rd|rmdir|format)$/;
const onFiles = /^(?:del|erase|rd|rmdir|move|ren|rename|copy|xcopy|robocopy)$/;

/** A database tool, as written: its name is the first group. */
const databaseTool = /(?<![\w.-])(?:sqlplusw?|sqlcmd|osql|isql)(?:\.exe)?(?=["\s]|$)/i;
const argument = /(?:"[^"]*"|[^\s"])+|"/g;

/**
 * The commands of a `.bat` file, as far as reading it tells; nothing is started. The guide says which batch files
 * the assistant writes, not how their lines look: every line that does more than steer the batch file counts.
 */
export function batchFileCommands(text: string): BatchFileCommand[] {
  const commands: BatchFileCommand[] = [];
  let folder = "";
  const stack: string[] = [];
  for (const { line, number } of wholeLines(text)) {
    const loud: { readonly part: string; readonly folder: string }[] = [];
    for (const part of partsOf(line)) {
      const change = /^(?:cd|chdir|pushd)\s+(?:\/d\s+)?(.+)$/i.exec(part);
      if (change) {
        if (/^pushd/i.test(part)) stack.push(folder);
        folder = folderAfter(folder, (change[1] ?? "").replace(/^"|"$/g, ""));
      } else if (/^popd\b/i.test(part)) folder = stack.pop() ?? "";
      else if (!quiet.test(part)) loud.push({ part, folder });
    }
    const [first] = loud;
    if (!first) continue;
    const tools = loud.map(({ part }) => toolOf(part));
    const masked = maskPasswords(line);
    commands.push({
      line: number,
      tool: tools.find((tool) => databaseTool.test(tool)) ?? tools[0] ?? "",
      text: masked,
      scripts: loud.flatMap(({ part }, index) =>
        onFiles.test(tools[index] ?? "") ? [] : (part.match(argument) ?? []).flatMap(scriptOf),
      ),
      folder: first.folder,
      hasPassword: masked !== line,
      destructive: [...tools.filter((tool) => removing.test(tool)), ...destructiveSql(line)],
    });
  }
  return commands;
}

/** A `^` at its end joins a line with the next one. */
function wholeLines(text: string): { line: string; number: number }[] {
  const whole: { line: string; number: number }[] = [];
  let joins = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const last = whole[whole.length - 1];
    if (joins && last) last.line = `${last.line.slice(0, -1).trimEnd()} ${line}`;
    else whole.push({ line: line.replace(/^@(?=\s*[a-z"])/i, "").trim(), number: index + 1 });
    joins = /(?<!\^)(?:\^\^)*\^$/.test(line) && !/^(?:rem\b|::)/i.test(line);
  }
  return whole;
}

/** The commands on a line, without what says when they are carried out. */
function partsOf(line: string): string[] {
  if (/^(?:rem\b|:)/i.test(line)) return [];
  const parts = line.match(/(?:"[^"]*(?:"|$)|\^.|[^&|"^]|\^$)+/g) ?? [];
  const commands = parts.flatMap((part) => part.split(/\)\s*else\b/i));
  return commands.map((part) => {
    let rest = part.trim();
    for (let match = condition.exec(rest); match; match = condition.exec(rest))
      rest = rest.slice(match[0].length).trimStart();
    return rest;
  });
}

function toolOf(part: string): string {
  const names = (part.match(argument) ?? []).map((each) =>
    each
      .replaceAll('"', "")
      .replace(/^.*[\\/]/, "")
      .replace(/\.(?:exe|cmd|com)$/i, "")
      .toLowerCase(),
  );
  return (
    names.find((name) => /^(?:sqlplusw?|sqlcmd|osql|isql)$/.test(name)) ??
    // del/q, and rd/s: an option may follow at once.
    /^(?:del|erase|rd|rmdir|move|ren|rename|format)(?=[\s/"]|$)/i.exec(part)?.[0].toLowerCase() ??
    names.find((name) => name !== "call" && name !== "start") ??
    ""
  );
}

function scriptOf(word: string): string[] {
  const name = word.replace(/^-i/, "").replace(/^@+/, "").replaceAll('"', "");
  return /\.(?:sql|sp)$/i.test(name) && !name.includes("*") ? [name.replace(/%~dp0\\?/gi, "")] : [];
}

function folderAfter(folder: string, change: string): string {
  if (/^%~dp0/i.test(change)) return change.replace(/^%~dp0\\?/i, "");
  return /^(?:[a-z]:|[\\/])/i.test(change) ? change : folder === "" ? change : `${folder}\\${change}`;
}

/** The line from one database tool to the next; the first piece comes before all of them. */
function toolPieces(line: string): { readonly tool: string; readonly text: string }[] {
  const pieces = line.split(new RegExp(`(${databaseTool.source})`, "i"));
  return pieces.map((text, index) => ({
    tool: index % 2 === 0 ? (pieces[index - 1] ?? "").toLowerCase() : "",
    text,
  }));
}

/** SQL that stands on the line itself, after -Q or -q. */
function destructiveSql(line: string): string[] {
  return toolPieces(line).flatMap(({ tool, text }) => {
    if (!/^(?:sqlcmd|osql|isql)/.test(tool)) return [];
    return [...text.matchAll(/\s[-/]q\s*((?:"[^"]*"?|[^\s"])+)/gi)].flatMap(([, given = ""]) =>
      findDestructive(given.replace(/^"|"$/g, "").replaceAll('""', '"'), "sqlcmd").map(
        ({ statement, target }) => (target === undefined ? statement : `${statement} ${target}`),
      ),
    );
  });
}

/** Only the name of a variable stands there: `%NAME%`. */
const variable = /^"?%[^%\s]+%"?$/;

function maskPasswords(line: string): string {
  const hide = (before: string, secret: string, after = ""): string =>
    `${before}${secret === "" || variable.test(secret) ? secret : "***"}${after}`;
  return toolPieces(line)
    .map(({ tool, text }) => {
      let masked = text;
      if (tool.startsWith("sqlplus")) masked = maskLogon(text, hide);
      else if (tool !== "")
        masked = text.replace(/(\s[-/]P\s*)((?:"[^"]*"?|[^\s"])+)/g, (_, before: string, secret: string) =>
          hide(before, secret),
        );
      return masked.replace(/\b(\w+)=((?:"[^"]*"?|[^\s"&|])+)/g, (all, name: string, value: string) =>
        /passw|pwd/i.test(name) ? hide(`${name}=`, value) : all,
      );
    })
    .join("");
}

/** `user/password@database`: the password may hold an `@` itself. Scripts and their arguments come after it. */
function maskLogon(text: string, hide: (before: string, secret: string, after?: string) => string): string {
  let done = false;
  return text.replace(argument, (each) => {
    if (done || each.startsWith("@")) done = true;
    const logon = done ? null : /^("?[^\s/"@]+\/)(.*?)((?:@[^@]*)?"?)$/.exec(each);
    if (!logon) return each;
    done = true;
    const [, before = "", secret = "", after = ""] = logon;
    return hide(before, secret, after);
  });
}
