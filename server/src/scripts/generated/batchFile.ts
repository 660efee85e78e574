import type { BatchFileCommand } from "./model";

const quiet =
  /^(?:rem\b|::|echo\b|set\b|setlocal\b|endlocal\b|pause\b|exit\b|goto\b|if\b(?!.*\b(?:sqlplus|sqlcmd|osql)\b)|title\b|cls\b|:|popd\b|del\b|mkdir\b|md\b)/i;

/**
 * The commands of a `.bat` file, as far as reading it tells; nothing is started. The guide says which batch files
 * the assistant writes, not how their lines look: every line with a tool or a script counts.
 */
export function batchFileCommands(text: string): BatchFileCommand[] {
  const commands: BatchFileCommand[] = [];
  let folder = "";
  const stack: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw
      .trim()
      .replace(/^@(?=\s*[a-z"])/i, "")
      .trim();
    if (line === "") continue;
    const change = /^(?:cd|chdir|pushd)\s+(?:\/d\s+)?(.+)$/i.exec(line);
    if (change) {
      if (/^pushd/i.test(line)) stack.push(folder);
      folder = folderAfter(folder, (change[1] ?? "").replace(/^"|"$/g, ""));
      continue;
    }
    if (/^popd\b/i.test(line)) folder = stack.pop() ?? "";
    if (quiet.test(line)) continue;
    const words = line.match(/"[^"]*"|(?:[^\s"]|"[^"]*")+/g) ?? [];
    const tool = toolOf(words);
    const masked = maskPasswords(line, tool);
    commands.push({
      line: index + 1,
      tool,
      text: masked,
      scripts: words.flatMap(scriptOf),
      folder,
      hasPassword: masked !== line,
    });
  }
  return commands;
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

function scriptOf(word: string): string[] {
  const name = word.replace(/^-i/, "").replace(/^@+/, "").replaceAll('"', "");
  return /\.(?:sql|sp)$/i.test(name) && !name.includes("*") ? [name.replace(/%~dp0\\?/gi, "")] : [];
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
