import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { BoundList, MadeScriptRequest, ScriptListsRequest } from "../../protocol/scripts";
import { titled } from "../../scripts/lists/argumentTitles";
import { bindList } from "../../scripts/lists/list";
import {
  commitFrequencyStatement,
  remoteQueryTimeoutStatement,
  restartTables,
  scriptLists,
} from "../../scripts/lists/scriptLists";

/** The guide's lists beside the files of a Scripts folder. Never rejects: a folder that is not there has no files. */
export async function boundLists(root: string): Promise<ScriptListsRequest.Result> {
  const lists: BoundList[] = [];
  const names = await namesIn(root);
  for (const list of scriptLists) {
    const folder = await below(root, list.folder);
    const files = folder === undefined ? [] : ((await namesIn(folder)) ?? []);
    const { scripts, extra, removed } = bindList(list, files);
    const at = folder ?? join(root, ...list.folder);
    lists.push({
      id: list.id,
      dialect: list.dialect,
      title: list.title,
      section: list.section,
      folder: at,
      folderIsThere: folder !== undefined,
      database: list.database,
      steps: scripts.map(({ script, status, name }) => ({
        file: script.file,
        status,
        path: name === undefined ? null : join(at, name),
        arguments: script.arguments.map(titled),
        ...(script.connectAs && { connectAs: script.connectAs }),
        ...(script.note !== undefined && { note: script.note }),
      })),
      onlyOne: list.onlyOne ?? false,
      // Where a list is part of a folder only, other scripts belong there.
      extra: list.partOfFolder ? [] : extra.map((name) => join(at, name)),
      removed: removed.map((name) => join(at, name)),
      procedures: list.procedures,
    });
  }
  const problem =
    names === undefined
      ? l10n.t("The folder {0} cannot be read.", root)
      : lists.every(({ folderIsThere, steps }) => !folderIsThere || steps.every(({ path }) => path === null))
        ? noScripts(root)
        : "";
  return { lists, problem };
}

function noScripts(root: string): string {
  return /^scripts$/i.test(basename(root))
    ? l10n.t(
        "No script of the guide's lists is in {0}: choose the folder Scripts of the CIC Database Migration Assistant.",
        root,
      )
    : l10n.t(
        "No script of the guide's lists is in {0}: choose the folder Scripts of the CIC Database Migration Assistant, in which sqlserver and oracle lie.",
        root,
      );
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  return readdir(folder).catch(() => undefined);
}

/** The folder below, in whatever case its parts are written; undefined when it is not there. */
async function below(root: string, parts: readonly string[]): Promise<string | undefined> {
  let folder = root;
  for (const part of parts) {
    const name = (await namesIn(folder))?.find((each) => each.toLowerCase() === part.toLowerCase());
    if (name === undefined) return undefined;
    folder = join(folder, name);
  }
  return folder;
}

/** Scripts that the product writes from the guide's words; they are shown before anything is run, like any other. */
export function madeScript(params: MadeScriptRequest.Params): string {
  switch (params.kind) {
    case "procedures": {
      const list = scriptLists.find(({ id }) => id === params.list);
      if (!list || list.procedures.length === 0)
        throw new Error(l10n.t("the list {0} has no procedures", params.list));
      const calls = list.procedures.map((name) => `PRINT '${name}';\nEXEC [dbo].[${name}];\nGO\n`);
      return (
        `-- The procedures that the scripts of a list have created, in order.\n` +
        `-- CIC Migration guide 2018 R5, "${list.section}".\n` +
        `-- Run without arguments each of them only copies the rows it finds into a table of their own; nothing else changes.\n` +
        `SET NOCOUNT ON;\nGO\n${calls.join("")}`
      );
    }
    case "commit-frequency":
      return (
        `-- Rows written between two commits; 1000 unless changed. CIC Migration guide 2018 R5, "Change commit frequency".\n` +
        restartTables.map((table) => commitFrequencyStatement(params.dialect, table, params.rows)).join("")
      );
    case "remote-query-timeout":
      return (
        `-- For the target server: 0 (no limit) for the migration, 600 seconds afterwards.\n` +
        `-- CIC Migration guide 2018 R5, "SQL Server pre-migration procedures for CIC".\n` +
        remoteQueryTimeoutStatement(params.seconds)
      );
  }
}
