import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Comparison } from "../../../client/src/compare/comparison";

const patience = 20_000;

/** The value, as soon as there is one. */
export async function soon<T>(what: string, find: () => T | undefined): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) assert.fail(`not in ${patience / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Runs a command of ours; undefined also when it failed, which the user was told. */
export const run = async <T>(command: string, ...args: unknown[]): Promise<T> =>
  (await vscode.commands.executeCommand(`handlerWorkbench.${command}`, ...args)) as T;

export const namesOf = ({ result: { pairs } }: Comparison, status: string): string[] =>
  pairs.filter((pair) => pair.status === status).map(({ name }) => name);

/** Whether a webview is in front. */
export const webview = (): vscode.Tab | undefined => {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  return activeTab?.input instanceof vscode.TabInputWebview ? activeTab : undefined;
};

export const closeAll = async (): Promise<void> => {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await vscode.commands.executeCommand("notifications.clearAll");
};

/** Two releases of handlers and what a customer made of the first: `old-base`, `custom`, `new-base`. */
export class Releases {
  private place = "";

  /** To be called in a `describe`, for whose tests there is a copy outside the workspace. */
  constructor() {
    before(() => {
      this.place = mkdtempSync(join(tmpdir(), "hw-releases-"));
      cpSync(this.source, this.place, { recursive: true });
    });
    afterEach(closeAll);
    after(() => rmSync(this.place, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.place, ...name.split("/"));
  }

  uri(name: string): vscode.Uri {
    return vscode.Uri.file(this.path(name));
  }

  copy(from: string, to: string): void {
    cpSync(this.path(from), this.path(to), { recursive: true });
  }

  /** Brings a file back that a test took away. */
  restore(name: string): void {
    cpSync(join(this.source, name), this.path(name));
  }

  /** Old and new of a comparison, as they are called. */
  sidesOf(comparison: Comparison | undefined): string[] {
    assert.ok(comparison, "nothing was compared");
    return [comparison.old.label, comparison.now.label].map((label) =>
      label.slice(label.indexOf(this.place) + this.place.length + 1),
    );
  }

  /** Old and new of the listing diffs on screen, the front one of every group. */
  diffs(): string[][] {
    return vscode.window.tabGroups.all.flatMap(({ activeTab }) => {
      if (!(activeTab?.input instanceof vscode.TabInputTextDiff)) return [];
      const sides = [activeTab.input.original, activeTab.input.modified];
      for (const { scheme } of sides) assert.equal(scheme, "handler-listing");
      return [sides.map(({ query }) => vscode.Uri.parse(query).path.slice(this.place.length + 1))];
    });
  }

  /** Waits until such a line of a handler's listing is on screen. */
  async onScreen(name: string, line: RegExp): Promise<void> {
    await soon(`${line} of ${name}`, () =>
      vscode.window.visibleTextEditors.find(
        ({ document, visibleRanges }) =>
          document.uri.query === this.uri(name).toString() &&
          visibleRanges.some((range) => line.test(document.getText(range))),
      ),
    );
  }

  private get source(): string {
    const { extensionPath } = vscode.extensions.getExtension("handler-workbench.handler-workbench")!;
    return join(extensionPath, "test/fixtures/releases");
  }
}
