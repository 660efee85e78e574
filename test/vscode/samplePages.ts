import type {
  CallNode,
  CallPictureRequest,
  GridShape,
  InventoryItem,
  InventoryRequest,
  MigratorFormRequest,
  PackageContents,
  PackageFinding,
  Page,
  ShownReport,
} from "../../server/src/protocol";

/** What the views are shown in tests that look at every kind of thing they draw: every tone, state and field. */

const at = {
  uri: "file:///a.xml",
  span: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
};

export const report: ShownReport = {
  title: "Migration of a Configuration",
  warnings: ["This configuration could not be read in full."],
  paragraphs: ["What the Dialer Migration Assistant will take over."],
  tables: [
    {
      title: "Workflows",
      head: ["Name", "State"],
      rows: (["good", "attention", "bad", "none"] as const).map((tone) => ({
        cells: [`Workflow ${tone}`, tone],
        at: tone === "bad" ? null : at,
        tone,
      })),
      linked: 0,
    },
  ],
  lists: [{ title: "Left to do", items: ["Publish the handlers"] }],
};

const item = (name: string, of: string, more: Partial<InventoryItem> = {}): InventoryItem => ({
  uri: `file:///${name}.ihd`,
  name,
  path: `Custom/${name}.ihd`,
  class: of,
  startedBy: "subroutine",
  category: "IVR",
  steps: 12,
  isCustomizationPoint: false,
  note: "",
  base: null,
  ...more,
});

export const inventory: InventoryRequest.Result = {
  rows: [
    item("Unchanged", "unchanged"),
    item("Changed", "modified", { base: "file:///base.ihd", note: "2 steps", isCustomizationPoint: true }),
    item("Own", "custom"),
    item("Broken", "unreadable"),
  ],
  classes: ["unchanged", "modified", "custom", "unreadable"].map((id) => ({
    id,
    name: `Is ${id}`,
    count: 1,
  })),
  notes: ["Two folders hold a handler of one name."],
};

export const migratorForm: MigratorFormRequest.Result = {
  nodes: [
    { name: "Handlers", printed: true },
    { name: "Recordings", printed: false },
  ],
  options: [{ name: "exportFolder", text: "Where the export goes" }],
};

export const packageContents: PackageContents = {
  uri: "file:///SERVER_12062011091650.ininmigr",
  base: "SERVER_12062011091650.ininmigr",
  server: "SERVER",
  exported: "2011-12-06T09:16:50",
  size: 123_456,
  encrypted: true,
  locked: true,
  unreadable: false,
  rows: [
    { name: "IP", path: "IP", depth: 0, kind: "folder", size: 9, packed: 5, files: 3 },
    {
      name: "Handlers.zip",
      path: "IP/Handlers.zip",
      depth: 1,
      kind: "zip",
      component: "IP\\Handlers",
      files: 1,
    },
    {
      name: "a.ihd",
      path: "IP/Handlers.zip/a.ihd",
      depth: 2,
      kind: "file",
      size: 5,
      modified: "2011-12-06T09:16:50",
    },
    { name: "more.zip", path: "IP/more.zip", depth: 1, kind: "zip", closed: "It is damaged." },
    { name: "key", path: "key", depth: 0, kind: "file", encryption: "AES-256", encrypted: true },
    {
      name: "link",
      path: "link",
      depth: 0,
      kind: "file",
      link: true,
      encryption: "ZipCrypto",
      encrypted: true,
    },
  ],
  findings: [],
};

export const packageFindings: readonly PackageFinding[] = (
  ["error", "warning", "information", "hint"] as const
).map((severity) => ({
  code: severity,
  severity,
  message: `Of severity ${severity}`,
  path: "IP/Handlers.zip",
}));

const node = (label: string, x: number, more: Partial<CallNode> = {}): CallNode => ({
  ...{ label, uri: `file:///${label}.ihd`, path: `${label}.ihd`, kind: "subroutine", isDead: false },
  ...{ isInCycle: false, callers: 1, callees: 1, isHub: false, x, y: 20, width: 100, height: 26 },
  ...more,
});

export const calls: CallPictureRequest.Result = {
  width: 700,
  height: 100,
  nodes: [
    node("Start", 20, { kind: "handler", callers: 0 }),
    node("Hub", 200, { isHub: true, isInCycle: true }),
    node("Gone", 380, { kind: "missing", uri: null, path: "" }),
    node("Dead", 560, { isDead: true }),
  ],
  edges: [
    { from: 0, to: 1, isBack: false, path: "M120,33 L200,33" },
    { from: 2, to: 1, isBack: true, path: "M380,33 L300,33" },
  ],
  leftOut: { handlers: 2, calls: 3 },
};

export const grid: GridShape = {
  title: "Result 1",
  columns: [
    { name: "Name", type: "nvarchar", right: false },
    { name: "Rows", type: "int", right: true },
  ],
  rows: 3,
  total: 3,
};

const tones = ["none", "good", "attention", "bad"] as const;

/** As before a run: what would happen, where, and what is to be known before. */
export const preview: Page = {
  title: "Run migrate.sql",
  lead: "Nothing has run yet.",
  facts: tones.map((tone) => ({ label: `Fact ${tone}`, value: "Its value", tone })),
  blocks: [
    ...tones.map((tone) => ({ kind: "notice", tone, text: `A notice that is ${tone}` }) as const),
    {
      kind: "table",
      title: "Statements",
      head: ["Statement", "Kind"],
      rows: tones.map((tone) => ({ cells: [`Line ${tone}`, tone], place: { file: "a.sql", line: 1 }, tone })),
      note: "2 rows are left out.",
    },
    {
      kind: "code",
      title: "The script",
      text: "select 1",
      note: "As it runs",
      action: { id: "copy", label: "Copy" },
    },
  ],
  actions: [
    { id: "run", label: "Run", primary: true, disabled: "The connection is not there." },
    { id: "target", label: "Other Connection..." },
  ],
};

/** As a connection is filled in. */
export const connection: Page = {
  title: "New Connection",
  facts: [],
  blocks: [
    {
      kind: "fields",
      title: "Server",
      fields: [
        { id: "name", label: "Name", kind: "text", value: "", placeholder: "Test", help: "As it is listed" },
        { id: "password", label: "Password", kind: "password", value: "secret" },
        {
          id: "encrypt",
          label: "Encryption",
          kind: "choice",
          value: "no",
          options: [
            { value: "yes", label: "Yes" },
            { value: "no", label: "No" },
          ],
          warnings: { no: "Everything goes over the network in plain text." },
        },
        { id: "production", label: "Production", kind: "check", value: "yes", help: "Asks before each run" },
      ],
    },
  ],
  actions: [
    { id: "save", label: "Save", primary: true },
    { id: "test", label: "Test" },
  ],
};
