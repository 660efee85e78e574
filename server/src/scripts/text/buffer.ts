import { type MapSegment, type ScriptPlace, sourceLine } from "../items";

/** Text under construction, line by line, each line with the script line it comes from. */
export class TextBuffer {
  readonly lines: string[] = [];
  readonly map: MapSegment[] = [];
  /** Length of the lines together, in UTF-16 units. */
  size = 0;

  add(text: string, file: string, line: number): void {
    this.lines.push(text);
    this.size += text.length + 1;
    const last = this.map[this.map.length - 1];
    const at = this.lines.length;
    if (last?.file === file && last.line + at - last.at === line) return;
    this.map.push({ at, file, line });
  }

  get empty(): boolean {
    return this.lines.length === 0;
  }

  /** Nothing but blanks and line ends. */
  get blank(): boolean {
    return this.lines.every((line) => line.trim() === "");
  }

  get start(): ScriptPlace | undefined {
    const first = this.map[0];
    return first && { file: first.file, line: first.line };
  }

  /** The script's place of a line (index from 0). */
  placeOf(index: number): ScriptPlace | undefined {
    return sourceLine(this.map, index + 1);
  }

  /** The last of the lines that lies in the same file as the first one. */
  get endLine(): number {
    const first = this.map[0];
    if (!first) return 0;
    let end = first.line;
    this.map.forEach((segment, index) => {
      if (segment.file !== first.file) return;
      const next = this.map[index + 1]?.at ?? this.lines.length + 1;
      end = Math.max(end, segment.line + next - 1 - segment.at);
    });
    return end;
  }

  /**
   * The same text with some lines replaced (index from 0). A replacement of several lines leads back, line by
   * line, to the one script line that it stands for.
   */
  replaced(replacements: ReadonlyMap<number, string>): TextBuffer {
    if (replacements.size === 0) return this;
    const result = new TextBuffer();
    let segment = 0;
    this.lines.forEach((line, index) => {
      while ((this.map[segment + 1]?.at ?? Infinity) <= index + 1) segment++;
      const from = this.map[segment];
      if (!from) return;
      const scriptLine = from.line + index + 1 - from.at;
      for (const part of (replacements.get(index) ?? line).split("\n")) {
        result.add(part, from.file, scriptLine);
      }
    });
    return result;
  }
}
