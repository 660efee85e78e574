import * as l10n from "@vscode/l10n";
import { linesOf, type TextRange } from "./format";

/** One value of a `.reg` file. */
export interface RegistryValue extends TextRange {
  readonly key: string;
  /** Without its quotes; `@` is the default value. */
  readonly name: string;
  readonly nameRange: TextRange;
  readonly type: "string" | "dword" | "multi-string" | "expandable string" | "other" | "deleted";
  /** Decoded: the text, the strings of a multi-string, or the number of a dword. */
  readonly text: string | undefined;
  readonly strings: readonly string[];
  readonly number: number | undefined;
  /** As written after the `=`, lines joined. */
  readonly raw: string;
}

export interface RegistryKey extends TextRange {
  readonly name: string;
  /** Written `[-KEY]`: importing removes it. */
  readonly deleted: boolean;
}

export interface RegistryFile {
  /** Version 5 files are UTF-16 inside `hex`; REGEDIT4 files are not. */
  readonly version: 4 | 5 | undefined;
  readonly keys: readonly RegistryKey[];
  readonly values: readonly RegistryValue[];
  readonly flaws: readonly (TextRange & { readonly message: string })[];
}

/** Reads the text of a registry export. A number after `dword:` is hexadecimal. */
export function readRegistryFile(text: string): RegistryFile {
  const keys: RegistryKey[] = [];
  const values: RegistryValue[] = [];
  const flaws: (TextRange & { message: string })[] = [];
  const lines = linesOf(text);
  const head = lines.find((line) => line.text.trim() !== "")?.text.trim() ?? "";
  const version = /^REGEDIT4$/i.test(head)
    ? 4
    : /^Windows Registry Editor Version 5/i.test(head)
      ? 5
      : undefined;
  for (let at = 0; at < lines.length; at++) {
    const { text: line, start, end } = lines[at] as (typeof lines)[number];
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith(";")) continue;
    if (version !== undefined && trimmed === head) continue;
    if (trimmed.startsWith("[")) {
      const name = trimmed.replace(/^\[-?/, "").replace(/\]$/, "");
      keys.push({ name, deleted: trimmed.startsWith("[-"), start, end });
      if (!trimmed.endsWith("]"))
        flaws.push({ start, end, message: l10n.t("The key has no closing bracket.") });
      continue;
    }
    const named = /^\s*(@|"(?:[^"\\]|\\.)*")\s*=\s*/.exec(line);
    if (!named) {
      flaws.push({ start, end, message: l10n.t("This is neither a key nor a value.") });
      continue;
    }
    const pieces = [line.slice(named[0].length).trim()];
    let last = end;
    // Long data goes on after a back-slash at the end of the line.
    while (!pieces[0]?.startsWith('"') && pieces.at(-1)?.endsWith("\\") && at + 1 < lines.length) {
      const next = lines[++at] as (typeof lines)[number];
      pieces.push(next.text.trim());
      last = next.end;
    }
    const raw = pieces
      .map((piece, index) => (index + 1 < pieces.length ? piece.slice(0, -1) : piece))
      .join("");
    const quoted = named[1] ?? "@";
    const nameStart = start + line.indexOf(quoted);
    values.push({
      key: keys.at(-1)?.name ?? "",
      name: quoted === "@" ? "@" : unescape(quoted),
      nameRange: { start: nameStart, end: nameStart + quoted.length },
      raw,
      start: start + named[0].length,
      end: last,
      ...decode(raw, version ?? 5),
    });
  }
  return { version, keys, values, flaws };
}

function decode(raw: string, version: 4 | 5): Pick<RegistryValue, "type" | "text" | "strings" | "number"> {
  const nothing = { text: undefined, strings: [], number: undefined };
  if (raw === "-") return { ...nothing, type: "deleted" };
  if (raw.startsWith('"')) return { ...nothing, type: "string", text: unescape(raw) };
  const dword = /^dword:([0-9a-f]{1,8})\s*$/i.exec(raw);
  if (dword) return { ...nothing, type: "dword", number: Number.parseInt(dword[1] ?? "", 16) };
  const hex = /^hex\((1|2|7)\):([0-9a-f,\s]*)$/i.exec(raw);
  if (!hex) return { ...nothing, type: "other" };
  const bytes = (hex[2] ?? "")
    .split(",")
    .flatMap((pair) => (pair.trim() ? [Number.parseInt(pair.trim(), 16)] : []));
  const text = Buffer.from(bytes).toString(version === 5 ? "utf16le" : "latin1");
  const strings = text.split("\0").filter((part) => part !== "");
  const type = hex[1] === "7" ? "multi-string" : hex[1] === "2" ? "expandable string" : "string";
  return { type, text: type === "multi-string" ? undefined : strings.join(""), strings, number: undefined };
}

function unescape(quoted: string): string {
  return quoted
    .replace(/^"/, "")
    .replace(/"$/, "")
    .replace(/\\(["\\])/g, "$1");
}
