import * as l10n from "@vscode/l10n";
import { encodeText } from "../../config/decode";
import { titleOf } from "../../dialer/model";
import { removeDeletedWorkflows } from "../../dialer/purge";
import { kindWords } from "../../dialer/words";
import type { DialerCleanUpRequest } from "../../protocol";
import type { Configuration, Configurations } from "./configurations";

/** A configuration without its deleted workflows, in the encoding of its file. Nothing is written. */
export async function cleanUp(
  configuration: Configuration,
  configurations: Pick<Configurations, "encodingOf">,
): Promise<DialerCleanUpRequest.Result> {
  const { refused, removed, dangling, text } = removeDeletedWorkflows(configuration.model);
  // What was never saved has no encoding yet.
  const encoding = await configurations
    .encodingOf(configuration.uri)
    .catch(() => ({ encoding: "utf-8" as const, bom: false }));
  return {
    refused: refused ?? null,
    removed: removed.map(({ name, marker }) => ({ name, marker: `${marker.name}="${marker.value}"` })),
    dangling: dangling.map(({ from, property, target }) => {
      const owner = from?.level === "part" ? (from.owner ?? from) : from;
      return l10n.t(
        "{0} of {1}: {2}",
        property,
        owner ? l10n.t("{0} “{1}”", kindWords[owner.kind], titleOf(owner)) : l10n.t("an object"),
        target,
      );
    }),
    text,
    bytes: Buffer.from(encodeText(text, encoding)).toString("base64"),
  };
}
