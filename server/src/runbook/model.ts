import * as l10n from "@vscode/l10n";

/** What a site has beside CIC itself; the runbook shows the steps of what is chosen. */
export const variants = [
  { id: "sqlServer", title: "SQL Server", about: l10n.t("The CIC databases are on SQL Server") },
  { id: "oracle", title: "Oracle", about: l10n.t("The CIC databases are on Oracle") },
  { id: "dialer", title: "Interaction Dialer", about: l10n.t("Campaigns, workflows, contact lists") },
  {
    id: "recorder",
    title: "Interaction Recorder",
    about: l10n.t("Recordings, policies, questionnaires"),
  },
  { id: "optimizer", title: "Interaction Optimizer", about: l10n.t("Schedules and forecasts") },
  {
    id: "mediaServer",
    title: "Interaction Media Server",
    about: l10n.t("From 3.0 to 2015 R1 or later"),
  },
  {
    id: "phones",
    title: l10n.t("Managed phones"),
    about: l10n.t("Polycom phones that get their settings from CIC"),
  },
  {
    id: "workstations",
    title: l10n.t("Workstations"),
    about: l10n.t("Client programs on the users' computers"),
  },
  {
    id: "conference",
    title: "Interaction Conference",
    about: l10n.t("Its database, site id and plug-ins"),
  },
  { id: "director", title: "Interaction Director", about: l10n.t("4.0 only") },
  { id: "oneXPortal", title: "one-X Portal for IP Office", about: l10n.t("Release 9.1 on Windows") },
] as const;

export type Variant = (typeof variants)[number]["id"];

/** Which document a step comes from. */
const guides = {
  migration: "CIC Migration guide 2018 R5",
  migrator: "Interaction Migrator Technical Reference 2023 R1",
  update: "Interactive Update Technical Reference 2023 R3",
  oneX: "one-X Portal for IP Office 9.1 installation guide",
} as const;

export interface Source {
  readonly guide: keyof typeof guides;
  /** Titles or numbers as the guide has them; `…` stands for words left out. */
  readonly section: string;
}

export function sourceText({ guide, section }: Source): string {
  const isNumber = /^(?:sections?|chapter) \d/.test(section);
  return `${guides[guide]}, ${isNumber ? section : `“${section}”`}`;
}

/** What the editor can prove by looking at files of the workspace; see `proofs/`. */
export type FileProvable = "package" | "toBeMigrated" | "udlFiles" | "phoneFile";

/** The same, or by the history of runs: all scripts of the list with this id. */
export type Provable = FileProvable | `scripts/${string}`;

export interface Step {
  /** `phase/name`: stable over releases, as the workspace's file keeps marks under it. */
  readonly id: string;
  readonly title: string;
  /** What to know or to do; "" = the title says it. */
  readonly detail: string;
  /** With what it is done; "" = no particular tool. */
  readonly tool: string;
  /** The observable check that closes the step. */
  readonly proof: string;
  readonly source: Source;
  /** Steps that come before it. */
  readonly needs: readonly string[];
  /** Shown when one of them is chosen; empty = always. */
  readonly variants: readonly Variant[];
  readonly provable?: Provable;
}

export interface Phase {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A step as the data write it: the phase's id is put before its name. */
export interface StepText {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly tool?: string;
  readonly proof: string;
  /** Section of the phase's guide, or a source of its own. */
  readonly source: string | Source;
  /** Names within the phase, or ids of other phases' steps. */
  readonly needs?: readonly string[];
  readonly only?: readonly Variant[];
  readonly provable?: Provable;
}

/** A phase; `only` holds for all its steps that do not say something else. */
export function phase(
  id: string,
  title: string,
  steps: readonly StepText[],
  about: { readonly only?: readonly Variant[]; readonly guide?: Source["guide"] } = {},
): Phase {
  const { guide = "migration" } = about;
  return {
    id,
    title,
    steps: steps.map(({ id: name, source, needs = [], only = about.only ?? [], ...step }) => ({
      detail: "",
      tool: "",
      ...step,
      id: `${id}/${name}`,
      source: typeof source === "string" ? { guide, section: source } : source,
      needs: needs.map((each) => (each.includes("/") ? each : `${id}/${each}`)),
      variants: only,
    })),
  };
}
