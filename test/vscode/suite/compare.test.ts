import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { XMLValidator } from "fast-xml-parser";
import * as vscode from "vscode";
import type { Comparison } from "../../../client/src/compare/comparison";
import { type PairNode, type ResultNode, resultTree } from "../../../client/src/compare/resultTree";
import { needsProgram } from "../../needsProgram";
import { namesOf, Releases, run, soon, webview } from "./releases";

const incoming = "IVR/IVR_Incoming.ihd";

describe("comparing in VS Code", () => {
  const releases = new Releases();
  after(() => run("closeComparison"));

  const compare = async (...kinds: readonly string[][]): Promise<Comparison> => {
    const found = await run<Comparison | undefined>(
      "compareFolders",
      releases.uri("old-base"),
      releases.uri("custom"),
      ...kinds,
    );
    return found ?? assert.fail("nothing was compared");
  };
  const pairsOf = (comparison: Comparison): PairNode[] =>
    resultTree(comparison, [], (id) => id).flatMap((node: ResultNode) =>
      node.kind === "status" ? node.pairs : [],
    );
  const pairOf = (comparison: Comparison, name: string): PairNode =>
    pairsOf(comparison).find(({ pair }) => pair.name === name) ?? assert.fail(name);

  it("compares two folders, also where a handler cannot be read", async () => {
    const comparison = await compare();
    assert.deepEqual(comparison.result.summary, {
      ...{ changed: 8, added: 2, removed: 1, identical: 1, unreadable: 1 },
    });
    assert.deepEqual(namesOf(comparison, "added"), ["Contoso_Survey", "Contoso_WallboardText"]);
    assert.deepEqual(namesOf(comparison, "removed"), ["Notify_QueueAlarm"]);
    assert.deepEqual(namesOf(comparison, "unreadable"), ["Shared_SplitPairs"]);
    assert.match(pairOf(comparison, "Shared_SplitPairs").pair.note, /^The new handler: Reading stopped at /);
  });

  it("looks for the chosen kinds, and remembers them", async () => {
    const { kinds } = await compare();
    try {
      const chosen = await compare(["step-added", "label"]);
      assert.deepEqual(namesOf(chosen, "changed"), ["IVR_Incoming", "IVR_MainMenu"]);
      const again = await compare();
      assert.deepEqual([...again.kinds].sort(), ["label", "step-added"]);
      assert.deepEqual(again.result.summary, chosen.result.summary);
    } finally {
      assert.deepEqual((await compare([...kinds])).kinds, kinds);
    }
  });

  it("opens the listing diff at a step, and the flow diff beside it", async () => {
    const pair = pairOf(await compare(), "IVR_Incoming");
    const step = pair.groups.find(({ node }) => node === 12)!;
    await run("openListingDiff", step);
    await soon("the listing diff", () => releases.diffs()[0]);
    assert.deepEqual(releases.diffs(), [[`old-base/${incoming}`, `custom/${incoming}`]]);
    await releases.onScreen(`custom/${incoming}`, /^step 12 /m);
    await run("openFlowDiff", step);
    const tab = await soon("the flow diff", webview);
    assert.match((tab.input as vscode.TabInputWebview).viewType, /handlerWorkbench\.flowDiff$/);
    assert.match(tab.label, /^IVR_Incoming: .*old-base ↔ .*custom$/);
  });

  it("opens the handler alone where there is only one side", async () => {
    await run("openListingDiff", pairOf(await compare(), "Contoso_Survey"));
    const editor = await soon("the listing", () => vscode.window.activeTextEditor);
    assert.equal(editor.document.uri.query, releases.uri("custom/Contoso/Contoso_Survey.ihd").toString());
  });

  it("compares two handlers, in all the ways that menus offer", async () => {
    const [old, now] = [`old-base/${incoming}`, `custom/${incoming}`];
    const expect = async (comparison: Promise<Comparison | undefined>): Promise<void> => {
      assert.deepEqual(releases.sidesOf(await comparison), [old, now]);
      assert.deepEqual(releases.diffs(), [[old, now]]);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    };
    await expect(run("compareWith", releases.uri(now), releases.uri(old)));
    await run("selectForCompare", releases.uri(old));
    await expect(run("compareWithSelected", releases.uri(now)));
    // The explorer: where the menu was opened, and what is selected.
    await expect(run("compareSelected", releases.uri(now), [releases.uri(now), releases.uri(old)]));
    await expect(run("compareSelected", releases.uri(now), [releases.uri(old), releases.uri(now)]));
    // Source Control: what is selected, one by one.
    await expect(
      run("compareSelected", { resourceUri: releases.uri(old) }, { resourceUri: releases.uri(now) }),
    );
    assert.equal(await run("compareSelected", releases.uri(now), [releases.uri(now)]), undefined);
    assert.equal(await run("compareSelected"), undefined);
  });

  it("turns the sides round, and compares again", async () => {
    await compare();
    const turned = await run<Comparison>("swapSides");
    assert.deepEqual(releases.sidesOf(turned), ["custom", "old-base"]);
    assert.deepEqual(namesOf(turned, "added"), ["Notify_QueueAlarm"]);
    rmSync(releases.path("custom/Contoso/Contoso_Survey.ihd"));
    try {
      assert.deepEqual(namesOf(await run("compareAgain"), "removed"), ["Contoso_WallboardText"]);
    } finally {
      releases.restore("custom/Contoso/Contoso_Survey.ihd");
    }
  });

  it("says what is wrong with folders, and compares the rest", async () => {
    mkdirSync(releases.path("empty"));
    const nothing = await run<Comparison>("compareFolders", releases.uri("empty"), releases.uri("empty"));
    assert.deepEqual(nothing.result.pairs, []);
    assert.deepEqual(
      nothing.result.notes.map((note) => /^The (old|new) side has no handlers/.exec(note)?.[1]),
      ["old", "new"],
    );
    assert.equal(await run("compareFolders", releases.uri("never"), releases.uri("custom")), undefined);
    releases.copy("old-base/IVR", "twice/one");
    releases.copy("old-base/IVR", "twice/two");
    const twice = await run<Comparison>("compareFolders", releases.uri("twice"), releases.uri("custom/IVR"));
    assert.match(
      twice.result.notes.join("\n"),
      /IVR_MainMenu \(old: one\/.*two\/.*; new: IVR_MainMenu\.ihd\)/,
    );
    // Which of the two is meant, nobody can tell.
    assert.deepEqual(twice.result.summary, {
      ...{ changed: 0, added: 5, removed: 10, identical: 0, unreadable: 0 },
    });
  });

  it("exports the comparison in every form", async () => {
    const comparison = await compare();
    const written = async (format: string): Promise<string> => {
      const target = releases.uri(`reports/diff.${format}`);
      await run("exportComparison", { format, target, stylesheet: "" });
      return readFileSync(target.fsPath, "utf8");
    };
    assert.match(await written("html"), /^<!doctype html[^]*<svg[^]*Greet VIP/i);
    assert.match(await written("markdown"), /^# [^]*IVR\\_Incoming/);
    const { summary } = JSON.parse(await written("json")) as { summary: unknown };
    assert.deepEqual(summary, comparison.result.summary);
    assert.doesNotMatch(await written("xml"), /xml-stylesheet/);
  });

  it("exports XML that is well formed and that our stylesheet transforms", async function () {
    await compare();
    const target = releases.uri("styled/diff.xml");
    await run("exportComparison", { format: "xml", target, stylesheet: "handler-diff.xsl" });
    const xml = readFileSync(target.fsPath, "utf8");
    assert.equal(XMLValidator.validate(xml), true);
    assert.match(xml, /^<\?xml [^>]*\?>\n<\?xml-stylesheet type="text\/xsl" href="handler-diff.xsl"\?>/);
    needsProgram(this, "xsltproc");
    const page = execFileSync("xsltproc", ["--nonet", "diff.xml"], {
      cwd: releases.path("styled"),
      encoding: "utf8",
    });
    assert.match(page.replace(/\s+/g, " "), /8 changed, 2 added, 1 removed, 1 unreadable, 1 identical/);
    // A stylesheet that is there may be the user's own.
    writeFileSync(releases.path("styled/handler-diff.xsl"), "mine");
    await run("exportComparison", { format: "xml", target, stylesheet: "handler-diff.xsl" });
    assert.equal(readFileSync(releases.path("styled/handler-diff.xsl"), "utf8"), "mine");
  });
});
