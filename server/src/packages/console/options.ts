import * as l10n from "@vscode/l10n";

/**
 * The options of `ININ.Migrator.Console` (Interaction Migrator Technical Reference 2023 R1, console command-line
 * options). Names are compared without regard to case: the guide's own examples vary it.
 */
export interface ConsoleOption {
  /** As it is written, without dash. */
  readonly name: string;
  readonly mode: "export" | "import" | "both";
  readonly value: "none" | "path" | "nodes" | "text" | "importmode";
  /** `advised`: not stated to be mandatory, but every example gives it. */
  readonly required: "yes" | "advised" | "no";
  readonly text: string;
}

export const consoleOptions: readonly ConsoleOption[] = [
  {
    name: "export",
    mode: "export",
    value: "none",
    required: "yes",
    text: l10n.t("Exports from this server"),
  },
  {
    name: "exportNodes",
    mode: "export",
    value: "nodes",
    required: "yes",
    text: l10n.t("Data components to export, separated by commas, or all"),
  },
  {
    name: "customHandlerPath",
    mode: "export",
    value: "path",
    required: "no",
    text: l10n.t("Folder of custom handlers, with its subfolders; full path"),
  },
  {
    name: "exportFolder",
    mode: "export",
    value: "path",
    required: "yes",
    text: l10n.t("Folder for the package; full path, outside of the CIC installation"),
  },
  {
    name: "import",
    mode: "import",
    value: "none",
    required: "yes",
    text: l10n.t("Imports a package into this server"),
  },
  {
    name: "importfile",
    mode: "import",
    value: "path",
    required: "yes",
    text: l10n.t("The package; full path"),
  },
  {
    name: "importNodes",
    mode: "import",
    value: "nodes",
    required: "yes",
    text: l10n.t("Data components to import, separated by commas, or all"),
  },
  {
    name: "extractionfolder",
    mode: "import",
    value: "path",
    required: "advised",
    text: l10n.t("Folder in which the package is unpacked; full path, outside of the CIC installation"),
  },
  {
    name: "importmode",
    mode: "import",
    value: "importmode",
    required: "advised",
    text: l10n.t("0: migration mode, names are rewritten; 1: recovery mode, data as it is"),
  },
  {
    name: "devMode",
    mode: "import",
    value: "none",
    required: "no",
    text: l10n.t("Keeps the Recordings Rescue ID key out, for development servers"),
  },
  {
    name: "password",
    mode: "both",
    value: "text",
    required: "no",
    text: l10n.t("Password of the package; the same on export and import"),
  },
  {
    name: "noprompt",
    mode: "both",
    value: "none",
    required: "no",
    text: l10n.t("Waits for no key, as scripts need it; an export then leaves out the Dialer data"),
  },
];

const byName = new Map(consoleOptions.map((option) => [option.name.toLowerCase(), option]));

export function consoleOption(name: string): ConsoleOption | undefined {
  return byName.get(name.toLowerCase());
}

/** The option that was probably meant: the longest common beginning decides, with at least four letters. */
export function similarOption(name: string): ConsoleOption | undefined {
  const wanted = name.toLowerCase();
  let best: ConsoleOption | undefined;
  let most = 3;
  for (const option of consoleOptions) {
    const candidate = option.name.toLowerCase();
    let same = 0;
    while (same < wanted.length && wanted[same] === candidate[same]) same++;
    if (same > most) [best, most] = [option, same];
  }
  return best;
}
