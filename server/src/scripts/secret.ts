import { inspect } from "node:util";

const hidden = "***";

/**
 * A value that must not be printed, logged or stored: it turns into `***` in templates, JSON and the console.
 * Only `reveal` gives it, to whoever opens the connection.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

/** The text with every occurrence of the secret replaced. */
export function mask(text: string, secret: Secret | undefined): string {
  const value = secret?.reveal();
  return value ? text.split(value).join(hidden) : text;
}
