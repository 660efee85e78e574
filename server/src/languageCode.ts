import * as l10n from "@vscode/l10n";

/** The language that texts are in, as `lang` of a page says it to screen readers. */
export const languageCode = (): string =>
  l10n.t({ message: "en", comment: "The code (BCP 47) of the language that these texts are translated to" });
