import type { Setting } from "../../scripts/sqlplus/settings";
import type { Whenever } from "../../scripts/sqlplus/commands";

/** What of SQL*Plus' settings matters to a run; the rest is layout. SQL*Plus User's Guide, "SET System Variable Summary". */
export interface RunSettings {
  serverOutput: { readonly wrapped: boolean; readonly size?: number } | undefined;
  /** Commit after so many statements; 0: never. */
  autoCommit: number;
  exitCommit: boolean;
  feedback: boolean;
  echo: boolean;
  verify: boolean;
  timing: boolean;
  autoPrint: boolean;
  sqlError: Whenever;
  osError: Whenever;
}

export function defaultRunSettings(): RunSettings {
  return {
    serverOutput: undefined,
    autoCommit: 0,
    exitCommit: true,
    feedback: true,
    echo: false,
    verify: true,
    timing: false,
    autoPrint: false,
    sqlError: { event: "sqlerror", action: "continue", transaction: "none" },
    osError: { event: "oserror", action: "continue", transaction: "none" },
  };
}

/** Applies one SET. */
export function applySetting(settings: RunSettings, { name, value }: Setting): void {
  const on = /^on\b/i.test(value);
  switch (name) {
    case "serveroutput": {
      const size = /\bsize\s+(\d+)/i.exec(value)?.[1];
      settings.serverOutput = on
        ? { wrapped: /\bwra(?:pped)?\b/i.test(value), ...(size !== undefined && { size: Number(size) }) }
        : undefined;
      break;
    }
    case "autocommit":
      settings.autoCommit = /^(?:on|imm(?:ediate)?)$/i.test(value)
        ? 1
        : /^\d+$/.test(value)
          ? Number(value)
          : 0;
      break;
    case "exitcommit":
      settings.exitCommit = on;
      break;
    case "feedback":
      settings.feedback = !/^(?:off|0)$/i.test(value);
      break;
    case "echo":
      settings.echo = on;
      break;
    case "verify":
      settings.verify = on;
      break;
    case "timing":
      settings.timing = on;
      break;
    case "autoprint":
      settings.autoPrint = on;
  }
}
