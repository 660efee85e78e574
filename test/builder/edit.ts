import type { DiffKindId } from "../../server/src/analysis/compare/kinds";
import type { Parameter } from "../../server/src/handler/model";
import type { HandlerBuilder } from "./handler";

/** What a comparison must say of an edit; `node` null: it is not about a step. */
export interface Expected {
  readonly kind: DiffKindId;
  readonly node: number | null;
  /** Of the variable, tool or subroutine. */
  readonly label?: string;
}

/** Chooses in an edit; the same numbers make the same choices. */
export class Choices {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  number(below: number): number {
    return this.numbers[this.at++ % this.numbers.length]! % below;
  }

  of<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.number(list.length)];
  }
}

/** A variable that edits use: `prepare` declares it. */
export const spare = "sSpareVariable";

/** A change that a person, or Designer, makes to a handler. */
export interface Edit {
  readonly name: string;
  /** Makes it; undefined where the handler has nothing of the kind. */
  readonly make: (built: HandlerBuilder, choices: Choices) => readonly Expected[] | undefined;
  /** false: an XML export holds nothing of it. */
  readonly inXml?: boolean;
}

/** Edits of a list of parameters, for signatures and for a subroutine's own; undefined = not possible. */
export const parameterEdits: readonly {
  readonly name: string;
  readonly inXml?: boolean;
  /** `at`: the place in the old list (in the new one when added). */
  readonly make: (
    list: readonly Parameter[],
    choices: Choices,
  ) => { readonly list: Parameter[]; readonly at: number } | undefined;
}[] = [
  {
    name: "parameter added",
    make: (list, choices) => {
      const at = choices.number(list.length + 1);
      const added: Parameter = { ...blank, label: "Added Parameter", direction: choices.of(["in", "out"])! };
      return { list: list.toSpliced(at, 0, added), at };
    },
  },
  {
    name: "parameter removed",
    make: (list, choices) => {
      const at = unique(list, choices);
      return at === undefined ? undefined : { list: list.toSpliced(at, 1), at };
    },
  },
  changed("parameter of another label", (each) => ({ ...each, label: "Another Label" })),
  changed("parameter of another type", (each) => ({
    ...each,
    type:
      each.type.name === "CallId" ? { name: "Integer", module: "" } : { name: "CallId", module: "Telephony" },
  })),
  changed("parameter of another direction", (each) => ({
    ...each,
    direction: each.direction === "in" ? "out" : "in",
  })),
  { ...changed("parameter no more needed", (each) => ({ ...each, required: !each.required })), inXml: false },
  changed("parameter of another default", (each) => ({
    ...each,
    default: { kind: "value", text: each.default.kind === "value" ? `${each.default.text}!` : "default" },
  })),
];

const blank: Parameter = {
  label: "",
  direction: "in",
  type: { name: "String", module: "" },
  required: true,
  default: { kind: "none" },
};

function changed(name: string, change: (each: Parameter) => Parameter): (typeof parameterEdits)[number] {
  return {
    name,
    make: (list, choices) => {
      const at = unique(list, choices);
      return at === undefined ? undefined : { list: list.with(at, change(list[at]!)), at };
    },
  };
}

/** A place whose label comes once: which of several alike is meant, nobody could tell. */
export function unique<T extends { readonly label: string }>(
  list: readonly T[],
  choices: Choices,
): number | undefined {
  const once = list.flatMap(({ label }, at) =>
    list.filter((other) => other.label === label).length === 1 ? [at] : [],
  );
  return choices.of(once);
}
