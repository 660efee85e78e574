import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as vscode from "vscode";
import { RunbookFile } from "../../../client/src/runbook/runbookFile";
import { factItem, phaseItem, stateText, stepItem } from "../../../client/src/runbook/runbookItems";
import { type RunbookNode, runbookTree, type StepNode } from "../../../client/src/runbook/runbookNodes";
import { Server } from "../../../client/src/server";
import { RunbookStore } from "../../../server/src/runbook/store";
import { readRunbook } from "../../../server/src/runbook/file";
import type { Mark } from "../../../server/src/runbook/marks";

const root = resolve(__dirname, "../../..");
const patience = 20_000;
const phoneFile = `<device device.set="1" device.dhcp.bootSrvOpt="225" device.dhcp.bootSrvOpt.set="1"
  device.prov.tagSerialNo="1" device.prov.tagSerialNo.set="1"></device>
`;

async function until<T>(what: string, value: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const now = await value();
    if (now !== undefined) return now;
    if (Date.now() > end) throw new Error(`Not in ${patience / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * Makes a folder and waits until the editor watches it: its watcher misses what comes into a new folder at once
 * (parcel-bundler/watcher issue 97).
 */
async function makeFolder(path: string): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher("**/*", false, true, true);
  const seen = new Promise<void>((resolve) => {
    watcher.onDidCreate((uri) => {
      if (uri.fsPath === path) resolve();
    });
  });
  mkdirSync(path);
  await seen;
  watcher.dispose();
}

const run = async (command: string, ...args: unknown[]): Promise<void> => {
  await vscode.commands.executeCommand(`handlerWorkbench.${command}`, ...args);
};

describe("the migration runbook in VS Code", () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
  const kept = join(folder, ".handler-workbench");
  const path = join(kept, "runbook.json");
  const marksOf = (step: string): Mark => readRunbook(readFileSync(path, "utf8")).marks.steps.get(step) ?? {};
  /** Another window on the same folder, with a language server of its own. */
  let server: Server;
  let window: RunbookFile;

  const rows = (): RunbookNode[] => (window.runbook ? runbookTree(window.runbook, false) : []);
  const stepIn = (id: string): StepNode | undefined =>
    rows()
      .flatMap((row) => (row.kind === "phase" ? row.steps : []))
      .find((row) => row.step.id === id);
  /** The other window's row of a step, when it is as wanted. */
  const shown = async (id: string, like: (row: StepNode) => boolean): Promise<StepNode> =>
    await until(`${id} as it should be, not ${JSON.stringify(stepIn(id)?.step)}`, () => {
      const row = stepIn(id);
      return row && like(row) ? row : undefined;
    });

  before(async () => {
    rmSync(path, { force: true });
    server = new Server(join(root, "dist/server.js"));
    window = new RunbookFile(server);
    await until("the other window's runbook", () => window.runbook);
  });
  after(async () => {
    window.dispose();
    // Its log must outlive it: what ends the language server is written there.
    await (server as unknown as { client: { stop(): Promise<void> } }).client.stop();
    rmSync(path, { force: true });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is started by choosing what the site has, and is a file that people can read", async () => {
    assert.equal(existsSync(path), false);
    assert.deepEqual(rows(), []);
    await run("chooseVariants", ["sqlServer", "dialer", "phones"]);
    const text = readFileSync(path, "utf8");
    assert.match(
      text,
      /^\{\n {2}"version": 1,\n {2}"variants": \{"chosen":\["sqlServer","dialer","phones"\]/,
    );
    const phases = await until("phases", () => (rows().length > 0 ? rows() : undefined));
    const titles = phases.map((row) => (row.kind === "phase" ? String(phaseItem(row).label) : row.kind));
    assert.equal(titles[0], "0 Plan");
    assert.ok(titles.some((title) => title.endsWith("Managed phones (Polycom)")));
    assert.ok(!titles.some((title) => title.includes("Director")));
  });

  it("ticks steps, and says who and when", async () => {
    const settings = vscode.workspace.getConfiguration("handlerWorkbench");
    await settings.update("runbook.userName", "Ann Example", vscode.ConfigurationTarget.Workspace);
    await run("markStepDone", "plan/support");
    await settings.update("runbook.userName", undefined, vscode.ConfigurationTarget.Workspace);
    const { state, by, at } = marksOf("plan/support");
    assert.deepEqual([state, by], ["done", "Ann Example"]);
    assert.ok(Math.abs(Date.parse(at!) - Date.now()) < 60_000);
    const item = stepItem(await shown("plan/support", ({ step }) => step.state === "done"));
    assert.equal(
      (item.checkboxState as { state: vscode.TreeItemCheckboxState }).state,
      vscode.TreeItemCheckboxState.Checked,
    );
    assert.match(String(item.description), /^Ann Example, /);
    assert.match(item.accessibilityInformation!.label, /^0\.1 Tell support.*, done, Ann Example/);
    await run("markStepOpen", "plan/support");
    assert.equal(marksOf("plan/support").state, "open");
    for (const state of ["NotNeeded", "Blocked"]) await run(`markStep${state}`, "plan/image");
    assert.equal(marksOf("plan/image").state, "blocked");
  });

  it("keeps notes and evidence, and opens the evidence", async () => {
    await run("editStepNote", "plan/support", " case 4711 ");
    assert.equal(marksOf("plan/support").note, "case 4711");
    await run("setStepEvidence", "plan/support", ".handler-workbench/runbook.json");
    const row = await shown("plan/support", ({ step }) => step.evidence !== "");
    const labels = row.facts.map((fact) => String(factItem(fact).label));
    assert.ok(labels.includes("Note: case 4711"), labels.join("\n"));
    assert.ok(labels.includes("Evidence: .handler-workbench/runbook.json"));
    await run("openStepEvidence", "plan/support");
    await until("the evidence in an editor", () =>
      vscode.window.activeTextEditor?.document.uri.fsPath === path ? true : undefined,
    );
    await run("editStepNote", "plan/support", "");
    await shown("plan/support", ({ step }) => step.note === "");
  });

  it("warns of steps that are done out of order, and of those that must wait", async () => {
    const waiting = await shown("dialer/migrate", ({ step }) => step.held.length > 0);
    assert.equal(stateText(waiting.step), "not yet");
    await run("markStepDone", "dialer/migrate");
    const row = await shown("dialer/migrate", ({ step }) => step.broken.length > 0);
    const item = stepItem(row);
    assert.equal((item.iconPath as vscode.ThemeIcon).id, "warning");
    assert.match(String(item.description), /^done out of order/);
    assert.match(String(item.tooltip), /The CIC database .* is migrated before Dialer's/);
    await run("markStepOpen", "dialer/migrate");
    await shown("dialer/migrate", ({ step }) => step.broken.length === 0);
  });

  it("proves what can be seen in the workspace, without being asked", async () => {
    const dialer = join(folder, "RunbookDialer");
    const waiting = join(folder, "RunbookCustom/ToBeMigrated");
    try {
      for (const made of [dirname(waiting), waiting, dialer, join(dialer, "UDL")]) await makeFolder(made);
      writeFileSync(join(waiting, "Main.txt"), "");
      cpSync(join(root, "test/fixtures/dialer/source"), dialer, { recursive: true });
      const missing = await shown("export/dialer-files", ({ step }) => step.look?.outcome === "failed");
      assert.match(missing.step.look!.text, /archive\.udl/);
      cpSync(join(dialer, "UDL/Contacts.UDL"), join(dialer, "UDL/archive.udl"));
      // Either window may have written the proof; this one has seen it as well.
      const proved = await shown(
        "export/dialer-files",
        ({ step }) => step.proved !== null && step.look?.outcome === "proved",
      );
      assert.match(proved.step.proved!.from, /RunbookDialer\/dialer_config\.xml/);
      assert.ok(!Number.isNaN(Date.parse(proved.step.proved!.at)));
      assert.equal((stepItem(proved).iconPath as vscode.ThemeIcon).id, "verified-filled");
      assert.match(String(stepItem(proved).description), /^proved /);
      assert.equal(marksOf("export/dialer-files").state, undefined);
      assert.match(marksOf("review/custom-handlers").proof!.from, /RunbookCustom\/ToBeMigrated/);
      rmSync(join(dialer, "UDL/archive.udl"));
      const doubtful = await shown("export/dialer-files", ({ step }) => step.look?.outcome === "failed");
      assert.equal(stateText(doubtful.step), "proved once, but not now");
    } finally {
      rmSync(dialer, { recursive: true, force: true });
      rmSync(join(folder, "RunbookCustom"), { recursive: true, force: true });
    }
  });

  it("looks again when the view comes up, for what the editor was not told of", async () => {
    const phones = join(folder, "RunbookUnwatched");
    const settings = vscode.workspace.getConfiguration("files");
    const unwatched = { "**/RunbookUnwatched": true, "**/RunbookUnwatched/**": true };
    await settings.update("watcherExclude", unwatched, vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand("workbench.view.explorer");
      mkdirSync(phones);
      writeFileSync(join(phones, "push40.cfg"), phoneFile);
      assert.equal(marksOf("phones/push-file").proof, undefined);
      await vscode.commands.executeCommand("handlerWorkbench.runbook.focus");
      const from = await until("the proof", () => marksOf("phones/push-file").proof?.from);
      assert.match(from, /^RunbookUnwatched\/push40\.cfg/);
    } finally {
      await settings.update("watcherExclude", undefined, vscode.ConfigurationTarget.Workspace);
      rmSync(phones, { recursive: true, force: true });
    }
  });

  it("follows what others write into the file", async () => {
    const other = new RunbookStore(folder);
    await other.change([{ what: "note", step: "plan/versions", note: "from outside" }], "Bob");
    await shown("plan/versions", ({ step }) => step.note === "from outside");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("from outside", "by hand"));
    await shown("plan/versions", ({ step }) => step.note === "by hand");
    await run("markStepDone", "plan/versions");
    assert.deepEqual([marksOf("plan/versions").note, marksOf("plan/versions").state], ["by hand", "done"]);
  });

  it("loses nothing where two windows and a program write at the same time", async () => {
    const ids = window.runbook!.phases.flatMap(({ steps }) => steps.map(({ id }) => id)).slice(10, 22);
    const other = new RunbookStore(folder);
    await Promise.all(
      ids.flatMap((step) => [
        run("editStepNote", step, `note of ${step}`),
        window.change([{ what: "state", step, state: "done" }]),
        other.change([{ what: "evidence", step, evidence: `evidence of ${step}` }], "Bob"),
      ]),
    );
    for (const step of ids) {
      const { state, note, evidence } = marksOf(step);
      assert.deepEqual([state, note, evidence], ["done", `note of ${step}`, `evidence of ${step}`]);
    }
    await shown(ids[0]!, ({ step }) => step.note !== "" && step.state === "done" && step.evidence !== "");
  });

  it("is read again by a window that is opened later", async () => {
    const before = readFileSync(path, "utf8");
    const later = new RunbookFile(server);
    try {
      const runbook = await until("its runbook", () => later.runbook);
      assert.equal(runbook.started, true);
      assert.deepEqual(
        runbook.variants.filter(({ chosen }) => chosen).map(({ id }) => id),
        ["sqlServer", "dialer", "phones"],
      );
      assert.equal(readFileSync(path, "utf8"), before);
    } finally {
      later.dispose();
    }
  });

  it("shows a merge conflict, writes nothing into it, and merges it when asked to", async () => {
    const text = readFileSync(path, "utf8");
    const ours = text.replace(
      '"plan/lab":\n      {}',
      '"plan/lab":\n      {"note":"ours","noted":"2026-01-01T00:00:00.000Z"}',
    );
    assert.notEqual(ours, text);
    const theirs = text.replace(
      '"plan/lab":\n      {}',
      '"plan/lab":\n      {"state":"done","by":"Bob","at":"2026-01-02T00:00:00.000Z"}',
    );
    const conflict = `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`;
    writeFileSync(path, conflict);
    await until("the problem", () => (window.runbook?.conflict ? true : undefined));
    assert.match((rows()[0] as { text: string }).text, /merge conflict marker/);
    await run("markStepDone", "plan/lab");
    assert.equal(readFileSync(path, "utf8"), conflict);
    // The command is of the first window, which hears of it as the other did.
    await until("the merged file", async () => {
      await run("mergeRunbook");
      return readFileSync(path, "utf8").startsWith("{") ? true : undefined;
    });
    const { state, note } = marksOf("plan/lab");
    assert.deepEqual([state, note], ["done", "ours"]);
    await until("no problem", () => (window.runbook?.conflict ? undefined : true));
  });

  it("exports as Markdown and HTML, with progress", async () => {
    for (const [form, pattern] of [
      ["markdown", /^# Migration of sample\n\nMigration runbook\. \d+ of \d+ steps done \(\d+ %\)/],
      ["html", /<dt>Progress<\/dt><dd>\d+ of \d+ steps done/],
    ] as const) {
      const target = join(folder, `runbook-export.${form}`);
      try {
        await run("exportRunbook", form, vscode.Uri.file(target));
        assert.match(readFileSync(target, "utf8"), pattern);
      } finally {
        rmSync(target, { force: true });
      }
    }
  });

  it("leads to the command that does a step, and to the view that shows it", async () => {
    const row = await shown("handlers/compare", () => true);
    const titles = row.facts
      .filter(({ fact }) => fact.is === "link")
      .map((fact) => String(factItem(fact).label));
    assert.deepEqual(titles, ["Compare Handler Folders...", "Carry Forward Customizations..."]);
    const phones = join(folder, "push40.cfg");
    cpSync(join(root, "test/fixtures/config/push40.cfg"), phones);
    try {
      await run("runStepLink", "phones/push-file");
      await until("the phones' file", () =>
        vscode.window.activeTextEditor?.document.uri.fsPath === phones ? true : undefined,
      );
    } finally {
      rmSync(phones);
    }
  });
});

describe("the walkthrough", () => {
  it("opens, and leads to commands that exist", async () => {
    await run("openWalkthrough");
    await until("its tab", () => {
      const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "";
      return /Walkthrough|Get Started|Welcome/.test(label) ? label : undefined;
    });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const { contributes } = vscode.extensions.getExtension("handler-workbench.handler-workbench")!
      .packageJSON as {
      contributes: { walkthroughs: { steps: { description: string; completionEvents: string[] }[] }[] };
    };
    const known = new Set(await vscode.commands.getCommands());
    const { steps } = contributes.walkthroughs[0]!;
    assert.equal(steps.length, 6);
    for (const { description, completionEvents } of steps) {
      for (const [, command] of description.matchAll(/\(command:([\w.]+)/g))
        assert.ok(known.has(command!), command);
      for (const event of completionEvents) {
        const command = /^onCommand:(.*)$/.exec(event)?.[1];
        assert.ok(command === undefined || known.has(command), event);
      }
    }
  });
});
