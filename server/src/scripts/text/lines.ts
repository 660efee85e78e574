/** Cuts decoded text into lines. A line ends with LF or CRLF; neither belongs to the line. */
export class LineSplitter {
  /** Pieces of a line that has not ended yet. */
  private pieces: string[] = [];
  private length = 0;

  /** The length of the unfinished line so far, in UTF-16 units. */
  get pending(): number {
    return this.length;
  }

  /** The lines that this text completes. */
  push(text: string): string[] {
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    if (lines.length > 0) {
      if (this.length > 0) {
        this.pieces.push(lines[0] ?? "");
        lines[0] = this.pieces.join("");
        this.pieces = [];
        this.length = 0;
      }
      for (let index = 0; index < lines.length; index++) {
        const line = lines[index] ?? "";
        if (line.charCodeAt(line.length - 1) === 13) lines[index] = line.slice(0, -1);
      }
    }
    if (rest !== "") {
      this.pieces.push(rest);
      this.length += rest.length;
    }
    return lines;
  }

  /** The last line, if the text does not end with a line end. */
  end(): string[] {
    if (this.length === 0) return [];
    const line = this.pieces.join("");
    this.pieces = [];
    this.length = 0;
    return [line.endsWith("\r") ? line.slice(0, -1) : line];
  }
}
