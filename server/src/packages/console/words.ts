import type { LogicalLine, Token } from "./line";

/** A token with the range it takes in the logical line. */
export interface Word extends Token {
  readonly start: number;
  readonly end: number;
  /** How many quotes were in it. */
  readonly quotes: number;
}

/**
 * The commands of a line as the Windows command processor sees them: split at `&`, `|` and brackets outside of quotes,
 * and into words at blanks outside of them. Redirections and remarks are left out.
 */
export function commands({ text, places }: LogicalLine): Word[][] {
  const result: Word[][] = [[]];
  let start = -1;
  let word = "";
  let quoted = false;
  let quotes = 0;
  let isTarget = false;
  const end = (index: number): void => {
    if (start < 0) return;
    if (!isTarget) {
      const place = places[start] ?? { line: 1, column: 1 };
      const last = places[index - 1];
      const length = last?.line === place.line ? last.column - place.column + 1 : index - start;
      result.at(-1)?.push({ text: word, ...place, length, unclosed: quoted, start, end: index, quotes });
    }
    isTarget = false;
    start = -1;
    word = "";
    quotes = 0;
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === '"') {
      if (start < 0) start = index;
      quoted = !quoted;
      quotes++;
    } else if (!quoted && /\s/.test(character)) {
      end(index);
      if (isRemark(result.at(-1))) break;
    } else if (!quoted && /[<>]/.test(character)) {
      // The digit before is the stream that is redirected: `2>nul`, `2>&1`.
      if (/^\d$/.test(word)) isTarget = true;
      end(index);
      while (/[<>]/.test(text[index + 1] ?? "")) index++;
      isTarget = text[index + 1] !== "&";
      if (!isTarget) index += 2;
    } else if (!quoted && (/[&|]/.test(character) || isBracket(character, word))) {
      end(index);
      isTarget = false;
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

/** A bracket of a block, not one in a name such as `D:\copy(1)`. */
function isBracket(character: string, word: string): boolean {
  return character === "(" ? /^@*$/.test(word) : character === ")" && !word.includes("(");
}

function isRemark(command: readonly Word[] | undefined): boolean {
  return command?.length === 1 && /^@*rem$/i.test(command[0]?.text ?? "");
}
