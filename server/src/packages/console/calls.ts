import { type Argument, type ConsoleLine, isComment, type LogicalLine } from "./line";
import { consoleOption, similarOption } from "./options";
import { commands, type Word } from "./words";

const PROGRAM = /^@*([^-].*[\\/])?inin\.migrator\.console(\.exe)?$/i;

/** What only shows, keeps or searches the text behind it. */
const NO_CALL = /^@*(echo[.:]?|set|title|find|findstr)$/i;

/** Behind these a command begins, whatever its arguments are. */
const BEFORE_COMMANDS = /^@*(call|start|do|else)$/i;

const COMMAND_PROCESSOR = /^@*(.*[\\/])?(cmd(\.exe)?|%comspec%)$/i;
const RUNS = /^\s*(?:\/[a-z](?::\w+)?\s*)*?\/[ck]\s*/i;

/** Command processors in command processors that are looked into. */
const DEPTH = 4;

/**
 * The calls of the console in a line: in each of its commands, and in quoted text that another program is given to run
 * (`cmd /c "..."`). A command that only names the program, as `if exist`, `copy` or `taskkill` do, is none.
 */
export function consoleCalls(line: LogicalLine): ConsoleLine[] {
  return isComment(line.text) ? [] : callsIn(line, 0);
}

function callsIn(line: LogicalLine, depth: number): ConsoleLine[] {
  if (depth > DEPTH || !/migrator\.console/i.test(line.text)) return [];
  return commands(line).flatMap((words) => callsOf(words, line, depth));
}

function callsOf(words: readonly Word[], line: LogicalLine, depth: number): ConsoleLine[] {
  // `if exist PROGRAM PROGRAM -export`: the last one is run.
  const at = words.findLastIndex(({ text }) => PROGRAM.test(text));
  const calls: ConsoleLine[] = [];
  for (const [index, word] of words.entries()) {
    const { text } = word;
    if (NO_CALL.test(text)) break;
    if (index === at) {
      const behind = words.slice(at + 1).map(argument);
      const begins = depth === 0 && words.slice(0, at).every((before) => BEFORE_COMMANDS.test(before.text));
      if (begins || behind.some(isOption)) calls.push({ program: word, arguments: behind });
      break;
    }
    if (COMMAND_PROCESSOR.test(text)) {
      const run = runByProcessor(line, word.end, words.at(-1)?.end ?? word.end);
      if (run) return [...calls, ...callsIn(run, depth + 1)];
    }
    // The text behind `start` is the title of its window.
    const isTitle = /^@*start$/i.test(words[index - 1]?.text ?? "");
    if (word.quotes > 0 && /\s/.test(text) && !isTitle)
      calls.push(...callsIn(withoutQuotes(slice(line, word.start, word.end)), depth + 1));
  }
  return calls;
}

function argument(token: Word): Argument {
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

function isOption({ name, token }: Argument): boolean {
  const word = name ?? token.text.split("=")[0] ?? "";
  return consoleOption(word) !== undefined || (name !== undefined && similarOption(word) !== undefined);
}

/**
 * What `cmd /c` runs: the rest of its command, without the quotes around all of it. That is what they are when the
 * program's name does not end at the second one.
 */
function runByProcessor(line: LogicalLine, from: number, to: number): LogicalLine | undefined {
  const options = RUNS.exec(line.text.slice(from, to))?.[0];
  if (options === undefined) return undefined;
  const rest = withoutCarets(slice(line, from + options.length, to));
  const first = commands(rest)[0]?.[0];
  return !rest.text.startsWith('"') || (first && PROGRAM.test(first.text)) ? rest : withoutQuotes(rest);
}

function slice({ text, places }: LogicalLine, start: number, end: number): LogicalLine {
  return { text: text.slice(start, end), places: places.slice(start, end) };
}

function without({ text, places }: LogicalLine, dropped: ReadonlySet<number>): LogicalLine {
  return {
    text: Array.from({ length: text.length }, (_, index) => (dropped.has(index) ? "" : text[index])).join(""),
    places: places.filter((_, index) => !dropped.has(index)),
  };
}

/** Without the first and the last one. */
function withoutQuotes(line: LogicalLine): LogicalLine {
  return without(line, new Set([line.text.indexOf('"'), line.text.lastIndexOf('"')]));
}

/** As the outer command processor passes text on. */
function withoutCarets(line: LogicalLine): LogicalLine {
  const carets = new Set<number>();
  let quoted = false;
  for (let index = 0; index < line.text.length; index++) {
    if (line.text[index] === '"') quoted = !quoted;
    else if (line.text[index] === "^" && !quoted) carets.add(index++);
  }
  return without(line, carets);
}
