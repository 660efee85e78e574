import type { ExitSignature, Initiator, Parameter, Subroutine, Tool } from "../../server/src/handler/model";
import { type Choices, type Edit, type Expected, parameterEdits, unique } from "./edit";
import type { HandlerBuilder } from "./handler";
import { exit } from "./signatures";
import type { Signature, StepBuilder } from "./step";

type Kind = Signature["kind"];

const kinds: readonly Kind[] = ["tool", "subroutine", "initiator"];

/** Edits of the signatures that a handler keeps of what it uses; the steps follow, as they do in Designer. */
export function externalEdits(): Edit[] {
  return [
    ...kinds.flatMap((kind) => parameterEdits.map((edit) => parameterEdit(kind, edit))),
    ...kinds.flatMap((kind) => [
      text(kind, "label"),
      text(kind, "description"),
      text(kind, "category"),
      addedExit(kind),
      removedExit(kind),
      changedExit(kind, "of another label", (exit) => ({ ...exit, label: "Another Label" })),
      changedExit(kind, "that returns another value", (exit) => ({ ...exit, returnValue: 77 })),
      {
        ...changedExit(kind, "that is an error", (exit) => ({ ...exit, isError: !exit.isError })),
        inXml: false,
      },
    ]),
    text("tool", "runtimeModule"),
    text("initiator", "runtimeFunction"),
    { ...text("tool", "version"), inXml: true },
    text("subroutine", "compiledName"),
    {
      name: "initiator: other object ids in the definition",
      inXml: false,
      make: (built, choices) => {
        const used = choose(built, "initiator", choices);
        if (!used) return undefined;
        const of = used.of as Initiator;
        replace(used, { ...of, objectIds: [...of.objectIds, "another"] });
        return [{ kind: "initiator-ids", node: null, label: "" }];
      },
    },
  ];
}

interface Used {
  readonly of: Tool | Subroutine | Initiator;
  readonly label: string;
  readonly steps: readonly StepBuilder[];
}

/** What a comparison calls it. */
export const nameOf = ({ of }: Signature): string => ("module" in of ? `${of.module}:${of.name}` : of.name);

function choose(built: HandlerBuilder, kind: Kind, choices: Choices): Used | undefined {
  const step = choices.of(built.steps.filter(({ signature }) => signature?.kind === kind));
  if (!step) return undefined;
  const of = step.signature!.of;
  return {
    of,
    label: nameOf(step.signature!),
    steps: built.steps.filter(({ signature }) => signature?.of === of),
  };
}

function replace({ steps }: Used, of: Tool | Subroutine | Initiator): void {
  for (const step of steps) step.signature = { kind: step.signature!.kind, of } as Signature;
}

function expected(kind: Kind, { label }: Used): Expected {
  return { kind: kind === "subroutine" ? "subroutine-signature" : "tool-signature", node: null, label };
}

function parameterEdit(kind: Kind, { name, make }: (typeof parameterEdits)[number]): Edit {
  return {
    name: `${kind}: ${name}`,
    make: (built, choices) => {
      const used = choose(built, kind, choices);
      const edited = used && make(used.of.parameters, choices);
      if (!used || !edited) return undefined;
      const lost = follow(used, edited.list, edited.at);
      replace(used, { ...used.of, parameters: edited.list });
      return [expected(kind, used), ...lost];
    },
  };
}

/** What steps give to a parameter that is gone is lost with it. */
function follow({ of, steps }: Used, list: readonly Parameter[], at: number): Expected[] {
  const lost: Expected[] = [];
  for (const step of steps) {
    if (list.length > of.parameters.length) step.arguments.splice(at, 0, null);
    if (list.length < of.parameters.length) {
      const [value] = step.arguments.splice(at, 1);
      if (value) lost.push({ kind: "arguments", node: step.node });
    }
  }
  return lost;
}

function text(kind: Kind, field: keyof Tool | "compiledName"): Edit {
  return {
    name: `${kind}: ${field}`,
    inXml: false,
    make: (built, choices) => {
      const used = choose(built, kind, choices);
      if (!used) return undefined;
      replace(used, { ...used.of, [field]: `${(used.of as never)[field]} changed` } as Tool);
      if (field === "version") return [{ kind: "tool-version", node: null, label: used.label }];
      if (field === "compiledName") return [{ kind: "compiled-name", node: null, label: used.label }];
      return [expected(kind, used)];
    },
  };
}

function addedExit(kind: Kind): Edit {
  return {
    name: `${kind}: exit added`,
    make: (built, choices) => {
      const used = choose(built, kind, choices);
      if (!used) return undefined;
      const added = exit("Another Exit", 50 + used.of.exits.length);
      for (const { exits } of used.steps) exits.push({ ...added, to: null, bends: [], caseOf: null });
      replace(used, { ...used.of, exits: [...used.of.exits, added] });
      return [expected(kind, used)];
    },
  };
}

function removedExit(kind: Kind): Edit {
  return {
    name: `${kind}: exit removed`,
    make: (built, choices) => {
      const used = choose(built, kind, choices);
      const at = used && unique(used.of.exits, choices);
      if (!used || at === undefined) return undefined;
      const lost: Expected[] = [];
      for (const { exits, node } of used.steps) {
        const [gone] = exits.splice(at, 1);
        // The line is lost with it, which the signature does not tell.
        if (gone!.to) lost.push({ kind: "exits", node });
      }
      replace(used, { ...used.of, exits: used.of.exits.toSpliced(at, 1) });
      return [expected(kind, used), ...lost];
    },
  };
}

function changedExit(kind: Kind, name: string, change: (exit: ExitSignature) => ExitSignature): Edit {
  return {
    name: `${kind}: exit ${name}`,
    make: (built, choices) => {
      const used = choose(built, kind, choices);
      const at = used && unique(used.of.exits, choices);
      if (!used || at === undefined) return undefined;
      for (const { exits } of used.steps) exits[at] = { ...exits[at]!, ...change(exits[at]!) };
      replace(used, { ...used.of, exits: used.of.exits.with(at, change(used.of.exits[at]!)) });
      return [expected(kind, used)];
    },
  };
}
