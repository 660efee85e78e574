import * as l10n from "@vscode/l10n";
import type { Certainty, TextFinding } from "../../problem";
import type { SeverityOf } from "../../ruleTable";
import type { CampaignVerdict } from "../campaignMigration";
import type { UdlReference } from "../connections";
import type { DialerConfiguration, DialerObject, DialerPart, Reference } from "../model";
import type { dialerRules } from "../rules";
import type { Surroundings } from "../surroundings";
import type { Workflow } from "../workflows";
import { kindWords } from "../words";
import type { TextRange } from "../xml";

/** What checks look at. */
export interface Subject {
  readonly model: DialerConfiguration;
  readonly surroundings: Surroundings;
  readonly workflows: readonly Workflow[];
  readonly verdicts: ReadonlyMap<DialerObject, CampaignVerdict>;
  readonly udl: readonly UdlReference[];
  /** The global settings, where the file has them. */
  readonly settings: DialerObject | undefined;
  /** A campaign that uses the bulk API. */
  readonly bulkCampaign: DialerObject | undefined;
  /** The configuration is 4.x already: what migrates is no question. */
  readonly target: boolean;
}

/** One theme of checks; each method sees one thing, so that long files can be checked in slices. */
export interface Check {
  readonly object?: (object: DialerObject, subject: Subject) => Iterable<TextFinding>;
  readonly part?: (part: DialerPart, subject: Subject) => Iterable<TextFinding>;
  readonly reference?: (reference: Reference, subject: Subject) => Iterable<TextFinding>;
  readonly whole?: (subject: Subject) => Iterable<TextFinding>;
}

/** A finding of the room; the code gets the room's prefix. */
export function finding<Code extends keyof typeof dialerRules>(
  code: Code,
  severity: SeverityOf<typeof dialerRules, Code>,
  at: TextRange,
  message: string,
  certainty: Certainty,
  source?: string,
): TextFinding {
  const { start, end } = at;
  const base = { code: `dialer/${code}`, severity, message, certainty, start, end };
  return source === undefined ? base : { ...base, source };
}

/** Where to point for an object or part: its name, else its id, else its opening tag. */
export function headOf({ element, nameRange, idRange }: DialerObject | DialerPart): TextRange {
  return nameRange ?? idRange ?? { start: element.start, end: element.openEnd };
}

/** An object in a message, for example `campaign “Spring”`. */
export function called({ kind, name, id, element }: DialerObject | DialerPart): string {
  const what = kind === "unknown" ? l10n.t("object <{0}>", element.name) : kindWords[kind];
  return name === undefined ? `${what} ${id ?? ""}`.trimEnd() : l10n.t("{0} “{1}”", what, name);
}
