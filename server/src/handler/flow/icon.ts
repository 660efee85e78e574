import type { Handler, Step } from "../model";
import { toolKey } from "../toolKey";

/** What a step's icon shows. The drawings are in `iconShapes.ts`. */
export type IconKind =
  | "initiator"
  | "start"
  | "subroutine"
  | "assignment"
  | "condition"
  | "selection"
  | "debug"
  | "telephony"
  | "prompt"
  | "record"
  | "queue"
  | "counter"
  | "list"
  | "database"
  | "file"
  | "network"
  | "terminal"
  | "mail"
  | "fax"
  | "web"
  | "markup"
  | "buffer"
  | "calendar"
  | "directory"
  | "message"
  | "process"
  | "person"
  | "report"
  | "speech"
  | "attribute"
  | "wait"
  | "system"
  | "tool";

/** Hue of an icon: what the step works on. */
export type IconFamily = "entry" | "logic" | "call" | "phone" | "data" | "outside" | "system";

export function familyOf(icon: IconKind): IconFamily {
  return FAMILIES[icon];
}

const FAMILIES: Readonly<Record<IconKind, IconFamily>> = {
  initiator: "entry",
  start: "entry",
  subroutine: "call",
  assignment: "logic",
  condition: "logic",
  selection: "logic",
  debug: "system",
  telephony: "phone",
  prompt: "phone",
  record: "phone",
  speech: "phone",
  queue: "phone",
  attribute: "phone",
  counter: "data",
  list: "data",
  database: "data",
  buffer: "data",
  markup: "data",
  file: "outside",
  network: "outside",
  terminal: "outside",
  mail: "outside",
  fax: "outside",
  web: "outside",
  message: "outside",
  calendar: "system",
  directory: "system",
  process: "system",
  person: "system",
  report: "system",
  wait: "system",
  system: "system",
  tool: "system",
};

/** Tools whose name says more than their palette page: DsLookup alone serves lists, files and sockets. */
const BY_NAME: readonly (readonly [RegExp, IconKind])[] = [
  [/^(play|.*prompt|.*tone\b|.*text.?to.?speech)/i, "prompt"],
  [/^record/i, "record"],
  [/^tcp/i, "network"],
  [/^(db |table lookup)/i, "database"],
  [/(get|set|assemble).*attribute/i, "attribute"],
  [/^(sleep|wait)/i, "wait"],
  [/(http|^rest|^soap)/i, "web"],
  [/(^xml|json)/i, "markup"],
  [/(e-?mail|^send mail)/i, "mail"],
  [/\bfax\b/i, "fax"],
  [/(^list|list$|parse string|data pair)/i, "list"],
  [/^log /i, "debug"],
];

/** Palette pages, as Designer names them. */
const BY_CATEGORY: Readonly<Record<string, IconKind>> = {
  telephony: "telephony",
  acd: "queue",
  accumulators: "counter",
  basic: "tool",
  buffer: "buffer",
  calendar: "calendar",
  database: "database",
  director: "network",
  email: "mail",
  "e-mail": "mail",
  fax: "fax",
  "file i/o": "file",
  "host interface": "terminal",
  internet: "web",
  ipnotes: "directory",
  ldap: "directory",
  list: "list",
  "multi-site": "network",
  "personal rules": "person",
  "process automation": "process",
  reco: "speech",
  reports: "report",
  rest: "web",
  soap: "web",
  system: "system",
  tui: "telephony",
  umf: "message",
  "web interaction": "web",
  "websphere mq": "message",
  xml: "markup",
};

/** Design modules; an XML export names no palette page. */
const BY_MODULE: readonly (readonly [RegExp, IconKind])[] = [
  [/texttospeech|prompt/i, "prompt"],
  [/telephony|phonenumber/i, "telephony"],
  [/xml|json/i, "markup"],
  [/rest|soap|web|html|http/i, "web"],
  [/email|exchange/i, "mail"],
  [/fax/i, "fax"],
  [/fileio/i, "file"],
  [/ldap|notes/i, "directory"],
  [/acc(serv|umul)/i, "counter"],
  [/report/i, "report"],
  [/buffer/i, "buffer"],
  [/calendar/i, "calendar"],
  [/umf|mqseries/i, "message"],
  [/trace/i, "debug"],
  [/queue|acd/i, "queue"],
  [/misc|synchron/i, "system"],
];

/** Designer's own steps, by the tool name both sources give. */
const NATIVE: readonly (readonly [RegExp, IconKind])[] = [
  [/^assign/i, "assignment"],
  [/^condition/i, "condition"],
  [/^selection/i, "selection"],
  [/debug|trace/i, "debug"],
  [/^(insert|remove|getat|setat|find|get ?head|get ?tail|get ?count|list)/i, "list"],
  [/^(db|database|sql|table)/i, "database"],
];

const find = (rules: readonly (readonly [RegExp, IconKind])[], text: string): IconKind | undefined =>
  rules.find(([pattern]) => pattern.test(text))?.[1];

/** The icon of every step's kind: its own kind first, then the tool's name, palette page and module. */
export function iconChooser(handler: Handler): (step: Step) => IconKind {
  const categories = new Map<string, string>();
  for (const tool of handler.tools) categories.set(toolKey(tool), tool.category.trim().toLowerCase());
  return (step) => {
    if (step.kind !== "tool" && step.kind !== "native") return step.kind;
    const { module, name } = step.tool;
    if (step.kind === "native") return find(NATIVE, name) ?? find(NATIVE, step.className.slice(3)) ?? "tool";
    const category = categories.get(toolKey(step.tool)) ?? "";
    return find(BY_NAME, name) ?? BY_CATEGORY[category] ?? find(BY_MODULE, module) ?? "tool";
  };
}
