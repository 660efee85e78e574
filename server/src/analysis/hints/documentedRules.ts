import * as l10n from "@vscode/l10n";
import { type Notice, noticesOf, type ParameterNotice, parameterNoticesOf } from "../../catalogue/notices";
import { plain } from "../../catalogue/knownTools";
import type { Argument, Handler, Step } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";
import { expressionsOf, parts } from "../checks/expressions";
import { type Finding, type HandlerRule, shorten, stepName } from "../checks/rule";

const help = l10n.t("The vendor's Interaction Designer help; each message names the page");

/** Rules that rest on what the vendor's public help says of a tool by its name. */
export const documentedRules: readonly HandlerRule[] = [
  noticeRule({
    id: "tool-deprecated",
    severity: "warning",
    certainty: "likely",
    meaning: l10n.t("The tool is deprecated, or a newer one has taken its place."),
    source: l10n.t(
      "The vendor's Interaction Designer help; each message names the page, or what the conclusion rests on",
    ),
    kinds: ["deprecated"],
  }),
  noticeRule({
    id: "tool-host-interface",
    severity: "warning",
    certainty: "likely",
    meaning: l10n.t(
      "The step uses a Host Interface tool, which has no SSL support and needs a licence that later releases lack.",
    ),
    source: "Interaction Designer help, page hid_overview_of_host_interface_tools.htm",
    kinds: ["host-interface"],
  }),
  noticeRule({
    id: "tool-renamed",
    severity: "information",
    certainty: "likely",
    meaning: l10n.t("The tool or initiator has another name in later versions."),
    source: l10n.t(
      "The vendor's Interaction Designer help; each message names the page, or what the conclusion rests on",
    ),
    kinds: ["renamed"],
  }),
  noticeRule({
    id: "tool-restricted",
    severity: "warning",
    certainty: "likely",
    meaning: l10n.t("The tool works in certain base handlers only, and this handler is none of them."),
    source: help,
    kinds: ["restricted"],
  }),
  {
    id: "tool-documented-limit",
    severity: "information",
    certainty: "likely",
    meaning: l10n.t("The step uses an input or output that the vendor's help warns of."),
    source: help,
    check: limits,
  },
];

function noticeRule({
  kinds,
  ...info
}: Omit<HandlerRule, "check"> & { readonly kinds: readonly Notice["kind"][] }): HandlerRule {
  return {
    ...info,
    *check(handler) {
      for (const [key, notices] of noticed(handler, noticesOf)) {
        const apply = notices.filter(
          ({ kind, allowedIn }) => kinds.includes(kind) && !allowedIn?.test(handler.name),
        );
        if (apply.length === 0) continue;
        for (const step of stepsWith(handler, key)) {
          for (const notice of apply) yield finding(step, notice);
        }
      }
    },
  };
}

function finding(step: Step, { text, advice, source, basis }: Notice): Omit<Finding, "rule"> {
  return {
    at: { node: step.node, label: step.label },
    message: `${stepName(step)}: ${toolKey(step.tool)} ${text}. ${advice}. (${source})`,
    ...(basis === "concluded" ? { severity: "information" as const } : {}),
  };
}

/** The tools and initiators of a handler that something is said of. */
function noticed<Each>(
  { initiators, tools }: Handler,
  of: (tool: { readonly label: string; readonly name: string }) => readonly Each[],
): (readonly [key: string, notices: readonly Each[]])[] {
  return [...initiators, ...tools].flatMap((tool) => {
    const notices = of(tool);
    return notices.length === 0 ? [] : [[toolKey(tool), notices] as const];
  });
}

function stepsWith({ steps }: Handler, key: string): Step[] {
  return steps.filter(({ kind, tool }) => (kind === "tool" || kind === "initiator") && toolKey(tool) === key);
}

function* limits(handler: Handler): Iterable<Omit<Finding, "rule">> {
  for (const [key, notices] of noticed(handler, parameterNoticesOf)) {
    for (const step of stepsWith(handler, key)) {
      for (const notice of notices) {
        const parameter = plain(notice.parameter);
        const at = step.arguments.findIndex(({ label }) => plain(label) === parameter);
        const argument = step.arguments[at];
        if (!argument || !applies(notice, argument, step, handler)) continue;
        yield {
          at: { node: step.node, label: step.label, argument: at },
          message: `${stepName(step)}: "${shorten(argument.label, 40)}" ${notice.text}. ${notice.advice}. (${notice.source})`,
        };
      }
    }
  }
}

function applies({ when }: ParameterNotice, { value }: Argument, step: Step, handler: Handler): boolean {
  if (value === null) return false;
  if (when === "given") return true;
  if (when === "read") return value.kind === "variable" && isReadElsewhere(value.name, step, handler);
  return value.kind === "literal" && when.test(String(value.value));
}

function isReadElsewhere(variable: string, { node }: Step, { steps }: Handler): boolean {
  const name = variable.toLowerCase();
  for (const step of steps) {
    if (step.node === node) continue;
    for (const part of parts(expressionsOf(step))) {
      if (part.kind === "variable" && part.name.toLowerCase() === name) return true;
    }
  }
  return false;
}
