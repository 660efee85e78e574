import { Disposable, l10n, Uri, window, workspace } from "vscode";
import { type BoundList, MadeScriptRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { chooseConnection } from "../connections/chooseConnection";
import type { Connections } from "../connections/connections";
import type { Register } from "../register";
import { type Launcher, specOfFiles } from "../runs/launcher";
import type { Runs } from "../runs/runs";
import { isTrusted } from "../trust";
import type { ListNode } from "./listsView";
import { type ListPart, specOfList } from "./runList";
import type { ScriptLists } from "./scriptLists";

export interface ListParts {
  readonly server: Server;
  readonly lists: ScriptLists;
  readonly runs: Runs;
  readonly connections: Connections;
  readonly launcher: Launcher;
  /** Where scripts lie that the product writes. */
  readonly made: Uri;
}

export function registerListCommands(register: Register, parts: ListParts): Disposable {
  const { lists, server } = parts;
  /** `ofStep`: which part a step stands for; without it the part is of the whole list. */
  const run = (part: "all" | "next", ofStep?: (step: number) => ListPart) => async (node?: ListNode) => {
    if (!isTrusted()) return;
    const list = node && "list" in node ? node.list : await chooseList(lists);
    if (!list) return;
    const step = node?.kind === "step" ? node.index : await chooseStep(list, ofStep !== undefined);
    if (step === undefined) return;
    const chosen = step === null ? part : list.onlyOne ? { only: step } : (ofStep?.(step) ?? part);
    const spec = await specOfList(list, chosen, parts);
    if (spec) await parts.launcher.preview(spec);
  };
  return Disposable.from(
    register("bindScriptsFolder", async (given?: Uri) => {
      const [folder] = given
        ? [given]
        : ((await window.showOpenDialog({
            title: l10n.t("Scripts Folder of the CIC Database Migration Assistant"),
            openLabel: l10n.t("Use This Folder"),
            canSelectFiles: false,
            canSelectFolders: true,
          })) ?? []);
      if (folder) await lists.bind(folder.fsPath);
    }),
    register("unbindScriptsFolder", () => lists.bind(undefined)),
    register("refreshLists", () => lists.refresh()),
    register("runList", run("all")),
    register("runListNext", run("next")),
    register(
      "runListStep",
      run("all", (only) => ({ only })),
    ),
    register(
      "runListFromHere",
      run("all", (from) => ({ from })),
    ),
    register("runProcedures", async (node?: ListNode) => {
      if (!isTrusted()) return;
      const list =
        node && "list" in node
          ? node.list
          : await chooseList(lists, ({ procedures }) => procedures.length > 0);
      if (!list) return;
      const params: MadeScriptRequest.Params = { kind: "procedures", list: list.id };
      await runMade(parts, list, `${list.id}-procedures.sql`, params);
    }),
    register("makeSetting", async (node?: ListNode) => {
      const setting = node?.kind === "setting" ? node.setting : ((await chooseSetting()) ?? "");
      if (setting === "") return;
      const params = setting === "commit-frequency" ? await commitFrequency() : await queryTimeout();
      if (!params) return;
      const { text } = await server.request<MadeScriptRequest.Result>(MadeScriptRequest.method, params);
      const uri = await write(parts.made, `${params.kind}.sql`, text);
      await window.showTextDocument(uri);
    }),
  );
}

async function chooseList(
  lists: ScriptLists,
  fits: (list: BoundList) => boolean = () => true,
): Promise<BoundList | undefined> {
  const { lists: all } = await lists.read();
  if (all.length === 0) {
    void window.showInformationMessage(
      l10n.t("Choose the Scripts folder of the CIC Database Migration Assistant first."),
    );
    return undefined;
  }
  const items = all
    .filter((list) => list.folderIsThere && fits(list))
    .map((list) => ({ label: list.title, detail: list.folder, list }));
  return (await window.showQuickPick(items, { title: l10n.t("Migration Scripts") }))?.list;
}

/** The index of a step; null where none needs to be chosen, undefined when the user gives up. */
async function chooseStep(list: BoundList, mustChoose: boolean): Promise<number | null | undefined> {
  if (!mustChoose && !list.onlyOne) return null;
  const items = list.steps.map(({ file, note }, index) => ({ label: file, detail: note ?? "", index }));
  const placeHolder = list.onlyOne ? l10n.t("One of these scripts is run, not all of them") : "";
  return (await window.showQuickPick(items, { title: list.title, placeHolder }))?.index;
}

async function runMade(
  { server, connections, launcher, made }: ListParts,
  list: BoundList,
  name: string,
  params: MadeScriptRequest.Params,
): Promise<void> {
  const { text } = await server.request<MadeScriptRequest.Result>(MadeScriptRequest.method, params);
  const uri = await write(made, name, text);
  const connection = await chooseConnection(connections, list.dialect, { title: l10n.t("Run {0} on", name) });
  if (connection) await launcher.preview(specOfFiles([uri], connection));
}

/** Scripts of ours lie beside the extension's other data, where nothing of the user's is. */
async function write(folder: Uri, name: string, text: string): Promise<Uri> {
  await workspace.fs.createDirectory(folder);
  const uri = Uri.joinPath(folder, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function chooseSetting(): Promise<"commit-frequency" | "remote-query-timeout" | undefined> {
  const items = [
    { label: l10n.t("Commit frequency"), setting: "commit-frequency" as const },
    { label: l10n.t("Remote query timeout"), setting: "remote-query-timeout" as const },
  ];
  return (await window.showQuickPick(items, { title: l10n.t("Migration Settings") }))?.setting;
}

async function commitFrequency(): Promise<MadeScriptRequest.Params | undefined> {
  const dialects = [
    { label: "SQL Server", dialect: "sqlcmd" as const },
    { label: "Oracle", dialect: "sqlplus" as const },
  ];
  const picked = await window.showQuickPick(dialects, { title: l10n.t("Commit frequency") });
  const rows = picked && (await number(l10n.t("Rows between two commits"), "1000"));
  return picked && rows !== undefined
    ? { kind: "commit-frequency", dialect: picked.dialect, rows }
    : undefined;
}

async function queryTimeout(): Promise<MadeScriptRequest.Params | undefined> {
  const seconds = await number(l10n.t("Seconds; 0 = no limit, for the migration"), "0");
  return seconds === undefined ? undefined : { kind: "remote-query-timeout", seconds };
}

async function number(title: string, value: string): Promise<number | undefined> {
  const text = await window.showInputBox({
    title,
    value,
    validateInput: (typed) => (/^\d{1,9}$/.test(typed.trim()) ? undefined : l10n.t("A whole number")),
  });
  return text === undefined ? undefined : Number(text);
}
