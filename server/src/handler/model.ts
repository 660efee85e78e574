import type { Problem } from "../problem";
import type { Expression } from "./expression";

/** What a handler was read from. Which facts each can hold: `facts.ts`. */
export type HandlerSource = "ihd" | "xml";

/** A type is known by its name and the design-time module that brought it ("" = built in). */
export interface TypeRef {
  readonly name: string;
  readonly module: string;
}

/** What a parameter starts with. `blank` is the empty string, which is not the same as none. */
export type DefaultValue =
  | { readonly kind: "none" }
  | { readonly kind: "blank" }
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string };

/** A parameter of a tool, subroutine or initiator, in the order of the step's arguments. */
export interface Parameter {
  readonly label: string;
  readonly direction: "in" | "out";
  readonly type: TypeRef;
  readonly required: boolean;
  readonly default: DefaultValue;
}

/** An exit path as a signature declares it. `returnValue` is signed: -1 for a case of a Selection. */
export interface ExitSignature {
  readonly label: string;
  readonly returnValue: number;
  readonly isError: boolean;
}

/** An external tool the handler uses, with its full signature. Identity is `module:name`. */
export interface Tool {
  readonly module: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Palette page; not part of the identity. */
  readonly category: string;
  /** Version stamp, for example "2.3"; often empty. */
  readonly version: string;
  readonly parameters: readonly Parameter[];
  readonly exits: readonly ExitSignature[];
  /** DLL and function that run it; unknown ("") in an XML export. */
  readonly runtimeModule: string;
  readonly runtimeFunction: string;
}

/** A subroutine the handler calls, with the signature it had when the caller was saved. */
export interface Subroutine {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly category: string;
  readonly parameters: readonly Parameter[];
  readonly exits: readonly ExitSignature[];
  /** Changes at every publish; "" in an XML export. */
  readonly compiledName: string;
}

/** The event that starts a handler that is no subroutine. */
export interface Initiator {
  readonly module: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly category: string;
  readonly parameters: readonly Parameter[];
  readonly exits: readonly ExitSignature[];
  readonly runtimeModule: string;
  readonly runtimeFunction: string;
  /** Notification object type's label; "" where the source has none. */
  readonly objectType: string;
  /** Object ids and event ids the initiator listens to, for example `{all}`. */
  readonly objectIds: readonly string[];
  readonly eventIds: readonly string[];
  /** Labels that belong to some of the ids, in an order that is not known: show, never match. */
  readonly idLabels: readonly string[];
}

export interface Variable {
  readonly name: string;
  readonly type: TypeRef;
  /** null = no initial value. A DateTime is Designer's text in XML and days since 1899-12-30 in `.ihd`. */
  readonly initial: string | number | boolean | null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box on the canvas, in Designer's units (pixels at 100 %). */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A step's exit path and where it leads. */
export interface Exit extends ExitSignature {
  /** Node id of the next step; null = not connected. */
  readonly to: number | null;
  /** Bend points of the drawn line, empty where none are stored. */
  readonly bends: readonly Point[];
  /** A Selection's case; null for `Default` and for every other kind of step. */
  readonly caseOf: Expression | null;
}

/** One value given to a step. */
export interface Argument {
  /** The parameter's label (external tools, calls) or Designer's field name (native steps: `LHS`, `Condition`). */
  readonly label: string;
  readonly direction: "in" | "out";
  /** The parameter's type; name "" where the source does not say. */
  readonly type: TypeRef;
  readonly required: boolean;
  /** null = left empty. */
  readonly value: Expression | null;
  /** true: passwords and the like; every printed form shows `********` instead. */
  readonly secret: boolean;
}

/** An argument-like field of a step whose layout was inferred: what it holds is known, what it means is not. */
export interface InferredField {
  readonly name: string;
  readonly type: "OBJ" | "STR" | "u32" | "OBJ list";
  readonly values: readonly (Expression | string | number | null)[];
  /** true: the bytes at hand allow another reading as well. */
  readonly undecided: boolean;
}

/**
 * - `initiator`: an event initiator, the handler's first step
 * - `start`: the start of a subroutine
 * - `tool`: an external tool
 * - `subroutine`: a call
 * - `native`: Designer's own steps (Assignment, Condition, Selection, list and database steps ...)
 */
export type StepKind = "initiator" | "start" | "tool" | "subroutine" | "native";

export interface Step {
  /** Unique in the handler; what Designer's logs call the step id. */
  readonly node: number;
  readonly kind: StepKind;
  /** MFC class of the `.ihd` file, for example `CIdFuncExtern`; for XML the class that would hold it, "" if not known. */
  readonly className: string;
  /** Who made the step: `module` is "" for native tools and subroutine calls. */
  readonly tool: { readonly module: string; readonly name: string };
  readonly label: string;
  readonly notes: string;
  readonly rect: Rect;
  /** External tools, subroutine calls and event initiators in parameter order; native steps in Designer's field order. */
  readonly arguments: readonly Argument[];
  readonly exits: readonly Exit[];
  /** Only `start`: the subroutine's own parameters, and the variable that carries each ("" = none). */
  readonly parameters: readonly Parameter[];
  readonly parameterVariables: readonly string[];
  /** Only `initiator`: what it listens to. */
  readonly objectId: string;
  readonly eventId: string;
  /** Fields of a class whose layout was inferred; empty for all known classes. */
  readonly inferred: readonly InferredField[];
  /** false: the file ended or stopped making sense inside this step. */
  readonly complete: boolean;
}

/** Designer's canvas and counters; only in `.ihd`. */
export interface Canvas {
  readonly nextNode: number;
  readonly width: number;
  readonly height: number;
  readonly gridX: number;
  readonly gridY: number;
}

/** One handler, as much of it as its source holds. Never thrown away for a problem: see `problems`. */
export interface Handler {
  /** The file's name without its ending (`.ihd`), or the export's `name`. */
  readonly name: string;
  readonly source: HandlerSource;
  readonly description: string;
  /** Palette page when it is a subroutine. */
  readonly category: string;
  /** Only `.ihd`, mostly "". */
  readonly compiledName: string;
  /** Number of variable types known to the Designer that saved the file; 0 in XML. */
  readonly typeCount: number;
  readonly canvas: Canvas | null;
  readonly subroutines: readonly Subroutine[];
  /** Empty when the handler is a subroutine. */
  readonly initiators: readonly Initiator[];
  readonly tools: readonly Tool[];
  readonly variables: readonly Variable[];
  /** In the order of the source. */
  readonly steps: readonly Step[];
  /** Node id of the first step; null when the source does not say. */
  readonly startNode: number | null;
  readonly problems: readonly Problem[];
  /** Strings of an `.ihd` behind the place where reading stopped: what they are is not known, no part of the handler. */
  readonly recovered?: readonly { readonly offset: number; readonly text: string }[];
}
