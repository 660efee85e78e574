import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as vscode from "vscode";
import { largeConfiguration } from "../../bench/dialerConfiguration";

const fixtures = resolve(__dirname, "../../../test/fixtures");
const patience = 30_000;

/** Waits until `value` gives something; says what was awaited when it does not. */
async function until<T>(what: () => string, value: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const now = await value();
    if (now !== undefined) return now;
    if (Date.now() > end) throw new Error(`Not in ${patience / 1000} s: ${what()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const ask = async <T>(command: string, ...args: unknown[]): Promise<T> =>
  (await vscode.commands.executeCommand(`vscode.${command}`, ...args)) as T;

describe("Dialer configurations and small formats in VS Code", () => {
  let folder = "";
  before(() => {
    folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, "Dialer");
    cpSync(join(fixtures, "dialer/source"), folder, { recursive: true });
    cpSync(join(fixtures, "dialer/target"), join(folder, "target"), { recursive: true });
    cpSync(join(fixtures, "config"), join(folder, "config"), { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  async function open(name: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(join(folder, name));
    assert.equal(document.isDirty, false, `${name} is dirty`);
    return await vscode.window.showTextDocument(document);
  }

  /** The problems of a document, when there are some that `wanted` likes. */
  async function problems(
    { document: { uri } }: vscode.TextEditor,
    wanted: (codes: readonly string[]) => boolean = (codes) => codes.length > 0,
  ): Promise<vscode.Diagnostic[]> {
    const codes = (): string[] => vscode.languages.getDiagnostics(uri).map(({ code }) => String(code));
    await until(
      () => `other problems of ${uri.path} than ${codes().join(", ") || "none"}`,
      () => (wanted(codes()) ? true : undefined),
    );
    return vscode.languages.getDiagnostics(uri);
  }

  /** The middle of the first `focus` in the first `context`. */
  function place({ document }: vscode.TextEditor, context: string, focus = context): vscode.Position {
    const at = document.getText().indexOf(context);
    assert.ok(at >= 0, `'${context}' is not in the text`);
    return document.positionAt(at + context.indexOf(focus) + Math.floor(focus.length / 2));
  }

  const hovers = async (editor: vscode.TextEditor, context: string, focus?: string): Promise<string> => {
    const found = await ask<vscode.Hover[]>(
      "executeHoverProvider",
      editor.document.uri,
      place(editor, context, focus),
    );
    return found
      .flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value))
      .join("\n");
  };

  it("has its problems, at their places, without being edited", async () => {
    const editor = await open("dialer_config.xml");
    assert.equal(editor.document.languageId, "dialer-configuration");
    const found = await problems(editor);
    const shown = (code: string): string[] =>
      found.filter((each) => each.code === code).map(({ range }) => editor.document.getText(range));
    assert.deepEqual(shown("dialer/lines-over-limit"), ["2500"]);
    assert.deepEqual(shown("dialer/udl-missing"), ["archive.udl"]);
    assert.ok(
      found.every(
        ({ source, message }) =>
          source === "Handler Workbench" && /\((documented|seen|inferred)/.test(message),
      ),
    );
    assert.equal(editor.document.isDirty, false);
  });

  it("is checked again while it is edited, in one go with what changes meanwhile", async () => {
    const editor = await open("dialer_config.xml");
    await problems(editor, (codes) => codes.includes("dialer/lines-over-limit"));
    const line = place(editor, "<campaignmaxlines>2500<", "2500");
    const range = editor.document.getWordRangeAtPosition(line)!;
    await editor.edit((edit) => edit.replace(range, "1999"));
    await problems(editor, (codes) => codes.length > 5 && !codes.includes("dialer/lines-over-limit"));
    await vscode.commands.executeCommand("undo");
    await problems(editor, (codes) => codes.includes("dialer/lines-over-limit"));
  });

  it("has an outline with the names of objects, rules and actions", async () => {
    const { document } = await open("dialer_config.xml");
    const symbols = await until(
      () => "an outline",
      async () => {
        const found = await ask<vscode.DocumentSymbol[]>("executeDocumentSymbolProvider", document.uri);
        return found?.length > 0 ? found : undefined;
      },
    );
    const rules = symbols.find(({ name }) => name === "Evening");
    assert.equal(rules?.detail, "rule set");
    const paths = rules.children.flatMap(({ name, children }) =>
      children.map((child) => `${name} > ${child.name}`),
    );
    assert.ok(paths.includes("Low hit rate > Page the supervisor"), paths.join());
    assert.equal(symbols.find(({ name }) => name === "Old stuff")?.detail, "workflow, deleted");
  });

  it("folds objects", async () => {
    const { document } = await open("dialer_config.xml");
    const folds = await until(
      () => "folds by syntax",
      async () => {
        const found = await ask<vscode.FoldingRange[]>("executeFoldingRangeProvider", document.uri);
        return found?.length > 0 ? found : undefined;
      },
    );
    const text = (line: number): string => document.lineAt(line).text.trim();
    const zones = folds.find(({ start }) => text(start).includes('name="Zones"'));
    assert.ok(zones);
    assert.equal(text(zones.end), "</ZONESET>");
  });

  it("says on hover whom an id leads to and what a property means", async () => {
    const editor = await open("dialer_config.xml");
    await problems(editor);
    const onId = await hovers(editor, "<rulesetid", "rulesetid");
    assert.match(onId, /rulesetid/);
    const list = 'display_name="Spring list">{00190000';
    assert.match(
      await hovers(editor, list, "{00190000"),
      /contact list Spring list[^]*Referred to by[^]*Summer/,
    );
    assert.match(
      await hovers(editor, "<campaignmaxlines>40", "campaignmaxlines"),
      /at most 2000 in 4\.0.*documented/,
    );
  });

  it("leads from an id to its object and from an object to all who refer to it", async () => {
    const editor = await open("dialer_config.xml");
    await problems(editor);
    const { document } = editor;
    const at = place(editor, 'display_name="Evening">{00030000-', "{00030000-");
    const definitions = await ask<vscode.Location[]>("executeDefinitionProvider", document.uri, at);
    assert.deepEqual(
      definitions.map(({ range }) => document.getText(range)),
      ["Evening"],
    );
    const object = place(editor, 'type="3" name="Evening"', "type");
    const references = await ask<vscode.Location[]>("executeReferenceProvider", document.uri, object);
    const lines = references.map(({ range }) => document.lineAt(range.start).text.trim());
    assert.equal(lines.filter((line) => line.startsWith("<rulesetid")).length, 5);
  });

  it("recognises an export of any name by its content, and leaves other XML alone", async () => {
    writeFileSync(
      join(folder, "monday.xml"),
      '<DIALERCONFIG2BATCH>\n<DIALEROBJECT id="{1}" type="1" name="A"/><DIALEROBJECT id="{1}" type="1" name="B"/></DIALERCONFIG2BATCH>\n',
    );
    writeFileSync(join(folder, "other.xml"), '<project>\n  <campaign id="{1}" name="A"/>\n</project>\n');
    const batch = await open("monday.xml");
    assert.equal(batch.document.languageId, "xml");
    await problems(batch, (codes) => codes.includes("dialer/duplicate-id"));
    const { document } = await open("other.xml");
    assert.deepEqual(await ask("executeHoverProvider", document.uri, new vscode.Position(1, 5)), []);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it("offers to turn off the rule of a problem, and the setting is obeyed", async () => {
    const editor = await open("dialer_config.xml");
    const found = await problems(editor, (codes) => codes.includes("dialer/lines-over-limit"));
    const { range } = found.find(({ code }) => code === "dialer/lines-over-limit")!;
    const actions = await ask<vscode.CodeAction[]>("executeCodeActionProvider", editor.document.uri, range);
    const action = actions.find(({ title }) => title === "Turn off dialer/lines-over-limit");
    assert.ok(action?.command, actions.map(({ title }) => title).join());
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    await problems(editor, (codes) => codes.length > 5 && !codes.includes("dialer/lines-over-limit"));
    const settings = vscode.workspace.getConfiguration("handlerWorkbench");
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
    await problems(editor, (codes) => codes.includes("dialer/lines-over-limit"));
  });

  it("takes the marker of deleted objects from the settings", async () => {
    const editor = await open("dialer_config.xml");
    await problems(editor, (codes) => codes.includes("dialer/deleted-workflow"));
    const settings = vscode.workspace.getConfiguration("handlerWorkbench.dialer");
    await settings.update("deletedMarker", "gone", vscode.ConfigurationTarget.Workspace);
    await problems(editor, (codes) => codes.length > 5 && !codes.includes("dialer/deleted-workflow"));
    await settings.update("deletedMarker", undefined, vscode.ConfigurationTarget.Workspace);
    await problems(editor, (codes) => codes.includes("dialer/deleted-workflow"));
  });

  it("checks against the data links around it, and again when they change", async () => {
    const editor = await open("dialer_config.xml");
    await problems(editor, (codes) => codes.includes("dialer/udl-missing"));
    cpSync(join(folder, "UDL/Contacts.UDL"), join(folder, "archive.udl"));
    await problems(editor, (codes) => codes.length > 5 && !codes.includes("dialer/udl-missing"));
    rmSync(join(folder, "archive.udl"));
    await problems(editor, (codes) => codes.includes("dialer/udl-missing"));
  });

  /** Files with what is wrong in them, a place to hover over, and one to complete at with what is offered. */
  const small: readonly {
    readonly file: string;
    readonly problem: string;
    readonly hover: readonly [at: string, says: RegExp];
    readonly completion?: readonly [after: string, label: string];
  }[] = [
    { file: "dialer.udl", problem: "udl/password", hover: ["SQLOLEDB.1", /Provider/] },
    {
      file: "tnsnames.ora",
      problem: "tnsnames/port",
      hover: ["DIALERDB", /dialer on db\.example\.com:1521/],
      completion: ["\n\nBROK", "ALIAS = (DESCRIPTION ...)"],
    },
    {
      file: "sqlnet.ora",
      problem: "sqlnet/authentication",
      hover: ["(NTS)", /want \\?\(NONE\\?\).*documented/],
      completion: ["AUTHENTICATION_SERVICES= (N", "(NONE)"],
    },
    {
      file: "InteractiveUpdate.config",
      problem: "interactive-update/min-over-max",
      hover: ["CFUTimeMin", /Shortest time between two checks/],
      completion: ["<ClientSettings ", "MaximumMessageSize"],
    },
    {
      file: "push40.cfg",
      problem: "polycom-push/option-unchanged",
      hover: ["device.dhcp.bootSrvOpt=", /128 to 254/],
      completion: ["<device ", "device.prov.tagSerialNo.set"],
    },
    {
      file: "pushbackto30.cfg",
      problem: "polycom-push/remove-after-use",
      hover: ["device.dhcp.bootSrvOpt=", /160 is the one in use before/],
    },
    { file: "onex.reg", problem: "one-x-java/decimal-as-hex", hover: ["JvmMs", /1298 \(0x512\)/] },
    {
      file: "install.cmd",
      problem: "silent-install/blanks",
      hover: ["SECUREMODE=1", /1 for HTTPS/],
      completion: ['/s /v"/qn ', "ONEX_PORTAL_SERVER"],
    },
    { file: "ports.txt", problem: "netstat/port-in-use", hover: ["0.0.0.0:8080", /HTTP for users/] },
    {
      file: "DesignerRegisteredTools.lst",
      problem: "designer-tools/twice",
      hover: ["OtherTools.dll", /enabled/],
    },
    {
      file: "i3pubs.lst",
      problem: "i3pub-list/missing",
      hover: ["Second handler", /activation status/],
    },
  ];
  for (const { file, problem, hover, completion } of small) {
    it(`checks and explains ${completion ? "and completes " : ""}${file}`, async () => {
      const editor = await open(`config/${file}`);
      await problems(editor, (codes) => codes.includes(problem));
      assert.match(await hovers(editor, hover[0]), hover[1]);
      if (!completion) return;
      const [after, label] = completion;
      const at = editor.document.getText().indexOf(after);
      assert.ok(at >= 0, `'${after}' is not in the text`);
      const { items } = await ask<vscode.CompletionList>(
        "executeCompletionItemProvider",
        editor.document.uri,
        editor.document.positionAt(at + after.length),
      );
      const labels = items.map((item) => (typeof item.label === "string" ? item.label : item.label.label));
      assert.ok(labels.includes(label), labels.slice(0, 20).join());
    });
  }

  it("reads data links in UTF-16, and shows no password of theirs on hover", async () => {
    const editor = await open("config/dialer.udl");
    assert.match(editor.document.getText(), /^\[oledb\]/);
    assert.equal(editor.document.languageId, "udl");
    await problems(editor, (codes) => codes.includes("udl/password"));
    const secret = /Password="([^"]+)"/i.exec(editor.document.getText())![1]!;
    const text = await hovers(editor, secret);
    assert.match(text, /Password/);
    assert.ok(!text.includes(secret), text);
  });

  it("opens data links that were written in other encodings as well, and says so", async () => {
    const text = "[oledb]\r\nProvider=SQLNCLI11;Data Source=db\r\n";
    writeFileSync(join(folder, "plain.udl"), text);
    writeFileSync(join(folder, "bare.udl"), Buffer.from(text, "utf16le"));
    for (const name of ["plain.udl", "bare.udl"]) {
      const editor = await open(name);
      assert.match(editor.document.getText(), /^\[oledb\]/, name);
      const found = await problems(editor);
      assert.deepEqual(
        found.map(({ code }) => code),
        ["udl/encoding"],
        name,
      );
    }
  });

  const uriOf = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));
  /** Waits for the tab with this title. */
  const tab = async (title: string): Promise<vscode.Tab> =>
    await until(
      () => `a tab ${title}`,
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === title),
    );

  it("tells what will migrate in a report of its own, once a configuration", async () => {
    await vscode.commands.executeCommand("handlerWorkbench.showMigration", uriOf("dialer_config.xml"));
    const report = await tab("What will migrate: dialer_config.xml");
    assert.ok(report.input instanceof vscode.TabInputWebview);
    await vscode.commands.executeCommand("handlerWorkbench.showMigration", uriOf("dialer_config.xml"));
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter(({ label }) => label === report.label).length, 1);
  });

  it("compares the two configurations that are selected in the explorer", async () => {
    const [monday, tuesday] = [uriOf("target/monday.xml"), uriOf("target/tuesday.xml")];
    await vscode.commands.executeCommand("handlerWorkbench.compareDialer", tuesday, [tuesday, monday]);
    const report = await until(
      () => "a comparison",
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ label }) => /^(?:monday\.xml → tuesday\.xml|tuesday\.xml → monday\.xml)$/.test(label)),
    );
    assert.ok(report.input instanceof vscode.TabInputWebview);
  });

  it("shows what removing deleted workflows changes, and writes a new file beside the old one when told", async () => {
    const original = readFileSync(join(folder, "dialer_config.xml"), "utf8");
    const target = join(folder, "dialer_config.without-deleted.xml");
    // Ends with the answer to its message, which nobody gives here.
    void vscode.commands.executeCommand(
      "handlerWorkbench.removeDeletedWorkflows",
      uriOf("dialer_config.xml"),
    );
    const { input } = await tab("dialer_config.xml (without deleted workflows)");
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.fsPath, join(folder, "dialer_config.xml"));
    const proposed = (await vscode.workspace.openTextDocument(input.modified)).getText();
    const from = original.indexOf('<DIALEROBJECT id="{00020002-');
    const to = original.indexOf("</DIALEROBJECT>", from) + "</DIALEROBJECT>".length;
    assert.equal(proposed, original.slice(0, from) + original.slice(to));
    assert.equal(existsSync(target), false);
    await vscode.commands.executeCommand("handlerWorkbench.writeProposal", input.modified);
    assert.equal(readFileSync(target, "utf8"), proposed);
    assert.equal(readFileSync(join(folder, "dialer_config.xml"), "utf8"), original);
    await tab("dialer_config.without-deleted.xml");
    rmSync(target);
  });

  it("opens a configuration of 10 MB, beside another file", async function () {
    this.timeout(4 * patience);
    const text = largeConfiguration();
    assert.ok(text.length >= 10 * 1024 * 1024);
    writeFileSync(join(folder, "large.xml"), text);
    const small = await open("config/InteractiveUpdate.config");
    const large = await open("large.xml");
    assert.match(await hovers(small, "CFUTimeMin"), /Shortest time/);
    const found = await problems(large, (codes) => codes.includes("dialer/lines-over-limit"));
    assert.ok(found.some(({ range }) => large.document.getText(range) === "2500"));
    const list = 'display_name="List 0">{';
    assert.match(await hovers(large, list, "{"), /contact list List 0/);
    const symbols = await ask<vscode.DocumentSymbol[]>("executeDocumentSymbolProvider", large.document.uri);
    assert.equal(symbols.at(-1)?.name, `Column ${symbols.length / 4 - 1}`);
  });
});
