import { type Notice, noticesOf, type ParameterNotice, parameterNoticesOf } from "../../catalogue/notices";
import { plain } from "../../catalogue/knownTools";
import type { Argument, Handler, Step } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";
import { expressionsOf, parts } from "../checks/expressions";
import { type Finding, type HandlerRule, shorten, stepName } from "../checks/rule";

const help = "The vendor's Interaction Designer help; each message names the page";

/** Rules that rest on what the vendor's public help says of a tool by its name. */
export const documentedRules: readonly HandlerRule[] = [
  noticeRule({
    id: "tool-deprecated",
    severity: "warning",
    certainty: "likely",
    meaning: "The tool is deprecated, or a newer one has taken its place.",
    source: `${help}, or what the conclusion rests on`,
    kinds: ["deprecated"],
  }),
  noticeRule({
    id: "tool-host-interface",
    severity: "warning",
    certainty: "likely",
    meaning:
      "The step uses a Host Interface tool, which has no SSL support and needs a licence that later releases lack.",
    source: "Interaction Designer help, page hid_overview_of_host_interface_tools.htm",
    kinds: ["host-interface"],
  }),
  noticeRule({
    id: "tool-renamed",
    severity: "information",
    certainty: "likely",
    meaning: "The tool or initiator has another name in later versions.",
    source: `${help}, or what the conclusion rests on`,
    kinds: ["renamed"],
  }),
  noticeRule({
    id: "tool-restricted",
    severity: "warning",
    certainty: "likely",
    meaning: "The tool works in certain base handlers only, and this handler is none of them.",
    source: help,
    kinds: ["restricted"],
  }),
  {
    id: "tool-documented-limit",
    severity: "information",
    certainty: "likely",
    meaning: "The step uses an input or output that the vendor's help warns of.",
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
      const namesOf = namesIn(handler);
      for (const step of handler.steps) {
        const names = namesOf(step);
        if (!names) continue;
        for (const notice of noticesOf(names)) {
          if (!kinds.includes(notice.kind) || notice.allowedIn?.test(handler.name)) continue;
          yield noticed(step, notice);
        }
      }
    },
  };
}

function noticed(step: Step, { text, advice, source, basis }: Notice): Omit<Finding, "rule"> {
  return {
    at: { node: step.node, label: step.label },
    message: `${stepName(step)}: ${toolKey(step.tool)} ${text}. ${advice}. (${source})`,
    ...(basis === "concluded" ? { severity: "information" as const } : {}),
  };
}

/** Labels stand in the handler's list of tools; an XML export has none. */
function namesIn(handler: Handler): (step: Step) => { label: string; name: string } | undefined {
  const labels = new Map(
    [...handler.initiators, ...handler.tools].map((each) => [toolKey(each), each.label]),
  );
  return ({ kind, tool }) =>
    kind === "tool" || kind === "initiator"
      ? { label: labels.get(toolKey(tool)) ?? "", name: tool.name }
      : undefined;
}

function* limits(handler: Handler): Iterable<Omit<Finding, "rule">> {
  const namesOf = namesIn(handler);
  for (const step of handler.steps) {
    const names = namesOf(step);
    for (const notice of names ? parameterNoticesOf(names) : []) {
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
