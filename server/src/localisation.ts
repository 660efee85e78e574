import * as l10n from "@vscode/l10n";

/**
 * Texts in the language of the editor. Every process that says something to its users imports this file before any
 * other, because tables of texts are made while modules load. The editor names its bundle of translated texts (a JSON
 * object, English text -> translation) in the environment; without one, as on the command line, texts are English.
 */
const bundle = process.env["HANDLER_WORKBENCH_TEXTS"];
if (bundle) {
  try {
    l10n.config({ fsPath: bundle });
  } catch (error) {
    console.error(`The texts of ${bundle} cannot be read, so texts are English: ${String(error)}`);
  }
}
