import type { TypeRef } from "../../server/src/handler/model";

/** A variable type as the type table of an `.ihd` describes it. */
export interface BuiltType extends TypeRef {
  readonly label: string;
  readonly description: string;
  readonly bits: number;
  readonly runtimeModule: string;
  readonly attach: string;
  readonly detach: string;
  /** Debugger's watch function; only CallId was seen with one. */
  readonly watch: string;
}

/** The types the builder knows; a small cut of the 243 a real Designer writes, with the values of real files. */
export const builtTypes: readonly BuiltType[] = [
  ...builtIn("Integer", 2, 'A signed "whole" number, such as -1, 1, or 99'),
  ...builtIn("String", 1, "A collection of letters, digits, and punctuation marks"),
  ...builtIn("Boolean", 8, "An indicator that contains either TRUE or FALSE"),
  ...builtIn("Numeric", 4, 'A "real" number with decimal digits, such as 1.21 or 55.0'),
  ...builtIn("DateTime", 16, "A point in time consisting of a date with 4 digit year and a time."),
  ...builtIn("Database", 32, "A handle for a database."),
  ...builtIn("DBConnection", 64, "A connection to a database."),
  ...handle("CallId", "Telephony", "Call ID", "IpTelephonyU", "CallId", "CallIdDebugData"),
  ...handle("SocketHandle", "FileIo", "Socket Handle", "IpMiscellaneousToolsU", "SocketHandle"),
  ...handle("XMLNode", "I3_XMLTools", "XML Node", "XMLToolsIPU", "Entry_XMLNode_"),
];

const byName = new Map(builtTypes.map((type) => [type.name, type]));

/** The type of that name; unknown names (older Designers' types) get the bits of a handle and no functions. */
export function builtType(name: string): BuiltType {
  return byName.get(name) ?? { ...plain(name, 2, ""), label: name };
}

function plain(name: string, bits: number, description: string): BuiltType {
  const functions = { runtimeModule: "", attach: "", detach: "", watch: "" };
  return { name, module: "", label: name, description, bits, ...functions };
}

/** With its `List of` twin, whose bit stands seven places higher. */
function builtIn(name: string, bits: number, description: string): BuiltType[] {
  return [plain(name, bits, description), plain(`List of ${name}`, bits << 7, "")];
}

function handle(
  name: string,
  module: string,
  label: string,
  runtimeModule: string,
  prefix: string,
  watch = "",
): BuiltType[] {
  const functions = { module, runtimeModule, attach: `${prefix}Attach`, detach: `${prefix}Detach`, watch };
  return [
    { ...plain(name, 2, label), ...functions, label },
    { ...plain(`List of ${name}`, 2 << 7, ""), ...functions, watch: "", label: `List of ${label}` },
  ];
}
