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

export interface ConsoleLine {
  readonly program: Token;
  readonly arguments: readonly Argument[];
}

const PROGRAM = /(^|[\\/])inin\.migrator\.console(\.exe)?$/i;

/** A line of a script with what it was continued by, and for each character where it stood. */
interface LogicalLine {
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

function isComment(text: string): boolean {
  return /^[\s@]*(rem(\s|$)|::)/i.test(text);
}

/** The call of the console in a line, or undefined. What other commands in the line do is not looked at. */
export function parseConsoleLine({ text, places }: LogicalLine): ConsoleLine | undefined {
  if (isComment(text) || !/migrator\.console/i.test(text)) return undefined;
  for (const command of commands(text, places)) {
    const at = command.findIndex(({ text: word }) => PROGRAM.test(word.replace(/^[@(]+/, "")));
    const program = command[at];
    // `echo ININ.Migrator.Console ...` only shows the line.
    if (!program || /^[@(]*(echo|set|title)$/i.test(command[0]?.text ?? "")) continue;
    return { program, arguments: command.slice(at + 1).map(argument) };
  }
  return undefined;
}

function argument(token: Token): Argument {
  const option = /^[-/\u2013\u2014](?<name>[A-Za-z]\w*)(?<rest>=(?<value>[\s\S]*))?$/.exec(
    token.text,
  )?.groups;
  if (option?.["name"] === undefined) return { token };
  return {
    token,
    name: option["name"],
    ...(option["rest"] === undefined ? {} : { value: option["value"] ?? "" }),
  };
}

/** Splits at blanks outside of quotes, and into commands at `&`, `|`, `<`, `>` and closing brackets outside of them. */
function commands(text: string, places: LogicalLine["places"]): Token[][] {
  const result: Token[][] = [[]];
  let start = -1;
  let word = "";
  let quoted = false;
  const end = (index: number): void => {
    if (start < 0) return;
    const place = places[start] ?? { line: 1, column: 1 };
    result.at(-1)?.push({ text: word, ...place, length: index - start, unclosed: quoted });
    start = -1;
    word = "";
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === '"') {
      if (start < 0) start = index;
      quoted = !quoted;
    } else if (!quoted && /\s/.test(character)) {
      end(index);
    } else if (!quoted && (/[&|<>]/.test(character) || (character === ")" && !word.includes("(")))) {
      end(index);
      result.push([]);
    } else {
      if (start < 0) start = index;
      // A caret takes the next character as it is.
      if (character === "^" && !quoted && index + 1 < text.length) index++;
      word += text[index] ?? "";
    }
  }
  end(text.length);
  return result;
}
