import type {
  DefaultValue,
  ExitSignature,
  Initiator,
  Parameter,
  Subroutine,
  Tool,
} from "../../server/src/handler/model";
import { builtType } from "./types";

/** What follows a parameter's label and type: whether it may stay empty, and what it starts with. */
export interface Extras {
  readonly optional?: boolean;
  /** Text of the default; "" is the empty string, not "no default". */
  readonly default?: string;
  /** Name of the variable that is the default. */
  readonly variable?: string;
}

export const input = (label: string, type: string, extras: Extras = {}): Parameter =>
  parameter(label, type, "in", extras);
export const output = (label: string, type: string, extras: Extras = {}): Parameter =>
  parameter(label, type, "out", extras);

function parameter(label: string, type: string, direction: "in" | "out", extras: Extras): Parameter {
  const { name, module } = builtType(type);
  return { label, direction, type: { name, module }, required: !extras.optional, default: defaultOf(extras) };
}

function defaultOf({ default: text, variable }: Extras): DefaultValue {
  if (variable !== undefined) return { kind: "variable", name: variable };
  if (text === undefined) return { kind: "none" };
  return text === "" ? { kind: "blank" } : { kind: "value", text };
}

export const exit = (label: string, returnValue: number, isError = false): ExitSignature => ({
  label,
  returnValue,
  isError,
});

/** `module:name`, then what Designer shows and what runs it, for example "IpTelephonyU/GetAttr". */
export function tool(
  identity: string,
  about: { label: string; description?: string; category: string; version?: string; runs?: string },
  parameters: readonly Parameter[],
  exits: readonly ExitSignature[] = next,
): Tool {
  const [module = "", name = ""] = identity.split(":");
  const [runtimeModule = "", runtimeFunction = ""] = (about.runs ?? "").split("/");
  const { label, description = "", category, version = "" } = about;
  return {
    ...{ module, name, label, description, category, version },
    ...{ parameters, exits, runtimeModule, runtimeFunction },
  };
}

/** The signature of a subroutine as a caller keeps it. */
export function subroutine(name: string, category: string, parameters: readonly Parameter[]): Subroutine {
  const digits = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e10, 7);
  return {
    name,
    label: name,
    description: "",
    category,
    parameters,
    exits: [exit("Next", 1)],
    compiledName: `${name.replaceAll("_", "__")}_${String(digits).padStart(10, "0")}`,
  };
}

const next = [exit("Next", 0)];
const successFailure = [exit("Success", 0), exit("Failure", 1, true)];
const call = input("Call Identifier", "CallId", { variable: "Interaction1" });
const telephony = "Telephony";

// Signatures as real .ihd files embed them, unless a comment says otherwise.

export const getKey = tool(
  "Telephony:Get Key",
  {
    label: "Get Key",
    description: "Wait for the caller to press a key",
    category: telephony,
    version: "2.3",
    runs: "IpTelephonyU/GetDigit_2_3",
  },
  [
    call,
    input("Valid Keys", "String", { default: "0123456789" }),
    input("Escape Keys", "String", { default: "*" }),
    input("Timeout (seconds)", "Numeric", { optional: true, default: "20" }),
    input("Suppress logging of the input digits.", "Boolean", { optional: true, default: "false" }),
    output("Keys", "String", { variable: "Digits" }),
  ],
  [exit("Success", 0), exit("Escape", 2, true), exit("Failure", 1, true)],
);

export const playString = tool(
  "I3_TextToSpeech:PlayString",
  {
    label: "Play String",
    description: "Synthesize speech for the text of the given string and play it to the given call.",
    category: telephony,
    runs: "TTSToolsIPU/Entry_PlayString",
  },
  [call, input("Text", "String"), input("Immediate Mode", "Boolean", { default: "FALSE" })],
);

/** Plausible: labels and exits from real exports, the runtime function is not known. */
export const playAudioFile = tool(
  "Telephony:Play Audio File_1.3",
  { label: "Play Audio File", category: telephony, version: "3.0" },
  [
    call,
    input("Audio File Name (.wav)", "String"),
    input("Key(s) to Increase Volume", "String", { optional: true }),
    input("Key(s) to Decrease Volume", "String", { optional: true }),
    input("Key(s) to Skip Forward", "String", { optional: true }),
    input("Key(s) to Skip Backward", "String", { optional: true }),
    input("Skip Amount (seconds)", "Integer", { optional: true }),
    input("Key(s) to Increase Playback Speed", "String", { optional: true }),
    input("Key(s) to Decrease Playback Speed", "String", { optional: true }),
    input("Immediate Mode", "Boolean", { optional: true, default: "FALSE" }),
  ],
);

export const getAttribute = tool(
  "Telephony:Get Attribute",
  {
    label: "Get Attribute",
    description: "Get Call Attribute",
    category: telephony,
    runs: "IpTelephonyU/GetAttr",
  },
  [call, input("Call Attribute Name", "String"), output("Call Attribute Value", "String")],
);

export const setAttribute = tool(
  "Telephony:Set Attribute",
  {
    label: "Set Attribute",
    description: "Set user defined call attribute value",
    category: telephony,
    runs: "IpTelephonyU/SetAttr",
  },
  [call, input("Call Attribute Name", "String"), input("Call Attribute Value", "String")],
);

export const blindTransfer = tool(
  "Telephony:Blind Transfer_2.0",
  {
    label: "Blind Transfer",
    description: "Transfer a call without consultation",
    category: telephony,
    runs: "IpTelephonyU/BlindXfer20",
  },
  [
    call,
    input("Telephone Number", "String"),
    output("Outbound Call Identifier", "CallId", { variable: "Outbound CallId" }),
  ],
  [exit("Success", 0), exit("Failure", 1, true), exit("Alert Failure", 3, true)],
);

export const disconnect = tool(
  "Telephony:Disconnect",
  {
    label: "Disconnect",
    description: "Disconnect a telephone call",
    category: telephony,
    version: "3.0",
    runs: "IpTelephonyU/Disconnect23",
  },
  [
    call,
    input("Cancel pending operations?", "Boolean", { default: "false" }),
    input("Reason Code:", "Integer", { optional: true, default: "0" }),
  ],
);

/** Plausible: labels and exits from real exports, optional flags as there; the runtime function is not known. */
export const pickUp = tool(
  "Telephony:PickUp",
  { label: "PickUp", category: telephony },
  [
    call,
    input("Move Call to System Queue?", "Boolean", { optional: true }),
    input("True: Claim control of this call", "Boolean", { optional: true }),
  ],
  [exit("Success", 0), exit("Failure", 1, true)],
);

export const logEvent = tool(
  "DsLookup:Log Event",
  {
    label: "Log Event",
    description: "Log Event to IC Event logging.",
    category: "System",
    runs: "IpMiscellaneousToolsU/LogEvent",
  },
  [
    input("Log Type (Error, Warning, Informational)", "String"),
    input("Message to be placed in the log.", "String"),
  ],
);

export const sleep = tool(
  "MiscellaneousTools:Sleep",
  {
    label: "Sleep",
    description: "Pauses execution of the handler for the specified number of seconds.",
    category: "System",
    runs: "IpMiscellaneousToolsU/ExecuteSleep",
  },
  [input("Time to sleep (seconds)", "Integer")],
);

export const parseString = tool(
  "DsLookup:Parse String",
  {
    label: "Parse String",
    description: "Parse String",
    category: "List",
    runs: "IpMiscellaneousToolsU/ParseString",
  },
  [
    input("String to Parse", "String"),
    input("Delimiter Charater(s)", "String", { default: "|" }),
    output("List of Parsed Strings", "List of String"),
  ],
);

export const listToString = tool(
  "DsLookup:List To String",
  {
    label: "List To String",
    description: "Convert String List To Delimited String",
    category: "List",
    runs: "IpMiscellaneousToolsU/ListToString",
  },
  [
    input("List of Strings", "List of String"),
    input("Delimiter Charater(s)", "String", { default: "|" }),
    output("Delimited String", "String"),
  ],
);

const socket = input("Socket handle", "SocketHandle", { variable: "SocketHandle" });
const unicode = input("String type\nTrue: UNICODE string\nFalse: ANSI string", "Boolean", {
  default: "false",
});
const fileIo = "File I/O";

export const tcpConnect = tool(
  "DsLookup:TcpConnect",
  {
    label: "Tcp Connect",
    description: "Connect to TCP/IP Server",
    category: fileIo,
    runs: "IpMiscellaneousToolsU/TcpConnect",
  },
  [
    input("Server ID (Host name or IP address)", "String"),
    input("TCP Port for connection", "Integer"),
    output("Socket handle", "SocketHandle", { variable: "SocketHandle" }),
  ],
  successFailure,
);

export const tcpWriteString = tool(
  "DsLookup:TcpWriteString",
  {
    label: "Tcp Write String",
    description: "Write string value",
    category: fileIo,
    runs: "IpMiscellaneousToolsU/TcpWriteString",
  },
  [socket, input("String value", "String"), unicode],
  successFailure,
);

export const tcpReadString = tool(
  "DsLookup:TcpReadString",
  {
    label: "Tcp Read String",
    description: "Read string value",
    category: fileIo,
    runs: "IpMiscellaneousToolsU/TcpReadStringEx",
  },
  [
    socket,
    unicode,
    input("Number of characters to read\n(Negative for no limit)", "Integer", { default: "10000" }),
    input("Character(s) to indicate end of string", "String", { default: "\n" }),
    input("Read timeout (seconds)\n0: Wait indefinitely", "Integer", { default: "30" }),
    output("String value", "String", { variable: "String1" }),
  ],
  [exit("Success", 0), exit("Failure", 1, true), exit("Timeout", 2, true)],
);

export const tcpClose = tool(
  "DsLookup:TcpClose",
  {
    label: "Tcp Close",
    description: "Close socket",
    category: fileIo,
    runs: "IpMiscellaneousToolsU/TcpClose",
  },
  [socket],
);

/** Plausible: parameters and exits from real exports; it is known to be in a class of its own in `.ihd` files. */
export const writeTraceMessage = tool(
  "TraceMessageTools:Write Trace Message",
  { label: "Write Trace Message", category: "System", version: "2.0" },
  [
    input("Trace Message", "String", { optional: true }),
    input("Trace Level\n1-20 = Error\n21-40 = Warning\n41-100 = Note", "Integer", { optional: true }),
  ],
  [exit("Next", 1)],
);

/** An initiator and what it can listen to. */
export function initiator(
  base: Tool,
  listens: Pick<Initiator, "objectType" | "objectIds" | "eventIds" | "idLabels">,
): Initiator {
  const { version: _none, ...signature } = base;
  return { ...signature, ...listens };
}

export const customNotification = initiator(
  tool(
    "DsLookup:Custom Notification_13",
    {
      label: "Custom Notification",
      description: "Custom Notification Received",
      category: "",
      runs: "IpMiscellaneousToolsU/CustomInitiator_13",
    },
    [
      output("Custom Object Identifier", "String", { variable: "CustomObjectId" }),
      output("Custom Event Identifier", "String", { variable: "CustomEventId" }),
      output("Custom Notification Data", "List of String", { variable: "CustomDataList" }),
    ],
    [exit("Start", 1)],
  ),
  { objectType: "Custom", objectIds: ["{all}"], eventIds: ["{all}"], idLabels: ["", ""] },
);

/** Plausible: outputs as the help describes them (their types are inferred); module and name are guesses. */
export const incomingCall = initiator(
  tool(
    "Telephony:Incoming Call",
    { label: "Incoming Call", description: "A call came in", category: "" },
    [
      output("Call Identifier", "CallId", { variable: "Interaction1" }),
      output("Line Identifier", "String", { variable: "LineId" }),
      output("Called Party Number", "String", { variable: "CalledNumber" }),
      output("Calling Party Number", "String", { variable: "CallingNumber" }),
      output("Calling Party Name", "String", { variable: "CallingName" }),
    ],
    [exit("Start", 1)],
  ),
  {
    objectType: "Call",
    objectIds: ["{all}"],
    eventIds: ["{all}", "NewIncomingEvent"],
    idLabels: ["", "New Incoming", ""],
  },
);
