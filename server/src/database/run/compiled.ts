import { tokens } from "../../scripts/tokens";

/** What a CREATE of stored code creates. */
export interface Compiled {
  readonly owner: string | undefined;
  readonly name: string;
  /** As in ALL_ERRORS: `PACKAGE BODY`. */
  readonly type: string;
  /** Lines of the statement before the one that the database counts as its first. */
  readonly linesBefore: number;
}

const kinds = new Set("FUNCTION PROCEDURE PACKAGE TRIGGER TYPE LIBRARY VIEW".split(" "));

/** The object that a statement creates; the database counts lines from the word that says what it is. */
export function compiledBy(statement: string): Compiled | undefined {
  let kind: { readonly word: string; readonly at: number } | undefined;
  let body = false;
  const names: string[] = [];
  let point = true;
  let count = 0;
  for (const token of tokens(statement, "sqlplus")) {
    if (++count > 40) break;
    if (!kind) {
      if (token.kind !== "word") return undefined;
      if (kinds.has(token.text)) kind = { word: token.text, at: token.at };
      else if (!/^(?:CREATE|OR|REPLACE|EDITIONABLE|NONEDITIONABLE|EDITIONING|FORCE|NO|AND)$/.test(token.text))
        return undefined;
    } else if (token.kind === "word" && token.text === "BODY" && names.length === 0 && !body) body = true;
    else if (token.text === "." && token.kind === "mark") point = true;
    else if (point && (token.kind === "word" || token.kind === "name")) {
      names.push(token.text);
      point = false;
    } else break;
  }
  const name = names[names.length - 1];
  if (!kind || name === undefined) return undefined;
  return {
    owner: names.length > 1 ? names[0] : undefined,
    name,
    type: body ? `${kind.word} BODY` : kind.word,
    linesBefore: statement.slice(0, kind.at).split("\n").length - 1,
  };
}
