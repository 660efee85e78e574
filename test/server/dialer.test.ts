import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  type DocumentSymbol,
  DocumentSymbolRequest,
  FileChangeType,
  type FileEvent,
  FoldingRangeRequest,
  HoverRequest,
  type Location,
  type MarkupContent,
  type Position,
  ReferencesRequest,
  type TextEdit,
} from "vscode-languageserver/node";
import {
  DialerCheckedNotification,
  DialerCleanUpRequest,
  DialerReferrersRequest,
  DialerReportRequest,
  DialerReportTextRequest,
  DialerViewRequest,
  ForgetNotification,
  FormatsRequest,
  RecogniseRequest,
  type ReportSubject,
  type ShownReport,
  WorkflowFiltersRequest,
} from "../../server/src/protocol";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, startServer } from "./stdio";

const fixtures = join(__dirname, "../fixtures");
const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => String(code));
const has =
  (code: string) =>
  (diagnostics: readonly Diagnostic[]): boolean =>
    codes(diagnostics).includes(code);

describe("text files of known formats", () => {
  let folder: Folder;
  let server: RunningServer;
  before(async () => {
    folder = new Folder().copy(join(fixtures, "dialer"), "dialer").copy(join(fixtures, "config"), "config");
    server = await startServer({ workspaceFolders: [folder.path] });
  });
  after(async () => {
    await server.stop();
    folder.remove();
    assert.deepEqual(
      server.log.filter((line) => /error/i.test(line)),
      [],
    );
  });

  const textOf = (name: string): string => readFileSync(join(folder.path, name), "utf8");
  const uriOf = (name: string): string => folder.uriOf(name);
  const ask = <Result>(method: string, params?: unknown): Promise<Result> =>
    server.connection.sendRequest<Result>(method, params);

  const recognise = async (name: string, head: string, chosen?: string): Promise<string | undefined> => {
    const params: RecogniseRequest.Params = { uri: uriOf(name), path: join(folder.path, name), head, chosen };
    return (await ask<RecogniseRequest.Result>(RecogniseRequest.method, params)).format?.id;
  };

  /** Opens a document as the editor does once the server has registered it. */
  async function open(name: string, text = textOf(name), chosen?: string): Promise<string> {
    await recognise(name, text, chosen);
    await server.open(uriOf(name), "plaintext", text);
    return uriOf(name);
  }

  /** The middle of `focus` in the first `context`. */
  function place(text: string, context: string, focus = context): Position {
    const at = text.indexOf(context);
    assert.ok(at >= 0, context);
    const before = text.slice(0, at + context.indexOf(focus) + (focus.length >> 1)).split("\n");
    return { line: before.length - 1, character: before.at(-1)!.length };
  }

  const configuration = "dialer/source/dialer_config.xml";

  describe("are recognised", () => {
    it("by name or content, and registered one by one; others are left alone", async () => {
      assert.equal(await recognise("dialer_config.xml", ""), "dialer");
      assert.equal(await recognise("export.xml", "<DIALERCONFIG2BATCH>"), "dialer");
      assert.equal(await recognise("other.xml", "<project/>"), undefined);
      assert.equal(await recognise("tnsnames.ora", ""), "tnsnames");
      assert.equal(await recognise("notes.txt", "nothing"), undefined);
      assert.equal(await recognise("notes.txt", "nothing", "netstat"), "netstat");
      assert.equal(await recognise("tnsnames.ora", "", ""), undefined);
      for (const method of ["hover", "didOpen", "didChange", "didClose", "completion", "definition"])
        assert.ok(server.registered.has(`textDocument/${method}`), method);
      await server.connection.sendNotification(ForgetNotification.method, { uri: uriOf("notes.txt") });
    });

    it("as one of these formats", async () => {
      const { formats } = await ask<FormatsRequest.Result>(FormatsRequest.method);
      assert.equal(new Set(formats.map(({ id }) => id)).size, formats.length);
      for (const id of ["tnsnames", "udl", "netstat", "migrator-script"])
        assert.ok(
          formats.some((format) => format.id === id),
          id,
        );
      assert.deepEqual(formats[0], { id: "dialer", title: "Dialer configuration" });
    });

    it("while they are open: what a text is checked as can change", async () => {
      const uri = await open("saved", textOf("config/ports.txt"), "netstat");
      await server.diagnostics(uri, has("netstat/port-in-use"));
      await recognise("saved", "", "sqlnet");
      await server.diagnostics(uri, (found) => found.length > 0 && !has("netstat/port-in-use")(found));
      await recognise("saved", "", "");
      await server.diagnostics(uri, (found) => found.length === 0);
    });
  });

  describe("that are Dialer configurations", () => {
    const text = readFileSync(join(fixtures, "dialer/source/dialer_config.xml"), "utf8");
    let uri = "";
    before(async () => {
      const checked = server.notification<DialerCheckedNotification.Params>(
        DialerCheckedNotification.method,
        (params) => params.uri === uriOf(configuration),
      );
      uri = await open(configuration);
      assert.equal((await checked).workflows, 3);
    });

    it("have their problems at their places", async () => {
      const found = await server.diagnostics(uri, has("dialer/lines-over-limit"));
      const limit = found.find(({ code }) => code === "dialer/lines-over-limit")!;
      const { line, character } = place(text, "<campaignmaxlines>2500", "2500");
      assert.deepEqual(limit.range.start, { line, character: character - 2 });
      assert.equal(limit.severity, 2);
      assert.match(String(limit.message), /\(documented: CIC Migration guide 2018 R5/);
      // Beside the configuration lie a data link and a tnsnames.ora.
      assert.ok(has("dialer/udl-missing")(found) && has("dialer/oracle-alias-missing")(found));
    });

    it("have an outline, folds, hovers, definitions and references", async () => {
      const textDocument = { uri };
      const { connection } = server;
      const symbols = (await connection.sendRequest(DocumentSymbolRequest.type, {
        textDocument,
      })) as DocumentSymbol[];
      const evening = symbols.find(({ name }) => name === "Evening");
      assert.deepEqual(
        evening?.children?.map(({ name, children }) => [name, children?.map((child) => child.name)]),
        [
          ["Pause at night", ["Restart"]],
          ["Low hit rate", ["Page the supervisor", "Other zones"]],
        ],
      );
      assert.deepEqual(symbols.find(({ name }) => name === "Old stuff")?.tags, [1]);
      const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
      assert.ok(folds?.some(({ startLine }) => startLine === place(text, 'name="Zones"').line));
      const position = place(text, 'display_name="Evening">{00030000', "{00030000");
      const hover = await connection.sendRequest(HoverRequest.type, { textDocument, position });
      assert.match((hover?.contents as MarkupContent).value, /^\*\*rule set Evening\*\*/);
      const definition = (await connection.sendRequest(DefinitionRequest.type, {
        textDocument,
        position,
      })) as Location[];
      assert.deepEqual(
        definition.map(({ range }) => range.start),
        [place(text, 'type="3" name="Evening"', "E")].map(({ line, character }) => ({ line, character })),
      );
      const context = { includeDeclaration: false };
      const references = await connection.sendRequest(ReferencesRequest.type, {
        textDocument,
        position,
        context,
      });
      assert.equal(references?.length, 6);
    });

    it("are listed by kind, with who refers to whom", async () => {
      const { groups, version, workflows } = await ask<DialerViewRequest.Result>(DialerViewRequest.method, {
        uri,
      });
      assert.deepEqual([version, workflows, groups[0]?.title], ["3.0.10", 3, "Campaigns"]);
      const old = groups.find(({ kind }) => kind === "workflow")?.items.find(({ deleted }) => deleted);
      assert.equal(old?.label, "Old stuff");
      const byId = await ask<DialerReferrersRequest.Result>(DialerReferrersRequest.method, {
        uri,
        id: old?.id,
      });
      assert.deepEqual([byId.object, byId.referrers], ["workflow “Old stuff”", []]);
      const at = place(text, 'type="3" name="Evening"', "type");
      const byPlace = await ask<DialerReferrersRequest.Result>(DialerReferrersRequest.method, { uri, at });
      assert.equal(byPlace.object, "rule set “Evening”");
      assert.deepEqual(
        byPlace.referrers.map(({ title }) => title),
        ["Spring", "Summer", "Winter calls", "Forgotten", "Alone", "Phone copy"],
      );
    });

    it("are read anew when they change, and answer for the newest text only", async () => {
      const changed = text.replace(">2500<", ">1500<").replace(' name="Evening"', ' name="Morning"');
      // Asked at the same time as the text changes: the answer is outdated, or about the new text.
      const asked = ask<DialerViewRequest.Result>(DialerViewRequest.method, { uri }).catch(() => undefined);
      await server.change(uri, changed);
      const { groups } = await ask<DialerViewRequest.Result>(DialerViewRequest.method, { uri });
      await asked;
      assert.ok(
        groups.find(({ kind }) => kind === "rule set")?.items.some(({ label }) => label === "Morning"),
      );
      await server.diagnostics(uri, (found) => found.length > 5 && !has("dialer/lines-over-limit")(found));
      await server.change(uri, text);
      await server.diagnostics(uri, has("dialer/lines-over-limit"));
    });

    it("keep step with single edits, one after another", async () => {
      const { line } = place(text, "<campaignmaxlines>2500");
      const edits = ["3", "1", "9"].map((digit, index) => {
        const at = { line, character: "\t\t<campaignmaxlines>".length + index };
        return { range: { start: at, end: { ...at, character: at.character + 1 } }, text: digit };
      });
      for (const [index, change] of edits.entries()) {
        await server.connection.sendNotification(DidChangeTextDocumentNotification.type, {
          textDocument: { uri, version: 100 + index },
          contentChanges: [change],
        });
      }
      const found = await server.diagnostics(uri, (all) =>
        all.some(({ message }) => String(message).includes("3190")),
      );
      assert.ok(has("dialer/lines-over-limit")(found));
      await server.change(uri, text);
      await server.diagnostics(uri, (all) => all.some(({ message }) => String(message).includes("2500")));
    });

    it("are checked again when a data link comes, and when the settings change", async () => {
      const udl = "dialer/source/archive.udl";
      folder.write(udl, textOf("config/dialer.udl"));
      const changes: FileEvent[] = [{ uri: uriOf(udl), type: FileChangeType.Created }];
      await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
      await server.diagnostics(uri, (found) => found.length > 5 && !has("dialer/udl-missing")(found));
      folder.remove(udl);
      await server.configure({
        "handlerWorkbench.rules": { "dialer/lines-over-limit": "error", "dialer/pager": "off" },
        "handlerWorkbench.dialer.deletedMarker": "gone",
        "handlerWorkbench.dialer.tnsnames": "no/such/tnsnames.ora",
      });
      const found = await server.diagnostics(uri, has("dialer/tnsnames-setting"));
      assert.ok(!has("dialer/deleted-workflow")(found) && !has("dialer/pager")(found));
      assert.equal(found.find(({ code }) => code === "dialer/lines-over-limit")?.severity, 1);
      await server.configure({ "handlerWorkbench.dialer.tnsnames": "config/tnsnames.ora" });
      await server.diagnostics(
        uri,
        (now) => has("dialer/pager")(now) && !has("dialer/oracle-alias-missing")(now),
      );
      await server.configure({});
      await server.diagnostics(uri, has("dialer/oracle-alias-missing"));
    });

    it("tell what will migrate: to show, with places, and to save", async () => {
      const subject: ReportSubject = { kind: "migration", uri };
      const report = await ask<ShownReport>(DialerReportRequest.method, subject);
      const objects = report.tables.find(({ title }) => title === "Objects")!;
      const winter = objects.rows.find(({ cells }) => cells[1] === "Winter calls")!;
      assert.deepEqual([winter.cells[2], winter.tone], ["stays behind", "bad"]);
      assert.equal(winter.at?.span.start.line, place(text, 'name="Winter calls"').line);
      const save = async (form: string): Promise<string> =>
        (await ask<DialerReportTextRequest.Result>(DialerReportTextRequest.method, { subject, form })).text;
      assert.match(await save("markdown"), /^# What will migrate: dialer\\_config\.xml\n/);
      assert.match(await save("html"), /^<!doctype html>[^]*<td>Winter calls<\/td>/);
      assert.match(
        await save("csv"),
        /^\uFEFF"Kind","Name",[^]*\r\n"campaign","Winter calls","stays behind",/,
      );
    });

    it("list workflows by every filter of the guide", async () => {
      const filters = await ask<WorkflowFiltersRequest.Result>(WorkflowFiltersRequest.method, { uri });
      assert.deepEqual(filters, {
        workflows: 3,
        statuses: ["Active", "Completed", "Off", "Error"].map((status) => ({ status, name: status })),
        dataSources: ["archive.udl", "contacts.udl"],
      });
      const names = async (filter: object): Promise<string[]> => {
        const subject = { kind: "workflows", uri, filter };
        const { tables } = await ask<ShownReport>(DialerReportRequest.method, subject);
        return tables[0]!.rows.map(({ cells }) => cells[0]!);
      };
      assert.deepEqual(await names({}), ["Outbound", "Winter", "Old stuff"]);
      assert.deepEqual(await names({ statuses: ["Off", "Completed"] }), ["Winter", "Old stuff"]);
      assert.deepEqual(await names({ statuses: [] }), []);
      assert.deepEqual(await names({ paused: true }), ["Winter"]);
      assert.deepEqual(await names({ deleted: false }), ["Outbound", "Winter"]);
      assert.deepEqual(await names({ dataSources: ["contacts.udl"] }), ["Outbound"]);
    });

    it("are compared as they are in the editor and on disk", async () => {
      const [old, now] = ["dialer/target/monday.xml", "dialer/target/tuesday.xml"].map(uriOf);
      const rows = async (everything: boolean): Promise<readonly (readonly string[])[]> => {
        const subject = { kind: "comparison", old, new: now, everything };
        const { tables } = await ask<ShownReport>(DialerReportRequest.method, subject);
        return tables[0]!.rows.map(({ cells }) => cells);
      };
      const changes = await rows(false);
      assert.ok(changes.length > 0 && !changes.some(([, , , path]) => path === "active"));
      assert.ok((await rows(true)).length > changes.length);
      await open("dialer/target/tuesday.xml", textOf("dialer/target/monday.xml"));
      const subject = { kind: "comparison", old, new: now, everything: true };
      const same = await ask<ShownReport>(DialerReportRequest.method, subject);
      assert.deepEqual([same.title, same.tables], ["monday.xml → tuesday.xml", []]);
    });

    it("would lose their deleted workflows: the text, in the encoding of the file", async () => {
      const name = "dialer/utf16.xml";
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
      folder.write(name, utf16);
      const result = await ask<DialerCleanUpRequest.Result>(DialerCleanUpRequest.method, {
        uri: uriOf(name),
      });
      assert.equal(result.refused, null);
      assert.deepEqual(result.removed, [{ name: "Old stuff", marker: 'deleted="1"' }]);
      assert.ok(!result.text.includes("Old stuff"));
      const bytes = Buffer.from(result.bytes, "base64");
      assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe]);
      assert.equal(bytes.subarray(2).toString("utf16le"), result.text);
      assert.deepEqual(readFileSync(join(folder.path, name)), utf16);
    });

    it("that cannot be read are refused with the reason", async () => {
      folder.write("broken.xml", "no XML at all");
      await assert.rejects(
        async () => await ask(DialerViewRequest.method, { uri: uriOf("none.xml") }),
        /none\.xml cannot be read: ENOENT/,
      );
      await assert.rejects(
        async () => await ask(DialerViewRequest.method, { uri: uriOf("broken.xml") }),
        /broken\.xml is not XML/,
      );
    });

    it("have no problems any more when they are closed", async () => {
      await server.close(uri);
      await server.diagnostics(uri, (found) => found.length === 0);
      const hover = { textDocument: { uri }, position: { line: 1, character: 3 } };
      assert.equal(await server.connection.sendRequest(HoverRequest.type, hover), null);
    });
  });

  describe("that are small", () => {
    it("have problems, hovers, an outline and completion", async () => {
      const text = textOf("config/InteractiveUpdate.config");
      const uri = await open("config/InteractiveUpdate.config");
      await server.diagnostics(uri, (found) => found.length > 0);
      const textDocument = { uri };
      const position = place(text, "CFUTimeMin");
      const hover = await server.connection.sendRequest(HoverRequest.type, { textDocument, position });
      assert.match((hover?.contents as MarkupContent).value, /Shortest time between two checks/);
      const items = await server.connection.sendRequest(CompletionRequest.type, { textDocument, position });
      assert.ok(Array.isArray(items));
      const item = items.find(({ label }) => label === "MaximumMessageSize");
      assert.equal((item?.textEdit as TextEdit).range.end.character, position.character);
      const symbols = await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
      assert.ok((symbols as DocumentSymbol[]).some(({ name }) => name === "CFUTimeMin"));
    });

    it("show no password, neither in hovers nor in the outline nor in problems", async () => {
      const text = readFileSync(join(folder.path, "config/dialer.udl")).toString("utf16le").slice(1);
      const secret = /Password="([^"]+)"/i.exec(text)![1]!;
      const uri = await open("config/dialer.udl", text);
      const textDocument = { uri };
      const said = [
        await server.diagnostics(uri, has("udl/password")),
        await server.connection.sendRequest(HoverRequest.type, {
          textDocument,
          position: place(text, secret),
        }),
        await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
      ];
      assert.ok(JSON.stringify(said).includes("********"));
      assert.ok(!JSON.stringify(said).includes(secret));
    });

    it("are held against their neighbours, and again when those change", async () => {
      const uri = await open("config/i3pubs.lst");
      const before = await server.diagnostics(uri, has("i3pub-list/missing"));
      const missing = /(\S+\.i3pub) is not in the folder/.exec(
        String(before.find(({ code }) => code === "i3pub-list/missing")?.message),
      )![1]!;
      folder.write(`config/${missing}`, "");
      const changes: FileEvent[] = [{ uri: uriOf(`config/${missing}`), type: FileChangeType.Created }];
      await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
      await server.diagnostics(
        uri,
        (found) => !found.some(({ message }) => String(message).startsWith(missing)),
      );
    });
  });
});
