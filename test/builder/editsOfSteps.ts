import type { Expression } from "../../server/src/handler/expression";
import { expressionText } from "../../server/src/handler/expressionText";
import { type Choices, type Edit, type Expected, spare } from "./edit";
import { nameOf } from "./editsOfSignatures";
import { eq, lift, v } from "./expression";
import type { HandlerBuilder } from "./handler";
import { exit } from "./signatures";
import type { BuiltExit, StepBuilder } from "./step";

type StepEdit = (step: StepBuilder, choices: Choices, built: HandlerBuilder) => Expected[] | undefined;

/** Edits of one step, or of how steps are connected. */
export function stepEdits(): Edit[] {
  return [
    step("label", any, (each) => {
      each.label(`${each.labelText} changed`);
      return [{ kind: "label", node: each.node }];
    }),
    step("notes", any, (each) => {
      each.note(`${each.noteText} changed`);
      return [{ kind: "notes", node: each.node }];
    }),
    step("kind of line break in notes", any, (each) => {
      each.note(each.noteText.replaceAll(/\r?\n/g, (found) => (found === "\n" ? "\r\n" : "\n")));
      return [];
    }),
    step(
      "argument",
      (each) => each.arguments.length > 0,
      (each, choices) => {
        const at = choices.number(each.arguments.length);
        each.arguments[at] = other(each.arguments[at]!);
        return [{ kind: "arguments", node: each.node }];
      },
    ),
    step(
      "argument emptied",
      (each) => each.arguments.some((value) => value !== null),
      (each) => {
        each.arguments[each.arguments.findIndex((value) => value !== null)] = null;
        return [{ kind: "arguments", node: each.node }];
      },
    ),
    step("value assigned", isNative("Assignment"), (each) => {
      each.set("RHS", other(each.fields.get("RHS") ?? null));
      return [{ kind: "arguments", node: each.node }];
    }),
    step("condition", isNative("Condition"), (each) => {
      each.set("Condition", other(each.fields.get("Condition") ?? null));
      return [{ kind: "arguments", node: each.node }];
    }),
    step("case added", isNative("Selection"), (each, choices) => {
      const at = choices.number(each.exits.length);
      each.exits.splice(at, 0, newCase(eq(v(spare), "added")));
      return [{ kind: "exits", node: each.node }];
    }),
    step("case changed", isNative("Selection"), (each, choices) => {
      const at = each.exits.indexOf(choices.of(each.exits.filter(({ caseOf }) => caseOf !== null))!);
      if (at < 0 || each.exits.filter(({ label }) => label === each.exits[at]!.label).length > 1)
        return undefined;
      const { to, bends } = each.exits[at]!;
      each.exits[at] = { ...newCase(eq(v(spare), "changed")), to, bends };
      return [{ kind: "arguments", node: each.node }];
    }),
    step("object id", isInitiator, (each) => {
      each.objectId += " changed";
      return [{ kind: "initiator-ids", node: each.node }];
    }),
    step("event id", isInitiator, (each) => {
      each.eventId += " changed";
      return [{ kind: "initiator-ids", node: each.node }];
    }),
    step("position", any, (each) => {
      const { left, top, right, bottom } = each.rect;
      each.place({ left: left + 30, top, right: right + 30, bottom });
      return [{ kind: "position", node: each.node }];
    }),
    { ...bendsEdit, inXml: false },
    step("exit connected elsewhere", hasExits, (each, choices, built) => {
      const leaving = choices.of(each.exits)!;
      leaving.to = choices.of([null, ...built.steps].filter((target) => target !== leaving.to))!;
      leaving.bends = [];
      return [{ kind: "connections", node: each.node }];
    }),
    step("exit's label alone", isNative("Condition"), (each) => {
      each.exits[0]!.label += " changed";
      return [{ kind: "exits", node: each.node }];
    }),
    {
      name: "step added",
      make: (built, choices) => [{ kind: "step-added", node: add(built, choices).node }],
    },
    step(
      "step inserted into a line",
      (each) => each.exits.some(({ to }) => to),
      (each, choices, built) => {
        const leaving = choices.of(each.exits.filter(({ to }) => to))!;
        const added = add(built, choices);
        added.to(leaving.to);
        leaving.to = added;
        leaving.bends = [];
        return [
          { kind: "connections", node: each.node },
          { kind: "step-added", node: added.node },
        ];
      },
    ),
    step("step removed", (each) => each.kind !== "start" && each.kind !== "initiator", remove),
    {
      name: "steps in another order in the file",
      make: (built) => {
        built.steps.reverse();
        return [];
      },
    },
  ];
}

function step(name: string, fits: (each: StepBuilder) => boolean, make: StepEdit): Edit {
  return {
    name: `step: ${name}`,
    make: (built, choices) => {
      const chosen = choices.of(built.steps.filter(fits));
      return chosen && make(chosen, choices, built);
    },
  };
}

const any = (): boolean => true;
const isNative =
  (tool: string) =>
  (each: StepBuilder): boolean =>
    each.kind === "native" && each.tool.name === tool;
const isInitiator = ({ kind }: StepBuilder): boolean => kind === "initiator";
const hasExits = ({ exits }: StepBuilder): boolean => exits.length > 0;

/** Another expression, whatever it was. */
const other = (value: Expression | null): Expression =>
  expressionText(value) === '"changed"' ? lift("changed again") : lift("changed");

function newCase(caseOf: Expression): BuiltExit {
  return { ...exit(expressionText(caseOf), -1), to: null, bends: [], caseOf };
}

const bendsEdit = step(
  "bend points",
  (each) => each.exits.some(({ to }) => to),
  (each) => {
    const leaving = each.exits.find(({ to }) => to)!;
    leaving.bends = [...leaving.bends, { x: 5, y: 6 }];
    return [{ kind: "position", node: each.node }];
  },
);

/** Of tools that the handler uses already, so that it is one difference. */
function add(built: HandlerBuilder, choices: Choices): StepBuilder {
  const used = choices.of(built.steps.filter(({ signature }) => signature?.kind === "tool"));
  const native = [
    () => built.assign(spare, "x"),
    () => built.condition(eq(v(spare), "")),
    () => built.debug("here"),
  ];
  const tool = used?.signature?.kind === "tool" ? used.signature.of : undefined;
  const added = tool && choices.number(2) === 0 ? built.tool(tool) : choices.of(native)!();
  return added.place(added.rect);
}

function remove(gone: StepBuilder, _: Choices, built: HandlerBuilder): Expected[] {
  const lines = built.steps
    .filter((each) => each !== gone)
    .flatMap(({ node, exits }) =>
      exits.filter(({ to }) => to === gone).map((): Expected => ({ kind: "connections", node })),
    );
  built.remove(gone);
  const { signature } = gone;
  const removed: Expected[] = [{ kind: "step-removed", node: gone.node }, ...lines];
  if (signature === null || built.steps.some((each) => each.signature?.of === signature.of)) return removed;
  return [...removed, { kind: "uses", node: null, label: nameOf(signature) }];
}
