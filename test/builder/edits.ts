import { type Edit, parameterEdits, spare, unique } from "./edit";
import { externalEdits } from "./editsOfSignatures";
import { stepEdits } from "./editsOfSteps";
import type { HandlerBuilder } from "./handler";

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

/** Gives the handler what some edits need; both sides of a comparison get it. */
export function prepare(built: HandlerBuilder): HandlerBuilder {
  built.variable(spare, "String", "spare");
  // Boxes grow with their labels, but not in these comparisons.
  for (const step of built.steps) step.place(step.rect);
  return built;
}

const handlerEdits: readonly Edit[] = [
  {
    name: "category",
    make: ({ about }) => {
      (about as Open<typeof about>).category = `${about.category ?? ""} changed`;
      return [{ kind: "properties", node: null, label: "" }];
    },
  },
  {
    name: "description",
    make: ({ about }) => {
      (about as Open<typeof about>).description = `${about.description ?? ""} changed`;
      return [{ kind: "properties", node: null, label: "" }];
    },
  },
  {
    name: "compiled name",
    inXml: false,
    make: ({ about }) => {
      (about as Open<typeof about>).compiledName = "I3_0815";
      return [{ kind: "compiled-name", node: null, label: "" }];
    },
  },
  {
    name: "variable added",
    make: (built, choices) => {
      built.variable("sAnotherVariable", choices.of(["String", "Integer", "CallId"])!);
      return [{ kind: "variable-added", node: null, label: "sAnotherVariable" }];
    },
  },
  {
    name: "variable removed",
    make: (built) => {
      const at = built.variables.findIndex(({ name }) => name === spare);
      built.variables.splice(at, 1);
      return [{ kind: "variable-removed", node: null, label: spare }];
    },
  },
  {
    name: "variable of another type",
    make: (built) => {
      const at = built.variables.findIndex(({ name }) => name === spare);
      built.variables[at] = { ...built.variables[at]!, type: { name: "XMLNode", module: "I3_XMLTools" } };
      return [{ kind: "variable-type", node: null, label: spare }];
    },
  },
  {
    name: "initial value",
    make: (built) => {
      const at = built.variables.findIndex(({ name }) => name === spare);
      built.variables[at] = { ...built.variables[at]!, initial: "another" };
      return [{ kind: "variable-initial", node: null, label: spare }];
    },
  },
  {
    name: "initial value removed",
    make: (built) => {
      const at = built.variables.findIndex(({ name }) => name === spare);
      built.variables[at] = { ...built.variables[at]!, initial: null };
      return [{ kind: "variable-initial", node: null, label: spare }];
    },
  },
  {
    name: "variables in another order",
    make: (built) => {
      built.variables.reverse();
      return [];
    },
  },
];

const ownParameterEdits: readonly Edit[] = parameterEdits.map(({ name, make, inXml }) => ({
  name: `own ${name}`,
  ...(inXml === undefined ? {} : { inXml }),
  make: (built, choices) => {
    const { first } = built;
    if (first?.kind !== "start") return undefined;
    const edited = make(first.parameters, choices);
    if (!edited) return undefined;
    const change = edited.list.length - first.parameters.length;
    const { at } = edited;
    first.parameterVariables =
      change > 0
        ? first.parameterVariables.toSpliced(at, 0, spare)
        : change < 0
          ? first.parameterVariables.toSpliced(at, 1)
          : first.parameterVariables;
    first.parameters = edited.list;
    return [{ kind: "parameters", node: null, label: "" }];
  },
}));

const carrier: Edit = {
  name: "own parameter carried by another variable",
  make: ({ first }, choices) => {
    if (first?.kind !== "start") return undefined;
    const at = unique(first.parameters, choices);
    if (at === undefined) return undefined;
    first.parameterVariables = first.parameterVariables.with(at, spare);
    return [{ kind: "parameters", node: null, label: "" }];
  },
};

/** Every kind of edit, with what must be reported of it. */
export const edits: readonly Edit[] = [
  ...handlerEdits,
  ...ownParameterEdits,
  carrier,
  ...externalEdits(),
  ...stepEdits(),
];
