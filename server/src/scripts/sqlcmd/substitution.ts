import type { ScriptPlace } from "../items";
import { TextBuffer } from "../text/buffer";
import type { Lookups } from "../text/lookups";
import type { Reference } from "./scanner";
import type { SqlcmdSession } from "./session";

/** The line with its references replaced; those without a value stay. One pass: what a value brings in is left as it is. */
export function substitute(
  line: string,
  references: readonly Reference[],
  at: ScriptPlace,
  session: SqlcmdSession,
  lookups: Lookups,
): string {
  let result = "";
  let from = 0;
  for (const { start, end, name } of references) {
    const key = name.toUpperCase();
    if (!session.uses.has(key)) session.uses.set(key, at);
    const value = session.get(name);
    if (value === undefined) {
      if (!lookups.missing.has(name)) lookups.missing.set(name, at);
      continue;
    }
    if (session.isSecret(name)) lookups.secrets.add(name);
    result += line.slice(from, start) + value;
    from = end;
  }
  return result + line.slice(from);
}

/** The statement cache: the batch's lines as written, and where variables stand in them. */
export class StatementCache {
  readonly buffer = new TextBuffer();
  private readonly references = new Map<number, readonly Reference[]>();

  add(text: string, file: string, line: number, references: readonly Reference[] | undefined): void {
    this.buffer.add(text, file, line);
    if (references) this.references.set(this.buffer.lines.length - 1, references);
  }

  /** The text to send. Values are looked up now, when the batch is sent, not when its lines were read. */
  substituted(session: SqlcmdSession, lookups: Lookups): TextBuffer {
    const replacements = new Map<number, string>();
    for (const [index, references] of this.references) {
      const line = this.buffer.lines[index];
      const at = this.buffer.placeOf(index);
      if (line === undefined || at === undefined) continue;
      const text = substitute(line, references, at, session, lookups);
      if (text !== line) replacements.set(index, text);
    }
    return this.buffer.replaced(replacements);
  }
}
