import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type Diagnostic,
  type DocumentSymbol,
  DocumentSymbolRequest,
  HoverRequest,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import {
  CarryRequest,
  CompareReportRequest,
  CompareRequest,
  DependenciesRequest,
  DialerReferrersRequest,
  DialerReportRequest,
  DialerReportTextRequest,
  DialerViewRequest,
  DiffKindsRequest,
  InventoryReportRequest,
  InventoryRequest,
  MarkRunRequest,
  MigratorFormRequest,
  PackageCheckRequest,
  PackageContentsRequest,
  PastRunsRequest,
  ReadinessRequest,
  RecogniseRequest,
  RulesRequest,
  RunbookChangeRequest,
  RunbookExportRequest,
  RunbookProveRequest,
  scriptFormats,
  ScriptListsRequest,
  WorkflowFiltersRequest,
} from "../../server/src/protocol";
import { zipped } from "../unit/packages/making";
import { type Folder } from "../unit/workspace/folder";
import type { RunningServer } from "./stdio";
import { openListing, sampleCopy, startIn } from "./workspace";

const fixtures = resolve(__dirname, "../fixtures");

interface CompareSideOf {
  readonly folder: string;
}

/** A text in letters that English has not; places of arguments stay. */
const foreign = (text: string): string =>
  text.replace(/\{\d+\}|[a-z]/g, (part) =>
    part.length > 1 ? part : String.fromCharCode(0xff41 + part.charCodeAt(0) - 97),
  );

/** Code, what is quoted from files, and titles of documents are the same in every language. */
const sameEverywhere = [
  /```[^]*?```/g,
  /`[^`]*`/g,
  /“[^”]*”/g,
  /'[^']*'/g,
  /"[^"]*"/g,
  /Polycom administrator guides, device parameters/g,
  /one-X Portal for IP Office 9\.1 installation guide/g,
  // Names in the configuration.
  /After the call|Nobody uses me/g,
  // The listing's own language, and a tool's word for a parameter.
  /not connected/g,
  /logging of the input digits/g,
];

/** What is seen of a page. */
const visible = (html: string): string =>
  html
    .replace(/<(style|script|svg)\b[^]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, "\n")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'");

/** Parts of a text that are still English. */
function english(text: string): string[] {
  let rest = text;
  for (const part of sameEverywhere) rest = rest.replace(part, " ");
  return rest.match(/(?<![A-Za-z])[a-z]{2,}[,;:]? [a-z]{2,}[^\uff41-\uff5a]{0,60}/g) ?? [];
}

/** All texts below a value, but for those under names of which `skip` knows that people do not read them. */
function textsOf(value: unknown, skip: RegExp, name = ""): string[] {
  if (typeof value === "string") return skip.test(name) ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    textsOf(each, skip, Array.isArray(value) ? name : key),
  );
}

describe("the server in the language of the editor", () => {
  let folder: Folder;
  let server: RunningServer;
  let bundle = "";
  before(async () => {
    bundle = mkdtempSync(join(tmpdir(), "hw-texts-"));
    const keys = Object.keys(
      JSON.parse(readFileSync(resolve(__dirname, "../../l10n/bundle.l10n.json"), "utf8")) as object,
    );
    const path = join(bundle, "bundle.l10n.xx.json");
    writeFileSync(path, JSON.stringify(Object.fromEntries(keys.map((key) => [key, foreign(key)]))));
    folder = sampleCopy();
    for (const name of ["config", "dialer", "releases"])
      cpSync(join(fixtures, name), join(folder.path, name), { recursive: true });
    server = await startIn(folder, { env: { HANDLER_WORKBENCH_TEXTS: path } });
  });
  after(async () => {
    await server.stop();
    folder.remove();
    rmSync(bundle, { recursive: true, force: true });
  });

  const ask = async <Result>(method: string, params?: unknown): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, params);
  const folderUri = (): string => folder.uriOf("");

  /** Fails with what is still English. `least`: texts that must have been there to look at. */
  function isForeign(
    value: unknown,
    least: number,
    skip = /^(?:source|id|uri|path|code|kind|file|name)$/,
  ): void {
    const texts = textsOf(value, skip);
    const translated = texts.filter((text) => /[\uff41-\uff5a]/.test(text));
    assert.ok(
      translated.length >= least,
      `${translated.length} translated texts only:\n${texts.slice(0, 20).join("\n")}`,
    );
    assert.deepEqual([...new Set(texts.flatMap(english))], []);
  }

  /** Fails where a word of ours has a letter of English, single words too. */
  function isWhollyForeign(texts: readonly (string | undefined)[], least: number): void {
    const seen = [...new Set(texts)];
    assert.ok(seen.length >= least, `${seen.length} texts only: ${seen.join(", ")}`);
    assert.deepEqual(
      seen.filter((text) => text === undefined || !/[\uff41-\uff5a]/.test(text) || /[a-z]/.test(text)),
      [],
    );
  }

  async function diagnosticsOf(name: string): Promise<readonly Diagnostic[]> {
    const text = readFileSync(join(folder.path, name), "utf8");
    const params: RecogniseRequest.Params = {
      uri: folder.uriOf(name),
      path: join(folder.path, name),
      head: text,
    };
    await ask(RecogniseRequest.method, params);
    const told = server.diagnostics(folder.uriOf(name), (all) => all.length > 0);
    await server.open(folder.uriOf(name), "plaintext", text);
    return await told;
  }

  it("says rules, kinds of differences, lists of scripts and forms in it", async () => {
    isForeign(await ask(RulesRequest.method), 30);
    isForeign(await ask(DiffKindsRequest.method), 10);
    isForeign(await ask(MigratorFormRequest.method), 10);
    const params: ScriptListsRequest.Params = { folder: folder.path };
    isForeign(
      await ask(ScriptListsRequest.method, params),
      10,
      /^(?:section|id|folder|file|procedures|name)$/,
    );
  });

  it("says problems of handlers and hovers in it", async () => {
    const name = "IVR/IVR_Callback.ihd";
    const told = server.diagnostics(listingUri(folder.uriOf(name)), (all) => all.length > 0);
    isForeign(
      (await told).map(({ message }) => message),
      1,
    );
    const { uri, position } = await openListing(server, folder.uriOf(name));
    const hover = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: position("tool", "tool"),
    });
    isForeign(hover, 0);
  });

  for (const name of [
    "config/InteractiveUpdate.config",
    "config/dialer.udl",
    "config/i3pubs.lst",
    "config/push40.cfg",
    "config/sqlnet.ora",
    "config/tnsnames.ora",
    "config/install.cmd",
    "dialer/source/dialer_config.xml",
  ])
    it(`says problems of ${name} in it`, async () => {
      isForeign(
        (await diagnosticsOf(name)).map(({ message }) => message),
        1,
      );
    });

  it("shows the runbook in it, and exports it so", async () => {
    const asked = { folder: folderUri() };
    const changes = [{ what: "variants", chosen: ["sqlServer", "oracle", "dialer", "phones", "director"] }];
    await ask(RunbookChangeRequest.method, { ...asked, changes, by: "Ann" });
    const { runbook } = await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, asked);
    isForeign(runbook, 200);
    const { text } = await ask<RunbookExportRequest.Result>(RunbookExportRequest.method, {
      ...asked,
      form: "markdown",
      name: "x",
    });
    isForeign(text, 1);
  });

  it("reports on comparisons, inventories and Dialer in it", async () => {
    const sides = {
      old: { folder: folder.uriOf("releases/old-base") },
      now: { folder: folder.uriOf("releases/custom") },
    };
    const { kinds } = await ask<DiffKindsRequest.Result>(DiffKindsRequest.method);
    const compared = { id: "1", ...sides, kinds: kinds.map(({ id }) => id), without: [] };
    isForeign(await ask(CompareRequest.method, compared), 3);
    for (const format of ["html", "markdown"] as const) {
      const params: CompareReportRequest.Params = { id: "1", format, old: "A", now: "B", stylesheet: "" };
      isForeign(
        visible((await ask<CompareReportRequest.Result>(CompareReportRequest.method, params)).text),
        1,
      );
    }
    const inventory: InventoryRequest.Params = {
      id: "2",
      folder: folder.uriOf("releases/custom"),
      base: [folder.uriOf("releases/old-base")],
      withMissing: true,
    };
    isForeign(await ask(InventoryRequest.method, inventory), 3);
    for (const format of ["html", "markdown"] as const) {
      const params: InventoryReportRequest.Params = { id: "2", format, notes: "" };
      isForeign(
        visible((await ask<InventoryReportRequest.Result>(InventoryReportRequest.method, params)).text),
        1,
      );
    }
    const subject = { kind: "migration", uri: folder.uriOf("dialer/source/dialer_config.xml") } as const;
    isForeign(await ask(DialerReportRequest.method, subject), 3);
    for (const form of ["html", "markdown"] as const) {
      const params: DialerReportTextRequest.Params = { subject, form };
      isForeign(
        visible((await ask<DialerReportTextRequest.Result>(DialerReportTextRequest.method, params)).text),
        1,
      );
    }
  });

  const dialerUri = (): string => folder.uriOf("dialer/source/dialer_config.xml");

  it("shows kinds of Dialer objects and statuses of workflows in it", async () => {
    const params: DialerViewRequest.Params = { uri: dialerUri() };
    const { groups } = await ask<DialerViewRequest.Result>(DialerViewRequest.method, params);
    const items = groups.flatMap((group) => group.items);
    isWhollyForeign(
      groups.map(({ title }) => title),
      10,
    );
    isWhollyForeign(
      items.map(({ kindName }) => kindName),
      10,
    );
    const kinds = new Set<string>();
    for (const { id } of items.filter(({ referrers }) => referrers > 0)) {
      const { referrers } = await ask<DialerReferrersRequest.Result>(DialerReferrersRequest.method, {
        uri: dialerUri(),
        id,
      });
      for (const { kindName } of referrers) kinds.add(kindName);
    }
    isWhollyForeign([...kinds], 3);
    const { statuses } = await ask<WorkflowFiltersRequest.Result>(WorkflowFiltersRequest.method, {
      uri: dialerUri(),
    });
    isWhollyForeign(
      statuses.map(({ name }) => name),
      4,
    );
  });

  it("shows lists of scripts, states of runs, checks of databases and batches in it", async () => {
    const { lists } = await ask<ScriptListsRequest.Result>(ScriptListsRequest.method, {
      folder: folder.path,
    });
    const taken = lists
      .filter(({ dialect }) => dialect === "sqlplus")
      .flatMap(({ steps }) => steps.flatMap((step) => step.arguments));
    isWhollyForeign(
      taken.map(({ title }) => title),
      15,
    );
    const runs = join(folder.path, "runs");
    mkdirSync(runs);
    const request: PastRunsRequest.Result["runs"][number]["request"] = {
      dialect: "sqlcmd",
      target: {
        kind: "sqlserver",
        server: "h",
        user: "u",
        encryption: "required",
        trustServerCertificate: false,
      },
      scripts: [],
      variables: {},
      secretVariables: [],
      options: {} as never,
      runs,
    };
    for (const state of ["User completed", "Ready for restart"] as const) {
      const params: MarkRunRequest.Params = { kind: "new", request, state };
      await ask(MarkRunRequest.method, params);
    }
    const past = await ask<PastRunsRequest.Result>(PastRunsRequest.method, { runs });
    assert.deepEqual(past.runs.map(({ state }) => state).sort(), ["Ready for restart", "User completed"]);
    isWhollyForeign(
      past.runs.flatMap(({ stateName, reason }) => [stateName, reason]),
      4,
    );
    for (const kind of ["sqlserver", "oracle"] as const) {
      const params: ReadinessRequest.Params = { kind, role: "target" };
      const { checks } = await ask<ReadinessRequest.Result>(ReadinessRequest.method, params);
      isForeign(checks, 5, /^(?:id|sql|source)$/);
    }
    const text = "select 1 from dual;\nbegin null; end;\n/\n";
    const path = join(folder.path, "batches.sql");
    writeFileSync(path, text);
    const uri = folder.uriOf("batches.sql");
    const chosen: RecogniseRequest.Params = { uri, path, head: text, chosen: scriptFormats.sqlplus };
    await ask(RecogniseRequest.method, chosen);
    await server.open(uri, "sql", text);
    const symbols = await server.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri },
    });
    isWhollyForeign(
      (symbols as DocumentSymbol[]).map(({ detail }) => detail),
      2,
    );
  });

  it("shows kinds of what handlers use, what is to be done with them, and what starts them in it", async () => {
    const asked: DependenciesRequest.Params = { grouping: "item", kinds: [] };
    const { kinds } = await ask<DependenciesRequest.Result>(DependenciesRequest.method, asked);
    isWhollyForeign(
      kinds.map(({ name }) => name),
      8,
    );
    const releases = ["old-base", "custom", "new-base"].map((name) => ({
      folder: folder.uriOf(`releases/${name}`),
    }));
    const [oldBase, custom, newBase] = releases as [CompareSideOf, CompareSideOf, CompareSideOf];
    const carry: CarryRequest.Params = { id: "3", oldBase, custom, newBase };
    const { statuses } = await ask<CarryRequest.Result>(CarryRequest.method, carry);
    isWhollyForeign(
      statuses.flatMap(({ name, action }) => [name, action]),
      12,
    );
    const inventory: InventoryRequest.Params = {
      id: "4",
      folder: custom.folder,
      base: [oldBase.folder],
      withMissing: true,
    };
    const { rows, classes } = await ask<InventoryRequest.Result>(InventoryRequest.method, inventory);
    isWhollyForeign(
      [
        ...classes.map(({ name }) => name),
        ...rows.map(({ startedBy }) => startedBy).filter((by) => by !== "" && !by.includes(":")),
      ],
      6,
    );
  });

  it("says what it finds in packages in it", async () => {
    const path = join(folder.path, "odd.inimigr");
    writeFileSync(
      path,
      await zipped({ "AdminConfig/a.xml": "<a/>", "IP.zip": await zipped({ "x.xml": "<x/>" }) }),
    );
    const uri = folder.uriOf("odd.inimigr");
    await ask(PackageContentsRequest.method, { uri });
    isForeign(await ask(PackageCheckRequest.method, { uri }), 3);
  });
});
