import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as vscode from "vscode";

const fixtures = resolve(__dirname, "../../../test/fixtures");
const patience = 20_000;

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

  const small: readonly (readonly [file: string, code: string])[] = [
    ["dialer.udl", "udl/password"],
    ["tnsnames.ora", "tnsnames/port"],
    ["sqlnet.ora", "sqlnet/"],
    ["InteractiveUpdate.config", "interactive-update/"],
    ["push40.cfg", "polycom-push/"],
    ["onex.reg", "one-x-java/"],
    ["install.cmd", "silent-install/"],
    ["ports.txt", "netstat/port-in-use"],
    ["DesignerRegisteredTools.lst", "designer-tools/"],
    ["i3pubs.lst", "i3pub-list/"],
  ];
  for (const [file, code] of small) {
    it(`finds problems in ${file}`, async () => {
      await problems(await open(`config/${file}`), (codes) => codes.some((each) => each.startsWith(code)));
    });
  }

  it("reads data links in UTF-16, and shows no password of theirs on hover", async () => {
    const editor = await open("config/dialer.udl");
    assert.match(editor.document.getText(), /^\[oledb\]/);
    assert.equal(editor.document.languageId, "udl");
    await problems(editor, (codes) => codes.includes("udl/password"));
    const secret = /Password=([^;\r\n]+)/i.exec(editor.document.getText())![1]!;
    const text = await hovers(editor, secret);
    assert.match(text, /Password/);
    assert.ok(!text.includes(secret), text);
  });

  it("explains and completes settings of Interactive Update", async () => {
    const editor = await open("config/InteractiveUpdate.config");
    await problems(editor);
    assert.match(await hovers(editor, "CFUTimeMin"), /Shortest time between two checks/);
    const at = place(editor, "CFUTimeMin");
    const { items } = await ask<vscode.CompletionList>(
      "executeCompletionItemProvider",
      editor.document.uri,
      at,
    );
    const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("MaximumMessageSize"), labels.slice(0, 20).join());
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
});
