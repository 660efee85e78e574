import * as l10n from "@vscode/l10n";
import type { Exit, Initiator, Parameter, Step, StepKind, Subroutine, Tool } from "./model";
import { classNameOf } from "./native";
import type { XmlElement } from "./xmlDocument";
import { readArguments, readNativeArguments, readOwnParameters } from "./xmlParameters";
import { childrenOf, shorten, type XmlReading } from "./xmlReading";

/** What the steps of an export say: themselves, and the signatures of what they use. */
export interface XmlSteps {
  readonly steps: readonly Step[];
  readonly startNode: number | null;
  readonly tools: readonly Tool[];
  readonly subroutines: readonly Subroutine[];
  readonly initiators: readonly Initiator[];
}

/**
 * Reads `<Step>` elements. An export has no list of tools and subroutines, but every step carries the
 * signature of what it uses; the first step of a tool decides. Exits of a file that is cut off lead to steps
 * that are not there, which then is no problem of its own.
 */
export function readSteps(reading: XmlReading, elements: readonly XmlElement[], isCut: boolean): XmlSteps {
  const nodes = nodeIds(reading, elements);
  const known = new Set(nodes);
  const tools = new Map<string, Tool>();
  const subroutines = new Map<string, Subroutine>();
  const initiators: Initiator[] = [];
  const steps: Step[] = [];
  let startNode: number | null = null;

  elements.forEach((element, index) => {
    const node = nodes[index] ?? 0;
    const kind = kindOf(reading, element, node);
    const tool = {
      module: reading.text(element, "creatorModule"),
      name: reading.text(element, "creatorName"),
    };
    const place = { node, label: reading.text(element, "label") };
    const exits = readExits(
      reading,
      element,
      place,
      known,
      kind === "native" && tool.name === "Selection",
      isCut,
    );
    const external = kind === "tool" || kind === "subroutine" || kind === "initiator";
    const given = external ? readArguments(reading, element, place) : { arguments: [], signature: [] };
    const own = kind === "start" ? readOwnParameters(reading, element) : { parameters: [], variables: [] };
    const step: Step = {
      node,
      kind,
      className: classNameOf(kind, tool),
      tool,
      label: place.label,
      notes: reading.text(element, "notes"),
      rect: {
        left: reading.integer(element, "left") ?? 0,
        top: reading.integer(element, "top") ?? 0,
        right: reading.integer(element, "right") ?? 0,
        bottom: reading.integer(element, "bottom") ?? 0,
      },
      arguments:
        kind === "native" ? readNativeArguments(reading, element, tool.name, place) : given.arguments,
      exits,
      parameters: own.parameters,
      parameterVariables: own.variables,
      objectId: reading.text(element, "objectID"),
      eventId: reading.text(element, "event"),
      inferred: [],
      complete: element.closed,
    };
    steps.push(step);

    const signature = { parameters: given.signature, exits };
    const key = `${tool.module}:${tool.name}`;
    if (kind === "tool" && !tools.has(key)) {
      tools.set(key, { ...toolOf(step, signature), version: reading.text(element, "creatorVersion") });
    } else if (kind === "subroutine" && !subroutines.has(tool.name)) {
      subroutines.set(tool.name, subroutineOf(step, signature));
    } else if (kind === "initiator") {
      initiators.push(initiatorOf(step, signature));
    }
    if (reading.flag(element, "isInitiator")) {
      if (startNode === null) startNode = node;
      else
        reading.report(
          "xml-two-starts",
          "warning",
          l10n.t(
            "Line {0}: {1} ({2}) is marked as the first step as well; step {3} is taken.",
            element.line,
            place.label,
            node,
            startNode,
          ),
          { line: element.line, ...place },
        );
    }
  });
  startNode ??= steps.find((step) => step.kind === "initiator" || step.kind === "start")?.node ?? null;
  return {
    steps,
    startNode,
    tools: [...tools.values()],
    subroutines: [...subroutines.values()],
    initiators,
  };
}

/** One number a step: its id, or where that is no number or taken, a free one above all others. */
function nodeIds(reading: XmlReading, elements: readonly XmlElement[]): number[] {
  const ids = elements.map((element) => reading.integer(element, "id"));
  let free = ids.reduce<number>((most, id) => Math.max(most, id ?? 0), 0) + 1;
  const taken = new Set<number>();
  return elements.map((element, index) => {
    const id = ids[index] ?? null;
    if (id !== null && !taken.has(id)) {
      taken.add(id);
      return id;
    }
    const label = reading.text(element, "label");
    const message =
      id === null
        ? l10n.t(
            'Line {0}: the step "{1}" has no id; it is shown as step {2}, and no exit can lead to it.',
            element.line,
            shorten(label),
            free,
          )
        : l10n.t(
            'Line {0}: the step "{1}" has the id {2} of an earlier step; it is shown as step {3}, and exits to {4} lead to the earlier one.',
            element.line,
            shorten(label),
            id,
            free,
            id,
          );
    reading.report(id === null ? "xml-step-id" : "xml-duplicate-step", "error", message, {
      line: element.line,
      node: free,
      label,
    });
    return free++;
  });
}

function kindOf(reading: XmlReading, element: XmlElement, node: number): StepKind {
  const type = reading.text(element, "type");
  const module = reading.text(element, "creatorModule");
  switch (type) {
    case "Initiator": {
      // Only the start of a subroutine has neither an event nor a module.
      const event = element.attributes.has("objectID") || element.attributes.has("event");
      return event || module !== "" || reading.flag(element, "isParameterCollectionAvailable")
        ? "initiator"
        : "start";
    }
    case "Subroutine":
      return "subroutine";
    case "Tool":
      return module === "" ? "native" : "tool";
  }
  const message = l10n.t(
    'Line {0}: the step type "{1}" is not known (Tool, Subroutine and Initiator are); it is read as a tool step.',
    element.line,
    shorten(type),
  );
  reading.report("xml-step-type", "warning", message, { line: element.line, node });
  return module === "" ? "native" : "tool";
}

/**
 * Exits in order. Exports have none of the bend points, and do not say which exits are errors. A few exits of
 * real exports have no return value; those get -1, as a Selection's cases have.
 */
function readExits(
  reading: XmlReading,
  step: XmlElement,
  place: { node: number; label: string },
  known: ReadonlySet<number>,
  isSelection: boolean,
  isCut: boolean,
): Exit[] {
  const elements = childrenOf(step, "ExitPaths").flatMap((paths) => childrenOf(paths, "ExitPath"));
  return elements.map((element, index) => {
    const label = reading.text(element, "label");
    const target = reading.integer(element, "targetStepID");
    const dangling = target !== null && !known.has(target);
    if (dangling && !isCut) {
      const message = l10n.t(
        'Line {0}: exit "{1}" of {2} ({3}) leads to step {4}, which does not exist; it is shown as not connected.',
        element.line,
        shorten(label),
        place.label,
        place.node,
        target,
      );
      reading.report("xml-missing-step", "error", message, { line: element.line, ...place });
    }
    const isDefault = label === "Default" && index === elements.length - 1;
    return {
      label,
      returnValue: reading.integer(element, "returnValue") ?? -1,
      isError: false,
      to: dangling ? null : target,
      bends: [],
      caseOf: isSelection && !isDefault ? reading.expression(label, { line: element.line, ...place }) : null,
    };
  });
}

interface Signature {
  readonly parameters: readonly Parameter[];
  readonly exits: readonly Exit[];
}

function toolOf(step: Step, signature: Signature): Tool {
  return {
    ...step.tool,
    ...unknown,
    ...exitsOf(signature),
    version: "",
    runtimeModule: "",
    runtimeFunction: "",
  };
}

function subroutineOf(step: Step, signature: Signature): Subroutine {
  return { name: step.tool.name, ...unknown, ...exitsOf(signature), compiledName: "" };
}

function initiatorOf(step: Step, signature: Signature): Initiator {
  return {
    ...step.tool,
    ...unknown,
    ...exitsOf(signature),
    runtimeModule: "",
    runtimeFunction: "",
    objectType: "",
    objectIds: step.objectId === "" ? [] : [step.objectId],
    eventIds: step.eventId === "" ? [] : [step.eventId],
    idLabels: [],
  };
}

/** What only an `.ihd` holds of a signature. */
const unknown = { label: "", description: "", category: "" };

function exitsOf({ parameters, exits }: Signature): Pick<Tool, "parameters" | "exits"> {
  return {
    parameters,
    exits: exits.map(({ label, returnValue, isError }) => ({ label, returnValue, isError })),
  };
}
