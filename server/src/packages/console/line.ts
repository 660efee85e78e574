/** A piece of a command line, unquoted, with the place where it begins (line and column from 1). */
export interface Token {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Characters it takes in the source line. */
  readonly length: number;
  /** A quote in it is not closed at the end of the line. */
  readonly unclosed: boolean;
}

/** `-name=value`, `-name`, or something that is no option. */
export interface Argument {
  readonly token: Token;
  /** Without dash, as written; absent for text that is no option. */
  readonly name?: string;
  /** Absent without `=`. */
  readonly value?: string;
}

/** A call of the console: in a script, one of perhaps several in a line. */
export interface ConsoleLine {
  readonly program: Token;
  readonly arguments: readonly Argument[];
}

/** A line of a script with what it was continued by, and for each character where it stood. */
export interface LogicalLine {
  text: string;
  readonly places: { readonly line: number; readonly column: number }[];
}

/** Lines that `^` continues are put together, as the Windows command processor does. */
export function logicalLines(script: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: LogicalLine | undefined;
  for (const [index, physical] of script.split(/\r\n|\n|\r/).entries()) {
    const here: LogicalLine = open ?? { text: "", places: [] };
    const continued = !(open === undefined && isComment(physical)) && /(^|[^^])(\^\^)*\^$/.test(physical);
    const text = continued ? physical.slice(0, -1) : physical;
    for (let column = 0; column < text.length; column++)
      here.places.push({ line: index + 1, column: column + 1 });
    here.text += text;
    open = continued ? here : undefined;
    if (!open) lines.push(here);
  }
  if (open) lines.push(open);
  return lines;
}

export function isComment(text: string): boolean {
  return /^[\s@]*(rem(\s|$)|::)/i.test(text);
}
