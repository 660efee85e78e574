import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Locator } from "playwright-core";
import type { BoundList } from "../../../server/src/protocol";
import { TdsServer } from "../../tds/server";
import { CommandDriver, FileArgument } from "../commandDriver/driver";
import { sharedWorkbench } from "../hooks";
import { connectionForm } from "../scriptRuns";
import { harmless, needsTrust } from "../trustLists";

const password = "correct horse";

describe("running scripts in Restricted Mode", () => {
  const folder = mkdtempSync(join(tmpdir(), "hw-user-restricted-"));
  const mark = join(folder, "a-runner-has-started");
  const script = join(folder, "scripts/run.sql");
  const generated = join(folder, "2026-01-02_03-04");
  for (const path of [script, join(generated, "Reporting/A.sql")]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "PRINT 'never'\nGO\n");
  }
  const driver = new CommandDriver();
  let runner = "";
  const workbench = sharedWorkbench({
    folder,
    trust: false,
    // No other window listens to what this one is told.
    prepare: (extensions) => {
      driver.install(extensions);
      const ours = readdirSync(extensions).find((name) => name.includes("handler-workbench"));
      runner = join(extensions, ours ?? "", "dist/runner.js");
      const tells = `require("node:fs").appendFileSync(${JSON.stringify(mark)}, "started\\n");\n`;
      writeFileSync(runner, tells + readFileSync(runner, "utf8"));
    },
  });
  let server: TdsServer;
  before(async () => {
    server = await TdsServer.start({ password });
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    driver.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const warning = (): Locator =>
    workbench().notifications().filter({ hasText: "databases are connected to in a trusted workspace only" });
  const clear = async (): Promise<void> => {
    await driver.run("notifications.clearAll");
    await warning().waitFor({ state: "detached" });
  };
  const nothingRan = (): void => {
    assert.equal(server.accepted, 0);
    assert.ok(!existsSync(mark), "a runner has started");
  };

  it("does not offer to run or to connect", async () => {
    const { page } = workbench();
    await workbench().openFile("run.sql");
    await page.keyboard.press("F1");
    const input = page.locator(".quick-input-widget .quick-input-box input");
    await input.waitFor({ state: "visible" });
    await input.fill(">Handler Workbench: Read All");
    // The extension's commands are known; those that run something are not among them.
    const offered = (title: string): Locator =>
      page.locator(".quick-input-list .monaco-list-row", { hasText: title });
    await offered("Read All Handlers Again").first().waitFor();
    await input.fill(">Handler Workbench: Run Script (Preview First)");
    // What was offered before is gone: the list is that of the new words.
    await offered("Read All Handlers Again").first().waitFor({ state: "detached" });
    assert.equal(await offered("Run Script (Preview First)").count(), 0);
    await page.keyboard.press("Escape");
  });

  it("keeps connections, and tests none", async () => {
    const form = await connectionForm(workbench(), {
      Name: "Test target",
      Server: `localhost,${server.port}`,
      User: "sa",
      Password: password,
    });
    await form.getByRole("button", { name: "Test Connection" }).click();
    await warning().waitFor();
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Saved.").waitFor();
    nothingRan();
  });

  /** A row of the views, as their menus would give it to a command. */
  const list: BoundList = {
    id: "sqlserver-source",
    dialect: "sqlcmd",
    title: "Source",
    section: "",
    folder: dirname(script),
    folderIsThere: true,
    database: "source",
    steps: [{ file: "run.sql", status: "found", path: script, arguments: [] }],
    onlyOne: false,
    extra: [],
    removed: [],
    procedures: ["Delete_Dups"],
  };
  const step = { kind: "step", list, step: list.steps[0], index: 0 };
  const given: Readonly<Record<(typeof needsTrust)[number], unknown>> = {
    testConnection: undefined,
    checkReadiness: undefined,
    runList: { kind: "list", list },
    runListNext: { kind: "list", list },
    runListStep: step,
    runListFromHere: step,
    runProcedures: { kind: "procedures", list },
    runGenerated: { kind: "folder", path: generated },
    runScript: new FileArgument(script),
    resumeRun: { kind: "past", run: { folder, request: { dialect: "sqlcmd", scripts: [{ path: script }] } } },
  };

  it("lets no command run or connect that another extension executes, and says why", async function () {
    this.timeout(4 * 60_000);
    const wrong: string[] = [];
    for (const name of needsTrust) {
      await clear();
      const answer = await driver.run(`handlerWorkbench.${name}`, given[name]);
      await driver.run("workbench.action.closeQuickOpen");
      // In the list: of many notifications one after another, VS Code shows the first ones by themselves only.
      await driver.run("notifications.showList");
      const told = await warning()
        .waitFor({ timeout: 5_000 })
        .then(
          () => true,
          () => false,
        );
      if (!answer || !told)
        wrong.push(`${name} ${answer ? "ends" : "goes on"}, ${told ? "and says why" : "silent"}`);
      else assert.deepEqual(answer, { trusted: false }, name);
    }
    nothingRan();
    assert.deepEqual(wrong, []);
    assert.equal(await workbench().page.locator(".tabs-container .tab").count(), 0);
  });

  it("starts no runner for any other command either", async function () {
    this.timeout(2 * 60_000);
    for (const name of harmless) {
      const over = driver.run(`handlerWorkbench.${name}`);
      // What it asks is not answered.
      const closed = driver.run("workbench.action.closeQuickOpen");
      await Promise.all([closed, Promise.race([over, closed])]);
    }
    await clear();
    await driver.run("handlerWorkbench.testConnection");
    await driver.run("notifications.showList");
    await warning().waitFor();
    nothingRan();
  });

  it("would have been seen to start a runner", async () => {
    const child = fork(runner, [], { stdio: "ignore" });
    child.disconnect();
    await once(child, "exit");
    assert.ok(existsSync(mark));
  });
});
