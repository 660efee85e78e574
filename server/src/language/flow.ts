import * as l10n from "@vscode/l10n";
import { expressionText } from "../handler/expressionText";
import { type Box, flow, type Flow, type Link } from "../handler/flow/flow";
import { drawBox, drawLink, linkPath, type Status } from "../handler/flow/draw";
import { flowSvg } from "../handler/flow/flowSvg";
import { familyOf } from "../handler/flow/icon";
import { ICON_SHAPES } from "../handler/flow/iconShapes";
import type { FlowCode } from "../handler/flow/rules";
import { FLOW_STYLE } from "../handler/flow/style";
import type { DefaultValue, Exit, Handler, InferredField, Parameter, Rect, Step } from "../handler/model";
import { hidesInferred, SECRET, shownDefault, shownInferred } from "../handler/secrets";
import { toolKey } from "../handler/toolKey";
import type { Problem } from "../problem";
import type { Edges, FlowRequest, FlowSvgRequest, ShownProblem } from "../protocol";

/** Longer texts are cut in the view; the listing has them whole. */
const LONGEST_VALUE = 4_000;
const LONGEST_NOTES = 20_000;
const MOST_VALUES = 50;
/** A damaged file may have thousands of problems; the rest is counted. */
const MOST_PROBLEMS = 200;

/** What is to be seen of boxes and lines beside what they are; by their positions in the picture. */
export interface FlowMarks {
  readonly boxes: ReadonlyMap<number, Status>;
  readonly links: ReadonlyMap<number, Status>;
}

const noMarks: FlowMarks = { boxes: new Map(), links: new Map() };

/**
 * The answer to `FlowRequest`: the picture of a handler that was read, well or in part. The boxes of a given
 * picture are the handler's steps, in their order.
 */
export function flowResult(
  handler: Handler,
  picture: Flow = flow(handler),
  marks: FlowMarks = noMarks,
): FlowRequest.Result {
  const signatures = new Signatures(handler);
  const indexOf = new Map(picture.boxes.map((box, index) => [box.node, index] as const).reverse());
  const start = handler.startNode === null ? undefined : indexOf.get(handler.startNode);
  const first = picture.boxes.findIndex(({ kind }) => kind === "initiator" || kind === "start");
  return {
    name: handler.name,
    source: handler.source,
    description: cut(handler.description, LONGEST_NOTES),
    category: handler.category,
    layout: picture.layout,
    bounds: edges(picture.bounds),
    start: picture.boxes.length === 0 ? null : (start ?? Math.max(0, first)),
    steps: picture.boxes.map((box, index) => {
      const drawing = drawBox(box, marks.boxes.get(index));
      return shownStep(box, handler.steps[index]!, signatures, drawing);
    }),
    links: picture.links.map((link, index) => {
      const drawing = drawLink(picture, link, marks.links.get(index));
      return shownLink(link, drawing);
    }),
    signatures: signatures.used,
    problems: shownProblems([...handler.problems, ...picture.problems]),
    style: FLOW_STYLE,
  };
}

/** The answer to `FlowSvgRequest`. */
export function flowSvgResult(
  handler: Handler,
  theme: FlowSvgRequest.Params["theme"],
): FlowSvgRequest.Result {
  const picture = flow(handler);
  const { left, top, right, bottom } = picture.bounds;
  return {
    svg: flowSvg(picture, { theme }),
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
  };
}

function shownStep(box: Box, step: Step, signatures: Signatures, drawing: string): FlowRequest.Step {
  return {
    node: box.node,
    kind: box.kind,
    label: box.label,
    tool: box.identity,
    toolLabel: box.tool,
    icon: ICON_SHAPES[box.icon],
    family: familyOf(box.icon),
    notes: cut(step.notes, LONGEST_NOTES),
    rect: edges(box.rect),
    arguments: step.arguments.map(({ label, direction, type, required, value, secret }) => ({
      label,
      direction,
      type: type.name,
      required,
      value: value === null ? null : secret ? SECRET : cut(expressionText(value), LONGEST_VALUE),
    })),
    exits: box.ports.map(({ label, returnValue, isError, to }, index) => ({
      label,
      returnValue,
      isError,
      to,
      ...ownCase(label, step.exits[index]?.caseOf ?? null),
    })),
    signature: signatures.of(step),
    ...(step.kind === "initiator" ? { listensTo: { objectId: step.objectId, eventId: step.eventId } } : {}),
    inferred: step.inferred.map((field) => inferredField(field, hidesInferred(step))),
    complete: step.complete,
    drawing,
  };
}

/** Designer labels a case with its expression, unless somebody gave it a label. */
function ownCase(label: string, caseOf: Exit["caseOf"]): { readonly case?: string } {
  const text = expressionText(caseOf);
  return text === "" || text === label ? {} : { case: cut(text, LONGEST_VALUE) };
}

function inferredField(field: InferredField, hides: boolean): FlowRequest.Step["inferred"][number] {
  const texts = field.values.slice(0, MOST_VALUES).map((value) => {
    const shown = shownInferred(value, hides);
    return shown === null || typeof shown === "object" ? expressionText(shown) : String(shown);
  });
  return { name: field.name, value: cut(texts.join(", "), LONGEST_VALUE), undecided: field.undecided };
}

function shownLink(link: Link, drawing: string): FlowRequest.Link {
  const xs = link.points.map(({ x }) => x);
  const ys = link.points.map(({ y }) => y);
  return {
    from: link.from,
    exit: link.exit,
    to: link.to,
    isError: link.isError,
    bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    path: linkPath(link),
    drawing,
  };
}

/** The signatures that the shown steps refer to, each once. */
class Signatures {
  readonly used: FlowRequest.Signature[] = [];
  private readonly known = new Map<string, () => FlowRequest.Signature>();
  private readonly positions = new Map<string, number>();

  constructor(handler: Handler) {
    for (const tool of handler.tools) this.known.set(`tool ${toolKey(tool)}`, () => external(tool));
    for (const one of handler.initiators)
      this.known.set(`initiator ${toolKey(one)}`, () => external({ ...one, version: "" }));
    for (const one of handler.subroutines)
      this.known.set(`subroutine ${one.name}`, () =>
        external({ ...one, version: "", runtimeModule: "", runtimeFunction: "" }),
      );
    for (const step of handler.steps)
      if (step.kind === "start") this.known.set(`start ${step.node}`, () => ownSignature(handler, step));
  }

  of(step: Step): number | null {
    const key = keyOf(step);
    const position = this.positions.get(key);
    if (position !== undefined) return position;
    const make = this.known.get(key);
    if (!make) return null;
    this.positions.set(key, this.used.length);
    return this.used.push(make()) - 1;
  }
}

function keyOf({ kind, node, tool }: Step): string {
  if (kind === "start") return `start ${node}`;
  if (kind === "subroutine") return `subroutine ${tool.name}`;
  return `${kind} ${toolKey(tool)}`;
}

type External = Pick<
  Handler["tools"][number],
  | "label"
  | "description"
  | "category"
  | "version"
  | "parameters"
  | "exits"
  | "runtimeModule"
  | "runtimeFunction"
>;

function external(of: External): FlowRequest.Signature {
  return {
    label: of.label,
    description: cut(of.description, LONGEST_NOTES),
    category: of.category,
    version: of.version,
    runtime: [of.runtimeModule, of.runtimeFunction].filter((part) => part !== "").join(", "),
    parameters: of.parameters.map((one) => shownParameter(one)),
    exits: of.exits,
  };
}

function ownSignature(handler: Handler, start: Step): FlowRequest.Signature {
  return {
    label: handler.name,
    description: cut(handler.description, LONGEST_NOTES),
    category: handler.category,
    version: "",
    runtime: "",
    parameters: start.parameters.map((one, index) => shownParameter(one, start.parameterVariables[index])),
    exits: [],
  };
}

function shownParameter(parameter: Parameter, variable = ""): FlowRequest.Parameter {
  return {
    label: parameter.label,
    direction: parameter.direction,
    type: parameter.type.name,
    required: parameter.required,
    default: defaultText(shownDefault(parameter)),
    ...(variable === "" ? {} : { variable }),
  };
}

function defaultText(value: DefaultValue): string | null {
  switch (value.kind) {
    case "none":
      return null;
    case "blank":
      return '""';
    case "value":
      return cut(value.text, LONGEST_VALUE);
    case "variable":
      return value.name;
  }
}

function shownProblems(problems: readonly Problem[]): ShownProblem[] {
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ code, severity, message, place }): ShownProblem => ({
    code,
    severity,
    message,
    ...(place?.offset === undefined ? {} : { offset: place.offset }),
    ...(place?.line === undefined ? {} : { line: place.line }),
    ...(place?.node === undefined ? {} : { node: place.node }),
  }));
  const rest = problems.length - shown.length;
  if (rest > 0)
    shown.push({
      code: "flow/more-problems" satisfies FlowCode,
      severity: "information",
      message: l10n.t("There are {0} more problems like these.", rest),
    });
  return shown;
}

const edges = ({ left, top, right, bottom }: Rect): Edges => [left, top, right, bottom];

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : l10n.t("{0}… ({1} more characters)", text.slice(0, length), text.length - length);
}
