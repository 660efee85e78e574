import type { FrameLocator } from "playwright-core";
import type { TdsServer } from "../tds/server";
import { authorityFile } from "../tds/tls";
import type { Workbench } from "./workbench";

export interface ConnectionFields {
  readonly name: string;
  readonly server: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly caFile: string;
}

/** The test server under the name that the tests know it by. */
export const testTarget = (server: TdsServer, password: string): ConnectionFields => ({
  name: "Test target",
  server: `localhost,${server.port}`,
  database: "I3_IC",
  user: "sa",
  password,
  caFile: authorityFile,
});

/** Fills in the page of a new connection, tests and saves it, and closes the page. */
export async function addConnection(workbench: Workbench, fields: ConnectionFields): Promise<void> {
  const { name, server, database, user, password, caFile } = fields;
  const form = await connectionForm(workbench, {
    Name: name,
    Server: server,
    Database: database,
    User: user,
    Password: password,
    "Authority's certificate (PEM file)": caFile,
  });
  await form.getByRole("button", { name: "Test Connection" }).click();
  await form.getByText(/^Connected to/).waitFor();
  await saveConnection(workbench, form);
}

/** The page of a new connection, filled in by the labels of its fields. */
export async function connectionForm(
  workbench: Workbench,
  fields: Readonly<Record<string, string>>,
  kind: "SQL Server" | "Oracle" = "SQL Server",
): Promise<FrameLocator> {
  await workbench.command("Add Connection...");
  const form = workbench.webview();
  const choice = form.getByLabel("Kind", { exact: true });
  await choice.waitFor();
  await choice.selectOption(kind);
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: true });
    await field.waitFor();
    await field.fill(value);
  }
  return form;
}

/** Saves what was filled in, and closes the page. */
export async function saveConnection(workbench: Workbench, form: FrameLocator): Promise<void> {
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText("Saved.").waitFor();
  await form.getByRole("button", { name: "Close" }).click();
  await workbench.page.locator(".tabs-container .tab").first().waitFor({ state: "detached" });
}

/** Opens a script and its preview; answers the page. */
export async function openPreview(
  workbench: Workbench,
  file: string,
  dialect: string,
): Promise<FrameLocator> {
  const { page } = workbench;
  await workbench.openFile(file);
  await workbench.command("Run Script (Preview First)...");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: dialect }).first().click();
  await workbench.tab(`Run ${file}`).waitFor();
  const preview = workbench.webview();
  await preview.getByRole("button", { name: "Start the Run" }).waitFor();
  return preview;
}
