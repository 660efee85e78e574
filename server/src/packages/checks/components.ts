import * as l10n from "@vscode/l10n";

/**
 * The data components ("nodes") of an export that public sources name, and the rules between them. There is no
 * public list of all: what is shown depends on the CIC version, so an unknown name is never an error.
 */
export const REFERENCE = "Interaction Migrator Technical Reference 2023 R1";
export const GUIDE = "CIC Migration guide 2018 R5";

export interface Component {
  readonly id: string;
  /** As the console option takes it, or as prose calls it when `spelling` says so. */
  readonly node: string;
  /** `printed`: the string stands in a guide; `prose`: only mentioned, the exact string is not public. */
  readonly spelling: "printed" | "prose";
  /** Other names by which an item inside a package may be recognised. */
  readonly aliases?: readonly string[];
}

export interface Dependency {
  readonly component: string;
  readonly needs: string;
  /** Migrator's own pages add the other by themselves; the console and hand-made selections do not. */
  readonly automatic: boolean;
  readonly why: string;
  readonly source: string;
}

export const components: readonly Component[] = [
  { id: "admin", node: "AdminConfig", spelling: "printed", aliases: ["Administrative"] },
  { id: "ipa", node: "IPA", spelling: "printed", aliases: ["Interaction Process Automation"] },
  { id: "ip-handlers", node: "IP\\Handlers", spelling: "printed" },
  { id: "server-ip", node: "<SERVER>\\IP", spelling: "printed" },
  { id: "phones", node: "IP Phones", spelling: "printed" },
  { id: "phone-proxies", node: "IP Phone Proxy Groups", spelling: "printed" },
  {
    id: "recorder-key",
    node: "Interaction Recorder Master Key File",
    spelling: "printed",
    aliases: ["Recorder Master Key File", "Master Key File"],
  },
  { id: "recorder", node: "Interaction Recorder", spelling: "printed" },
  { id: "users", node: "Users", spelling: "printed" },
  { id: "workgroups", node: "Workgroups", spelling: "printed" },
  { id: "lines", node: "Lines", spelling: "printed" },
  { id: "workstations", node: "Workstations", spelling: "prose" },
  { id: "data-sources", node: "Data Sources", spelling: "prose" },
  { id: "attendant", node: "Interaction Attendant", spelling: "prose", aliases: ["Attendant Profiles"] },
  { id: "client-buttons", node: "Client Buttons", spelling: "prose" },
  { id: "dial-plan", node: "Dial Plan", spelling: "prose" },
  { id: "classifications", node: "Dial Plan Classifications", spelling: "prose" },
  { id: "reports", node: "Reports", spelling: "prose" },
  { id: "server-parameters", node: "Server Parameters", spelling: "prose" },
  { id: "ip-tables", node: "IP Tables", spelling: "prose" },
  { id: "dnis", node: "DNIS Mappings", spelling: "prose" },
  { id: "structured-parameters", node: "Structured Parameters", spelling: "prose" },
  { id: "mail", node: "Mail Providers", spelling: "prose", aliases: ["Mail"] },
  { id: "registration-groups", node: "Registration Groups", spelling: "prose" },
  { id: "tracker", node: "Tracker Config", spelling: "prose", aliases: ["Tracker Configuration"] },
  { id: "dialer", node: "Interaction Dialer", spelling: "prose", aliases: ["Dialer", "dialer_migration"] },
  { id: "conference", node: "Interaction Conference", spelling: "prose" },
  { id: "director", node: "Interaction Director", spelling: "prose" },
  { id: "lra", node: "LRA Configuration", spelling: "prose", aliases: ["LRA"] },
  {
    id: "waves",
    node: "Attendant Waves",
    spelling: "prose",
    aliases: ["InteractionAttendantWaves", "Language"],
  },
  { id: "client-settings", node: "Client Settings", spelling: "prose", aliases: ["ClientSettings"] },
  { id: "handlers", node: "Custom Handlers", spelling: "prose", aliases: ["Handlers"] },
  { id: "media-server", node: "Interaction Media Server", spelling: "prose", aliases: ["Media Server"] },
  { id: "licences", node: "Licenses", spelling: "prose", aliases: ["License Allocation"] },
];

export const dependencies: readonly Dependency[] = [
  {
    component: "admin",
    needs: "users",
    automatic: true,
    why: l10n.t("license assignments refer to users"),
    source: REFERENCE,
  },
  {
    component: "admin",
    needs: "workstations",
    automatic: true,
    why: l10n.t("license assignments refer to workstations"),
    source: REFERENCE,
  },
  {
    component: "ip-handlers",
    needs: "server-ip",
    automatic: true,
    why: l10n.t("handlers and the server's IP settings belong together"),
    source: REFERENCE,
  },
  {
    component: "server-ip",
    needs: "ip-handlers",
    automatic: true,
    why: l10n.t("handlers and the server's IP settings belong together"),
    source: REFERENCE,
  },
  {
    component: "phones",
    needs: "phone-proxies",
    automatic: true,
    why: l10n.t("managed phones refer to their proxy groups"),
    source: REFERENCE,
  },
  {
    component: "recorder-key",
    needs: "recorder",
    automatic: true,
    why: l10n.t("the key file is of no use without the Recorder data"),
    source: REFERENCE,
  },
  {
    component: "users",
    needs: "workgroups",
    automatic: false,
    why: l10n.t("memberships are lost when users are exported without their workgroups"),
    source: REFERENCE,
  },
];

const byKey = new Map<string, Component>();
for (const component of components) {
  for (const name of [component.node, ...(component.aliases ?? [])]) byKey.set(keyOf(name), component);
}
const byId = new Map(components.map((component) => [component.id, component]));

export function componentById(id: string): Component | undefined {
  return byId.get(id);
}

/**
 * The component of that name; upper and lower case, blanks and punctuation do not matter.
 * @param server the name of the exported server, which `<SERVER>\IP` may hold instead of the placeholder
 */
export function componentNamed(name: string, server?: string): Component | undefined {
  const known = byKey.get(keyOf(name));
  if (known) return known;
  const [first, second, ...more] = name.split(/[\\/]/);
  if (first === undefined || second === undefined || more.length > 0 || keyOf(second) !== "ip")
    return undefined;
  const isServer =
    /^<.*>$/.test(first) || (server !== undefined && first.toLowerCase() === server.toLowerCase());
  return isServer ? byId.get("server-ip") : undefined;
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\\/]/gu, "")
    .replaceAll("/", "\\");
}

/** Dependencies of `present` that nothing in it fulfils. */
export function unfulfilled(present: ReadonlySet<string>): Dependency[] {
  return dependencies.filter(({ component, needs }) => present.has(component) && !present.has(needs));
}
