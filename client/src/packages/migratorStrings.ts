import { l10n } from "vscode";
import type { MigratorView } from "../../../server/src/protocol";

/** The texts of the form in the user's language. */
export function migratorStrings(): MigratorView.Strings {
  return {
    title: l10n.t("Interaction Migrator Command"),
    intro: l10n.t(
      "Builds a call of ININ.Migrator.Console. Nothing is run: copy the line to the CIC server and run it there.",
    ),
    mode: l10n.t("What to do"),
    export: l10n.t("Export from this server"),
    import: l10n.t("Import into this server"),
    nodes: l10n.t("Data components"),
    allNodes: l10n.t("All"),
    chosenNodes: l10n.t("Chosen ones"),
    mentioned: l10n.t("The guides mention it, but do not print how it is spelt"),
    otherNodes: l10n.t("Others, separated by commas"),
    otherNodesHint: l10n.t(
      "No list of all components is public. Write the names as Interaction Migrator shows them.",
    ),
    neededBy: l10n.t("{0} was added. {1}"),
    folders: l10n.t("Files and folders on the server"),
    exportFolder: l10n.t("Folder for the package"),
    customHandlerPath: l10n.t("Folder of custom handlers"),
    importFile: l10n.t("Package"),
    extractionFolder: l10n.t("Folder in which it is unpacked"),
    pathHint: l10n.t("A full path, such as {0}"),
    importMode: l10n.t("Import mode"),
    migration: l10n.t("Migration: names of servers and sites are rewritten"),
    recovery: l10n.t("Recovery: the data as it is, into the same version"),
    devMode: l10n.t("Development server: keep the Recordings Rescue ID key out"),
    running: l10n.t("Running it"),
    program: l10n.t("Program"),
    programHint: l10n.t("As it is, the line is run in the Migrator folder. A full path works everywhere."),
    passwordVariable: l10n.t("Environment variable that holds the password"),
    passwordHint: l10n.t(
      "Only the name of the variable is written into the line. Set it on the server before the line is run.",
    ),
    noPrompt: l10n.t("Wait for no key, as scripts need it"),
    command: l10n.t("Command line"),
    copy: l10n.t("Copy"),
    copied: l10n.t("Copied"),
    script: l10n.t("Open as Script"),
    noMistakes: l10n.t("No mistakes were found."),
    mistakes: l10n.t("What to look at"),
    error: l10n.t("error"),
    warning: l10n.t("warning"),
    information: l10n.t("information"),
    hint: l10n.t("hint"),
    required: l10n.t("required"),
  };
}
