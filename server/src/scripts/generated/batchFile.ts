import type { BatchFileCommand, BatchScript } from "./model";

const quiet =
  /^(?:rem\b|::|echo\b(?!.*\|.*\b(?:sqlplus|sqlcmd|osql)\b)|setlocal\b|endlocal\b|pause\b|exit\b|goto\b|if\b(?!.*\b(?:sqlplus|sqlcmd|osql)\b)|title\b|cls\b|:|popd\b|del\b|mkdir\b|md\b)/i;

/**
 * The commands of a `.bat` file, as far as reading it tells; nothing is started. The guide says which batch files
 * the assistant writes, not how their lines look: every line with a tool or a script counts. `own` stands for
 * `%~dp0`, the folder that the batch file lies in, with a separator at its end.
 */
export function batchFileCommands(text: string, own = ""): BatchFileCommand[] {
  const commands: BatchFileCommand[] = [];
  const variables = new BatchVariables();
  let folder = "";
  const stack: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw
      .trim()
      .replace(/^@(?=\s*[a-z"])/i, "")
      .trim();
    if (line === "" || variables.set(line)) continue;
    const change = /^(?:cd|chdir|pushd)\s+(?:\/d\s+)?(.+)$/i.exec(line);
    if (change) {
      if (/^pushd/i.test(line)) stack.push(folder);
      folder = folderAfter(folder, variables.expand((change[1] ?? "").replace(/^"|"$/g, "")));
      continue;
    }
    if (/^popd\b/i.test(line)) folder = stack.pop() ?? "";
    if (quiet.test(line)) continue;
    const words = wordsOf(line);
    const tool = toolOf(words);
    const masked = maskPasswords(line, tool);
    commands.push({
      line: index + 1,
      tool,
      text: masked,
      scripts: scriptsOf(words, tool, variables, own),
      folder,
      hasPassword: masked !== line,
    });
  }
  return commands;
}

/** What `set` lines say. Values that may be secrets, or that only a run of the batch file would know, are not taken. */
class BatchVariables {
  private readonly values = new Map<string, string>();

  /** Takes a `set` line; false for any other, also for one that holds under a condition only. */
  set(line: string): boolean {
    const conditional = /^if\b.*?\bset\s+(?:\/[ap]\s+)?"?([^\s="]+)=/i.exec(line);
    if (conditional) this.values.delete((conditional[1] ?? "").toLowerCase());
    const found = /^set\s+(\/[ap]\s+)?(?:"([^=]+)=(.*)"\s*|([^=]+)=(.*))$/i.exec(line);
    if (!found) return /^set\b/i.test(line);
    const name = (found[2] ?? found[4] ?? "").trim().toLowerCase();
    const value = this.expand(found[3] ?? found[5] ?? "");
    if (found[1] !== undefined || value === "" || /passw|pwd|secret/i.test(name)) this.values.delete(name);
    else this.values.set(name, value);
    return true;
  }

  /** Puts values in; variables without one stay as they are, `%~dp0` too. */
  expand(text: string): string {
    return text.replace(
      /%([^%\s~\d][^%\s]*)%/g,
      (whole, name: string) => this.values.get(name.toLowerCase()) ?? whole,
    );
  }
}

function wordsOf(line: string): string[] {
  return line.match(/"[^"]*"|(?:[^\s"]|"[^"]*")+/g) ?? [];
}

function toolOf(words: readonly string[]): string {
  const names = words.map((word) =>
    word
      .replaceAll('"', "")
      .replace(/^.*[\\/]/, "")
      .replace(/\.(?:exe|cmd|com)$/i, "")
      .toLowerCase(),
  );
  return (
    names.find((name) => /^(?:sqlplusw?|sqlcmd|osql|isql)$/.test(name)) ??
    names.find((name) => name !== "call" && name !== "start") ??
    ""
  );
}

/** The scripts on a line; what follows a script of SQL*Plus, up to a redirection, are its arguments. */
function scriptsOf(
  words: readonly string[],
  tool: string,
  variables: BatchVariables,
  own: string,
): BatchScript[] {
  const oracle = tool.startsWith("sqlplus");
  const found: { name: string; arguments: string[] }[] = [];
  for (const [index, word] of words.entries()) {
    const current = found[found.length - 1];
    if (oracle && current) {
      const end = redirection(word);
      if (end === undefined || end > 0)
        current.arguments.push(argument(end === undefined ? word : word.slice(0, end), variables, own));
      if (end !== undefined) break;
      continue;
    }
    const name = scriptOf(variables.expand(word.replaceAll('"', "")), oracle && index > 0);
    if (name !== undefined) found.push({ name, arguments: [] });
  }
  return found;
}

/** Where `>`, `<`, `|` or `&` ends what the tool gets to see; undefined when nothing does. */
function redirection(word: string): number | undefined {
  const bare = word.replace(/"[^"]*"/g, (quoted) => "x".repeat(quoted.length));
  const at = bare.search(/\d?[<>]|[|&]/);
  return at < 0 ? undefined : at;
}

/** The batch file's own arguments, `%1` or `%~1`, are written like its other variables without a value: `%1%`. */
function argument(word: string, variables: BatchVariables, own: string): string {
  return variables
    .expand(word.replaceAll('"', ""))
    .replaceAll(/%~dp0\\?/gi, () => own)
    .replace(/%~?(\d)(?!\d*%)/g, "%$1%");
}

function scriptOf(word: string, oracle: boolean): string | undefined {
  const starts = /^@+./.test(word);
  const name = word
    .replace(/^-i/, "")
    .replace(/^@+/, "")
    .replace(/%~dp0\\?/gi, "");
  if (name.includes("*")) return undefined;
  if (/\.(?:sql|sp)$/i.test(name)) return name;
  // SQL*Plus adds the ending itself.
  return oracle && starts && !/\.[^.\\/]*$/.test(name) ? `${name}.sql` : undefined;
}

function folderAfter(folder: string, change: string): string {
  if (/^%~dp0/i.test(change)) return change.replace(/^%~dp0\\?/i, "");
  return /^(?:[a-z]:|[\\/])/i.test(change) ? change : folder === "" ? change : `${folder}\\${change}`;
}

function maskPasswords(line: string, tool: string): string {
  if (/^sqlplus/.test(tool))
    return line.replace(/(\s"?[^\s/"@]+\/)((?:"[^"]*"|[^\s@"%&])+)(?=@|\s|"|$)/, "$1***");
  return line.replace(/(\s-P\s*)("[^"]*"|[^\s%$]\S*)/, "$1***");
}
