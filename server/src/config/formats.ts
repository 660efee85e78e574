import { type ConfigDocument, type ConfigFormat, type ConfigSource, readWith } from "./format";
import { i3pubList } from "./i3pubList";
import { interactiveUpdate } from "./interactiveUpdate";
import { javaRegistry } from "./javaRegistry";
import { netstat } from "./netstat";
import { polycom } from "./polycom";
import { registeredTools } from "./registeredTools";
import { silentInstall } from "./silentInstall";
import { sqlnet } from "./sqlnet";
import { tnsnames } from "./tnsnames";
import { udl } from "./udl";

/** All small formats; those known by name before those known by content alone. */
export const configFormats: readonly ConfigFormat[] = [
  udl,
  tnsnames,
  sqlnet,
  registeredTools,
  i3pubList,
  interactiveUpdate,
  polycom,
  javaRegistry,
  silentInstall,
  netstat,
];

const head = 64 * 1024;

/** The format of a file by its name and the beginning of its text; undefined where none fits. */
export function configFormatOf(name: string, text: string): ConfigFormat | undefined {
  const beginning = text.slice(0, head);
  return configFormats.find((format) => format.matches(name, beginning));
}

/** Reads a file by the format of that id, or by the one that fits; undefined where none does. */
export function readConfig(source: ConfigSource, format?: string): ConfigDocument | undefined {
  const chosen =
    format === undefined
      ? configFormatOf(source.name, source.text)
      : configFormats.find(({ id }) => id === format);
  return chosen && readWith(chosen, source);
}
