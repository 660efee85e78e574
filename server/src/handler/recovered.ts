import type { Handler } from "./model";
import { isSecretLabel } from "./native";
import { withoutPasswords } from "./secrets";

export interface ShownRecovered {
  /** Offsets in bytes from 0. */
  readonly texts: readonly { readonly offset: number; readonly text: string }[];
  /** How many are kept back. */
  readonly hidden: number;
}

/**
 * The strings behind the place where reading stopped, as they may be shown. Where a password may be among them
 * nobody knows which it is: then only names that the part before uses as well are shown.
 */
export function shownRecovered(handler: Handler): ShownRecovered {
  const { recovered = [] } = handler;
  if (recovered.length === 0) return { texts: [], hidden: 0 };
  const names = mayHoldPassword(handler) ? namesIn(handler) : undefined;
  const shown = names ? recovered.filter(({ text }) => names.has(text)) : recovered;
  return {
    texts: shown.map(({ offset, text }) => ({ offset, text: withoutPasswords(text) })),
    hidden: recovered.length - shown.length,
  };
}

function mayHoldPassword(handler: Handler): boolean {
  const speaksOfIt = (text: string): boolean => isSecretLabel(text) || text.startsWith("DB Open");
  return (
    handler.recovered!.some(({ text }) => speaksOfIt(text)) ||
    handler.steps.some(({ complete, tool }) => !complete && speaksOfIt(tool.name)) ||
    signaturesOf(handler).some(({ parameters }) => parameters.some(({ label }) => isSecretLabel(label)))
  );
}

const signaturesOf = ({ tools, initiators, subroutines }: Handler) => [
  ...tools,
  ...initiators,
  ...subroutines.map((each) => ({ ...each, module: "" })),
];

function namesIn(handler: Handler): Set<string> {
  return new Set([
    ...handler.variables.map(({ name }) => name),
    ...signaturesOf(handler).flatMap(({ module, name, label, parameters, exits }) => [
      ...[module, name, label],
      ...parameters.flatMap((each) => [each.label, each.type.name, each.type.module]),
      ...exits.map((each) => each.label),
    ]),
  ]);
}
