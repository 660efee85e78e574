import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Connection } from "../../../client/src/scripts/connections/connections";
import type { Preview } from "../../../client/src/scripts/runs/preview";
import type { Scripts } from "../../../client/src/scripts/scripts";
import type { OracleTarget, SqlServerTarget } from "../../../server/src/database/target";
import type { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";
import { columnMetadata, done, doneStatus, row, type TestColumn, type Value } from "../../tds/tokens";

export const password = "correct horse";
export const patience = 20_000;

/** Waits until `value` gives something; says what was awaited when it does not. */
export async function until<T>(
  what: () => string,
  value: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const now = await value();
    if (now !== undefined) return now;
    if (Date.now() > end) throw new Error(`Not in ${patience / 1000} s: ${what()}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/**
 * The feature, for all tests of a `describe`: without connections before each, without editors after each. Nothing of
 * the tests is left at the end.
 */
export function sharedScripts(): () => Scripts {
  let scripts: Scripts;
  const removeConnections = async (): Promise<void> => {
    for (const connection of scripts.connections.all) await scripts.connections.remove(connection);
  };
  before(async () => {
    scripts = await scriptsOfExtension();
  });
  beforeEach(removeConnections);
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  after(async () => {
    await scripts.lists.bind(undefined);
    for (const folder of scripts.folders.folders) await scripts.folders.remove(folder);
    await removeConnections();
    rmSync(join(workspaceFolder(), "db"), { recursive: true, force: true });
  });
  return () => scripts;
}

/** The feature itself: pages' buttons are pressed as users press them. */
export async function scriptsOfExtension(): Promise<Scripts> {
  const extension = vscode.extensions.all.find(
    ({ packageJSON }) => (packageJSON as { name: string }).name === "handler-workbench",
  );
  if (!extension) throw new Error("The extension is not installed.");
  const exported = (await extension.activate()) as { readonly scripts: Scripts } | undefined;
  if (!exported) throw new Error("VS Code does not run the extension as under test.");
  return exported.scripts;
}

export function targetOf(server: TdsServer): SqlServerTarget {
  return {
    kind: "sqlserver",
    server: "localhost",
    port: server.port,
    database: "I3_IC",
    user: "sa",
    encryption: "required",
    trustServerCertificate: false,
    caFile: authorityFile,
  };
}

/** A connection to the test server whose password is known. */
export async function connectionTo(scripts: Scripts, server: TdsServer, name: string): Promise<Connection> {
  const before = scripts.connections.named(name);
  const connection = await scripts.connections.save({
    ...(before && { id: before.id }),
    name,
    target: targetOf(server),
  });
  await scripts.connections.keepPassword(connection.id, password, false);
  return connection;
}

export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("No folder is open.");
  return folder.uri.fsPath;
}

/** Writes a script into the workspace; answers its path. */
export function script(name: string, text: string): string {
  const path = join(workspaceFolder(), "db", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The preview of one script on a connection. */
export async function previewOf(
  scripts: Scripts,
  connection: Connection,
  ...paths: readonly string[]
): Promise<Preview> {
  const preview = await scripts.launcher.preview({
    title: paths[0]?.split(/[\\/]/).pop() ?? "",
    connection,
    scripts: paths.map((path) => ({ path })),
    memory: `test ${paths.join()}`,
  });
  if (!preview) throw new Error("There is no preview.");
  return preview;
}

/** All texts of a page, for looking for one of them. */
export function pageText({ panel }: Preview): string {
  return JSON.stringify(panel.page);
}

/** Starts the run of a preview and waits for its end. */
export async function runToEnd(
  preview: Preview,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  await preview.panel.press("start", values);
}

/** The preview that a command has opened last. */
export function latestPreview(scripts: Scripts): Preview {
  const preview = scripts.launcher.open.at(-1);
  assert.ok(preview, "there is no preview");
  return preview;
}

/** A database that is never connected to. */
export const oracleTarget = {
  kind: "oracle",
  server: "db.example.test",
  database: "CIC",
  user: "cic",
  encryption: "none",
  trustServerCertificate: false,
} as const satisfies OracleTarget;

/** The reply to a SELECT. */
export function rowsOf(columns: readonly TestColumn[], ...rows: readonly (readonly Value[])[]) {
  return [
    {
      do: "send" as const,
      bytes: Buffer.concat([
        columnMetadata(columns),
        ...rows.map((each) => row(each)),
        done(doneStatus.count, rows.length),
      ]),
    },
  ];
}
