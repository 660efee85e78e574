import * as l10n from "@vscode/l10n";
import { plain } from "../../../catalogue/knownTools";
import type { Handler, Step, Tool } from "../../../handler/model";
import { toolKey } from "../../../handler/toolKey";
import { type HandlerRule, shorten, stepName } from "../../checks/rule";
import { type Carried, carriedBy } from "./carried";
import { trace } from "./trace";

const attribute = "mailbox";

/** Mail tools beside those of the module that holds them all today. */
const mailTools = new Set(
  [
    "Send E-Mail",
    "Send Email",
    "Send VPIM Message",
    "Forward Message",
    "Reply To Message",
    "Open Folder",
  ].map(plain),
);
const mailModules = new Set(["EmailToolsIDA", "ExchangeTools", "EMailTools", "EMailToolset"]);

/** Parameters of mail tools that take an address or a mailbox. */
const addressees = new Set(
  ["To Recipients", "Cc Recipients", "Bcc Recipients", "Recipients", "Reply To", "Sender", "Mailbox"].map(
    plain,
  ),
);

export const mailboxRule: HandlerRule = {
  id: "mail-mailbox-attribute",
  severity: "warning",
  certainty: "likely",
  meaning: l10n.t(
    "A mail tool is given the value of the attribute Mailbox; after the migration the attribute EmailAddress is wanted. Values are followed through the variables of the handler, not through subroutines.",
  ),
  source: "CIC Migration guide 2018 R5, Open and publish custom-written handlers",
  *check(handler) {
    const mail = new Set(handler.tools.filter(isMailTool).map(toolKey));
    if (mail.size === 0) return;
    const toolName = toolNames(handler);
    const sinks = handler.steps.flatMap((step) => {
      const at = step.kind === "tool" && mail.has(toolKey(step.tool)) ? addressArguments(step) : [];
      return at.length > 0 ? [{ step, at }] : [];
    });
    if (sinks.length === 0) return;
    const before = trace(handler, attribute, toolName);
    const steps = new Map(handler.steps.map((step) => [step.node, step]));
    for (const { step, at } of sinks) {
      const state = before.get(step.node);
      if (!state) continue;
      const found = at.flatMap((argument) => {
        const carried = carriedBy(step.arguments[argument]!.value, state, attribute);
        return carried?.kind === "value" ? [{ argument, carried }] : [];
      });
      if (found.length === 0) continue;
      yield {
        at: { node: step.node, label: step.label, argument: found[0]!.argument },
        message: messageOf(step, found, steps),
      };
    }
  },
};

function isMailTool({ module, label, name }: Tool): boolean {
  return mailModules.has(module) || mailTools.has(plain(label || name));
}

function addressArguments(step: Step): number[] {
  return step.arguments.flatMap(({ direction, label }, at) =>
    direction === "in" && addressees.has(plain(label)) ? [at] : [],
  );
}

function messageOf(
  step: Step,
  found: readonly { readonly argument: number; readonly carried: Carried }[],
  steps: ReadonlyMap<number, Step>,
): string {
  const labels = found.map(({ argument }) => `"${shorten(step.arguments[argument]!.label, 40)}"`).join(", ");
  const isCertain = found.every(({ carried }) => carried.certain);
  const readers = [...new Set(found.map(({ carried }) => carried.readAt))].flatMap((node) => {
    const reader = node === null ? undefined : steps.get(node);
    return reader ? [`${stepName(reader)}, ${toolKey(reader.tool)}`] : [];
  });
  const names = [stepName(step), labels, readers.join("; ")];
  if (!isCertain) {
    return l10n.t(
      "{0}: {1} may get the value of the attribute Mailbox, read by {2}. After the migration mail tools want the attribute EmailAddress: read that one instead.",
      ...names,
    );
  }
  return found.length === 1
    ? l10n.t(
        "{0}: {1} gets the value of the attribute Mailbox, read by {2}. After the migration mail tools want the attribute EmailAddress: read that one instead.",
        ...names,
      )
    : l10n.t(
        "{0}: {1} get the value of the attribute Mailbox, read by {2}. After the migration mail tools want the attribute EmailAddress: read that one instead.",
        ...names,
      );
}

/** The label a tool has in the palette, else its internal name: for comparisons. */
function toolNames({ tools }: Handler): (step: Step) => string {
  const labels = new Map(tools.map((tool) => [toolKey(tool), tool.label]));
  return ({ tool }) => labels.get(toolKey(tool)) || tool.name;
}
