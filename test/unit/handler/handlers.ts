import type { Expression } from "../../../server/src/handler/expression";
import type {
  Argument,
  Exit,
  Handler,
  Parameter,
  Step,
  StepKind,
  Tool,
  TypeRef,
} from "../../../server/src/handler/model";
import { classNameOf } from "../../../server/src/handler/native";
import { call, integer, text, variable } from "./expressions";

const builtIn = (name: string): TypeRef => ({ name, module: "" });
const callId: TypeRef = { name: "CallId", module: "Telephony" };

export function parameter(direction: "in" | "out", label: string, type: TypeRef | string): Parameter {
  const of = typeof type === "string" ? builtIn(type) : type;
  return { label, direction, type: of, required: true, default: { kind: "none" } };
}

export function exit(label: string, to: number | null, returnValue = 0, isError = false): Exit {
  return { label, to, returnValue, isError, bends: [], caseOf: null };
}

export const getAttribute: Tool = {
  module: "Telephony",
  name: "Get Attribute",
  label: "Get Attribute",
  description: "Reads an attribute of an interaction",
  category: "Telephony",
  version: "",
  parameters: [
    parameter("in", "Call Identifier", callId),
    parameter("in", "Call Attribute Name", "String"),
    parameter("out", "Call Attribute Value", "String"),
  ],
  exits: [
    { label: "Success", returnValue: 0, isError: false },
    { label: "Failure", returnValue: 1, isError: true },
  ],
  runtimeModule: "IpTelephonyU",
  runtimeFunction: "GetAttribute",
};

/** Arguments for the parameters of a signature. */
export function given(parameters: readonly Parameter[], ...values: (Expression | null)[]): Argument[] {
  return parameters.map(({ label, direction, type, required }, at) => ({
    label,
    direction,
    type,
    required,
    value: values[at] ?? null,
    secret: false,
  }));
}

/** A step with everything empty that is not given; a box of 100 x 89 at (100 * node, 30). */
export function step(node: number, kind: StepKind, tool: Step["tool"], more: Partial<Step> = {}): Step {
  return {
    node,
    kind,
    tool,
    className: classNameOf(kind, tool),
    label: tool.name,
    notes: "",
    rect: { left: 100 * node, top: 30, right: 100 * node + 100, bottom: 119 },
    arguments: [],
    exits: [],
    parameters: [],
    parameterVariables: [],
    objectId: "",
    eventId: "",
    inferred: [],
    complete: true,
    ...more,
  };
}

function native(
  label: string,
  direction: "in" | "out",
  value: Expression | null,
  more: Partial<Argument> = {},
): Argument {
  return { label, direction, type: builtIn(""), required: true, value, secret: false, ...more };
}

/** A subroutine with one step of most kinds. */
export function menuHandler(): Handler {
  const pick = call("=", text("1"), variable("Digits"));
  const log = {
    name: "Log_Choice",
    label: "Log Choice",
    description: "",
    category: "Shared",
    parameters: [
      { ...parameter("in", "Choice", "String"), default: { kind: "value" as const, text: "none" } },
    ],
    exits: [{ label: "Next", returnValue: 0, isError: false }],
    compiledName: "Log__Choice_1748400787",
  };
  return {
    name: "Main_Menu",
    source: "ihd",
    description: "Asks for a digit",
    category: "Dynamic IVR",
    compiledName: "",
    typeCount: 243,
    canvas: { nextNode: 9, width: 10000, height: 10000, gridX: 30, gridY: 30 },
    subroutines: [log],
    initiators: [],
    tools: [getAttribute],
    variables: [
      { name: "Digits", type: builtIn("String"), initial: "" },
      { name: "Interaction1", type: callId, initial: null },
      { name: "Count", type: builtIn("Integer"), initial: 0 },
      { name: "Pass word", type: builtIn("String"), initial: null },
    ],
    steps: [
      step(
        4,
        "subroutine",
        { module: "", name: "Log_Choice" },
        {
          arguments: given(log.parameters, call("&", text("Digits: "), variable("Digits"))),
          exits: [exit("Next", 0)],
        },
      ),
      step(
        0,
        "start",
        { module: "", name: "Subroutine" },
        {
          notes: "First line\r\n\r\n\tthird \\ line",
          exits: [{ ...exit("Start", 2), bends: [{ x: 1, y: 2 }] }],
          parameters: [parameter("in", "Call", callId), parameter("out", "Choice", "String")],
          parameterVariables: ["Interaction1", "Digits"],
        },
      ),
      step(
        2,
        "tool",
        { module: "Telephony", name: "Get Attribute" },
        {
          label: 'Get "Digits"',
          arguments: given(getAttribute.parameters, variable("Interaction1"), null, variable("Digits")),
          exits: [exit("Success", 3), exit("Failure", null, 1, true)],
        },
      ),
      step(
        3,
        "native",
        { module: "", name: "Selection" },
        {
          exits: [
            { ...exit('"1" = Digits', 4, -1), caseOf: pick },
            { ...exit("Two", 5, -1), caseOf: call("=", text("2"), variable("Digits")) },
            exit("Default", null),
          ],
        },
      ),
      step(
        5,
        "native",
        { module: "", name: "DB Open" },
        {
          arguments: [
            native("DataSource", "in", text("ODS")),
            native("Password", "in", call("&", text("hunter2"), variable("Pass word")), {
              required: false,
              secret: true,
            }),
          ],
          exits: [exit("Success", 6, 1), exit("Failure", null, -1)],
        },
      ),
      step(
        6,
        "native",
        { module: "", name: "Frobnicate" },
        {
          className: "CIdFrobnicateStep",
          inferred: [
            { name: "object 1", type: "OBJ", values: [variable("Count")], undecided: false },
            { name: "number 1", type: "u32", values: [0], undecided: true },
            { name: "objects", type: "OBJ list", values: [integer(1), null], undecided: false },
            { name: "text 1", type: "STR", values: ["a\tb"], undecided: false },
          ],
          exits: [exit("Next", null)],
          complete: false,
        },
      ),
    ],
    startNode: 0,
    problems: [],
  };
}

/** A handler that an event starts. */
export function eventHandler(): Handler {
  const parameters = [
    parameter("out", "Client Name", "String"),
    parameter("out", "Socket handle", { name: "SocketHandle", module: "FileIo" }),
  ];
  return {
    ...menuHandler(),
    name: "Receiver",
    initiators: [
      {
        module: "DsLookup",
        name: "TcpConnectionAccepted",
        label: "TCP/IP Connection Accepted",
        description: "",
        category: "Initiators",
        parameters,
        exits: [{ label: "Start", returnValue: 0, isError: false }],
        runtimeModule: "IpMiscellaneousToolsU",
        runtimeFunction: "TcpAccept",
        objectType: "TCP listener",
        objectIds: ["{all}"],
        eventIds: ["{all}", "TcpConnection"],
        idLabels: ["All", "Connection"],
      },
    ],
    steps: [
      step(
        0,
        "initiator",
        { module: "DsLookup", name: "TcpConnectionAccepted" },
        {
          arguments: given(parameters, variable("Digits"), null),
          exits: [exit("Start", 1)],
          objectId: "{all}",
          eventId: "TcpConnection",
        },
      ),
      step(
        1,
        "native",
        { module: "", name: "Assignment" },
        {
          arguments: [
            native("LHS", "out", variable("Count")),
            native("RHS", "in", call("+", variable("Count"), integer(1))),
          ],
          exits: [exit("Next", null)],
        },
      ),
    ],
  };
}

/** A handler of as many tool steps as asked for, one leading to the next. */
export function longHandler(count: number): Handler {
  const steps = Array.from({ length: count }, (_, node) =>
    step(
      node,
      "tool",
      { module: "Telephony", name: "Get Attribute" },
      {
        notes: node % 5 === 0 ? "Asks the caller\r\nfor a digit" : "",
        arguments: given(
          getAttribute.parameters,
          variable("Interaction1"),
          call("&", text("eic_"), call("StrMid", variable("Digits"), integer(node), integer(4))),
          variable("Digits"),
        ),
        exits: [exit("Success", node + 1 < count ? node + 1 : null), exit("Failure", null, 1, true)],
      },
    ),
  );
  return { ...menuHandler(), name: "Long", steps };
}
