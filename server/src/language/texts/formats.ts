import * as l10n from "@vscode/l10n";
import { configFormats, configFormatOf } from "../../config/formats";
import { isDialerConfiguration } from "../../dialer/read";
import { dialerFormat, type TextFormat } from "../../protocol";
import { scriptTextFormats } from "../scripts/editor/formats";
import { callsMigrator, isScriptName, migratorScript } from "../packages/scriptText";

const dialer: TextFormat = { id: dialerFormat, title: l10n.t("Dialer configuration") };

/** All formats of text files that the server knows. */
export const textFormats: readonly TextFormat[] = [
  dialer,
  ...configFormats.map(({ id, title }) => ({ id, title })),
  migratorScript,
];

/** The format of a text by its name and its beginning, or the one that was chosen for it ("" = none). */
export function textFormatOf(name: string, head: string, chosen?: string): TextFormat | undefined {
  if (chosen !== undefined) return [...textFormats, ...scriptTextFormats].find(({ id }) => id === chosen);
  if (isDialerConfiguration(name, head)) return dialer;
  const isScript = isScriptName(name);
  if (isScript && callsMigrator(head)) return migratorScript;
  const format = configFormatOf(name, head);
  if (format) return textFormats.find(({ id }) => id === format.id);
  return isScript ? migratorScript : undefined;
}
