import type { ExitSignature, Handler, Initiator, Parameter, Tool } from "../handler/model";
import { shownDefault } from "../handler/secrets";

/** What a tool or initiator looks like in one handler, or in one release. */
export interface ToolSignature {
  readonly kind: "tool" | "initiator";
  readonly module: string;
  readonly name: string;
  /** What the palette shows; "" in an XML export. */
  readonly label: string;
  readonly category: string;
  /** Version stamp; see `stampOf`. */
  readonly version: string;
  /** Without the parameter that stands for a stamp. */
  readonly parameters: readonly Parameter[];
  readonly exits: readonly Omit<ExitSignature, "isError">[];
}

/** A signature as a handler holds it. */
export interface HeldSignature {
  readonly signature: ToolSignature;
  /** The step's argument that is the first parameter: 1 where the first argument stands for a stamp. */
  readonly offset: number;
  /** false: it may have parameters; a few XML exports leave them out. */
  readonly isWhole: boolean;
}

/** A handler's tools and initiators, in the order of the file. */
export function signaturesIn(handler: Handler): HeldSignature[] {
  const isWhole = ({ parameters }: ToolSignature): boolean =>
    handler.source === "ihd" || parameters.length > 0;
  return [
    ...handler.initiators.map((each) => signatureOf("initiator", each)),
    ...handler.tools.map((each) => signatureOf("tool", each)),
  ].map((held) => ({ ...held, isWhole: isWhole(held.signature) || held.offset > 0 }));
}

function signatureOf(
  kind: ToolSignature["kind"],
  { module, name, label, category, parameters, exits, ...rest }: Tool | Initiator,
): Omit<HeldSignature, "isWhole"> {
  const stamp = "version" in rest ? rest.version : "";
  const marker = stamp === "" ? markerOf(parameters) : undefined;
  return {
    offset: marker === undefined ? 0 : 1,
    signature: {
      kind,
      module,
      name,
      label,
      category,
      version: marker ?? stamp,
      parameters: (marker === undefined ? parameters : parameters.slice(1)).map(withoutSecret),
      exits: exits.map(({ label, returnValue }) => ({ label, returnValue })),
    },
  };
}

/** A catalogue is a file that is passed on: the default of a password is masked in it, and so wherever it is compared. */
function withoutSecret(parameter: Parameter): Parameter {
  const shown = shownDefault(parameter);
  return shown === parameter.default ? parameter : { ...parameter, default: shown };
}

/** Mail tools carry their revision as the label of a first String input: a bare number (seen in real files). */
function markerOf([first]: readonly Parameter[]): string | undefined {
  const isMarker = first?.direction === "in" && first.type.name === "String" && /^\d{1,4}$/.test(first.label);
  return isMarker ? first.label : undefined;
}

/**
 * Compares version stamps ("2.3", "3.0.1", "6"): negative when `one` is older. An empty stamp is older than any.
 * undefined: one of them is no version number, so nothing can be said.
 */
export function compareStamps(one: string, other: string): number | undefined {
  if (one === other) return 0;
  const [a, b] = [numbersOf(one), numbersOf(other)];
  if (!a || !b) return undefined;
  if (one === "" || other === "") return one === "" ? -1 : 1;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isStamp(text: string): boolean {
  return numbersOf(text) !== undefined;
}

function numbersOf(stamp: string): number[] | undefined {
  if (stamp === "") return [];
  return /^\d{1,6}(\.\d{1,6}){0,7}$/.test(stamp) ? stamp.split(".").map(Number) : undefined;
}

/**
 * Equal for signatures that Designer cannot tell apart by what both sources of handlers hold: order, labels, types,
 * directions, needs and defaults of parameters; return values of exits, whose labels are localised.
 */
export function signatureKey({ version, parameters, exits }: ToolSignature): string {
  return JSON.stringify([
    version,
    parameters.map(({ label, direction, type, required, default: start }) => [
      label,
      direction,
      type.module,
      type.name,
      required,
      start,
    ]),
    exits.map(({ returnValue }) => returnValue).sort((one, other) => one - other),
  ]);
}
