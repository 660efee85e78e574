import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { script, sharedScripts, until, workspaceFolder } from "./scriptsHelp";

describe("script files in VS Code", () => {
  const scripts = sharedScripts();

  it("of a bound folder have problems, an outline and hovers; other .sql files are left alone", async () => {
    await scripts().lists.bind(join(workspaceFolder(), "db", "Scripts"));
    const text = "PRINT '$(Nobody)'\nGO\n:r nowhere.sql\n";
    const inside = script("Scripts/sqlserver/source/Odd.sql", text);
    const outside = script("elsewhere.sql", text);
    const { uri } = await vscode.window
      .showTextDocument(await vscode.workspace.openTextDocument(outside))
      .then(({ document }) => document);
    const document = await vscode.workspace.openTextDocument(inside);
    await vscode.window.showTextDocument(document);
    const codes = await until(
      () => "problems of the script in the folder",
      () => {
        const found = vscode.languages.getDiagnostics(document.uri).map(({ code }) => String(code));
        return found.includes("include-missing") ? found : undefined;
      },
    );
    assert.ok(codes.includes("undefined-variable"));
    const shown = await until(
      () => "its language",
      () =>
        vscode.workspace.textDocuments.find(
          (each) => each.uri.fsPath === inside && each.languageId === "sqlcmd-script",
        ),
    );
    const symbols = await until(
      () => "its outline",
      async () => {
        const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
          "vscode.executeDocumentSymbolProvider",
          shown.uri,
        );
        return found?.length > 0 ? found : undefined;
      },
    );
    assert.equal(symbols[0]?.name, "PRINT '$(Nobody)'");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      shown.uri,
      new vscode.Position(0, 10),
    );
    assert.match(
      hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join(),
      /no value/,
    );
    assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
    assert.notEqual(
      vscode.workspace.textDocuments.find((each) => each.uri.fsPath === outside)?.languageId,
      "sqlcmd-script",
    );
  });

  it("anywhere are helped with on request, and left alone again", async () => {
    const path = script("asked.sql", "&nobody\nBEGIN\n  NULL;\nEND;\n");
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await scripts().files.choose(document, { dialect: "sqlplus" });
    await until(
      () => "problems on request",
      () => (vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined),
    );
    const now = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path)!;
    await scripts().files.choose(now, { dialect: "" });
    await until(
      () => "no more problems",
      () => (vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined),
    );
  });
});
