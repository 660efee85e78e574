import type { Severity } from "../../problem";
import { ruleById } from "./checks";
import type { Finding } from "./rule";

/** How findings of a rule are shown; `off`: not at all. */
export type Level = Severity | "off";

const levels: readonly string[] = ["off", "hint", "information", "warning", "error"] satisfies Level[];

export function isLevel(value: unknown): value is Level {
  return typeof value === "string" && levels.includes(value);
}

export interface RatingSettings {
  /** By rule. */
  readonly rules: ReadonlyMap<string, Level>;
  /** By rule (`*` = all): handler names, or `handler#node`; `*` stands for any text. */
  readonly ignored: ReadonlyMap<string, readonly string[]>;
}

/** What the settings make of findings. */
export class Rating {
  private readonly ignored: ReadonlyMap<string, RegExp>;

  constructor(private readonly settings: RatingSettings) {
    this.ignored = new Map([...settings.ignored].map(([rule, patterns]) => [rule, expressionOf(patterns)]));
  }

  of(handler: string, { rule, severity, at }: Finding): Level {
    if (this.isIgnored(handler, rule, at.node)) return "off";
    return this.settings.rules.get(rule) ?? severity ?? ruleById(rule)?.severity ?? "warning";
  }

  private isIgnored(handler: string, rule: string, node: number | undefined): boolean {
    const names = node === undefined ? [handler] : [handler, `${handler}#${node}`];
    return ["*", rule].some((key) => {
      const ignored = this.ignored.get(key);
      return ignored !== undefined && names.some((name) => ignored.test(name));
    });
  }
}

function expressionOf(patterns: readonly string[]): RegExp {
  const any = patterns.map((pattern) =>
    pattern
      .split("*")
      .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"))
      // No two stars meet, so that matching stays quick.
      .filter((part, at, parts) => part !== "" || at === 0 || at === parts.length - 1)
      .join("[^]*"),
  );
  return new RegExp(`^(?:${any.join("|")})$`, "i");
}
