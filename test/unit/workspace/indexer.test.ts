import assert from "node:assert/strict";
import { renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { HandlerIndex } from "../../../server/src/workspace/handlerIndex";
import { findingsOf } from "../../../server/src/workspace/findings";
import { Indexer, type Outcome } from "../../../server/src/workspace/indexer";
import { Models } from "../../../server/src/workspace/models";
import { HandlerReader, type ReadResult } from "../../../server/src/workspace/reader";
import { defaultSettings, type Settings } from "../../../server/src/workspace/settings";
import { toIhd } from "../../builder/ihd";
import { toXml } from "../../builder/xml";
import { handler, type HandlerBuilder } from "../../builder/handler";
import { subroutine } from "../../builder/signatures";
import { planted } from "../../fixtures/handlers/ivr";
import { sampleFolder } from "../../fixtures/makeSample";
import { corpus, needsCorpus } from "../../corpus";
import { Folder } from "./folder";

/** An index of folders, with the handlers that were read counted. */
class Bench {
  readonly read: string[] = [];
  readonly index = new HandlerIndex();
  readonly reader = new CountingReader(this.read);
  readonly models = new Models((uri) => this.reader.read(uri));
  readonly indexer = new Indexer(this.index, this.reader, this.models, { find: async () => [] });
  settings: Settings = defaultSettings;

  async all(folder: string, signal = new AbortController().signal): Promise<Outcome> {
    return await this.indexer.indexAll([folder], this.settings, signal, () => undefined);
  }

  async changed(...uris: string[]): Promise<string[]> {
    return await this.update(uris, false);
  }

  async deleted(...uris: string[]): Promise<string[]> {
    return await this.update(uris, true);
  }

  get names(): string[] {
    return [...this.index.all()].map(({ summary }) => summary.name).sort();
  }

  private async update(uris: readonly string[], deleted: boolean): Promise<string[]> {
    const changes = uris.map((uri) => ({ uri, deleted }));
    return await this.indexer.update(changes, new AbortController().signal);
  }
}

class CountingReader extends HandlerReader {
  constructor(private readonly log: string[]) {
    super(() => Promise.resolve({ error: "no editor" }));
  }

  override async read(uri: string): Promise<ReadResult> {
    this.log.push(decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1)));
    return await super.read(uri);
  }
}

function simple(name: string, ...calls: string[]): HandlerBuilder {
  const built = handler(name);
  let last = built.start();
  for (const call of calls) {
    const next = built.call(subroutine(call, "", []));
    last.to(next);
    last = next;
  }
  return built;
}

describe("the index of handlers", () => {
  let folder: Folder;
  let bench: Bench;
  beforeEach(() => {
    folder = new Folder();
    bench = new Bench();
  });
  afterEach(() => folder.remove());

  it("reads .ihd in any case, and of the XML files only handler exports", async () => {
    folder.write("A.ihd", simple("A")).write("deep/er/B.IHD", toIhd(simple("B")));
    folder
      .write("C.xml", toXml(simple("C")))
      .write("settings.xml", "<Settings/>")
      .write("notes.txt", "x");
    const outcome = await bench.all(folder.uri);
    assert.deepEqual(bench.names, ["A", "B", "C"]);
    assert.deepEqual(outcome, { read: 3, found: 3, cancelled: false, capped: null, unreadable: [] });
  });

  it("reads each version of a file once", async () => {
    folder.write("A.ihd", simple("A")).write("B.ihd", simple("B"));
    await bench.all(folder.uri);
    await bench.all(folder.uri);
    assert.deepEqual(await bench.changed(folder.uriOf("A.ihd")), [], "the same version");
    assert.deepEqual(bench.read.toSorted(), ["A.ihd", "B.ihd"]);
    utimesSync(join(folder.path, "A.ihd"), 1, 1);
    assert.deepEqual(await bench.changed(folder.uriOf("A.ihd")), [folder.uriOf("A.ihd")]);
    assert.deepEqual(bench.read.toSorted(), ["A.ihd", "A.ihd", "B.ihd"]);
  });

  it("follows files and folders that come, change and go", async () => {
    folder.write("A.ihd", simple("A")).write("sub/B.ihd", simple("B")).write("sub/C.ihd", simple("C"));
    await bench.all(folder.uri);
    folder.remove("sub");
    assert.equal((await bench.deleted(folder.uriOf("sub"))).length, 2, "a folder stands for what is in it");
    assert.deepEqual(bench.names, ["A"]);
    folder.write("new/D.ihd", simple("D")).write("new/readme.txt", "x");
    await bench.changed(folder.uriOf("new"));
    assert.deepEqual(bench.names, ["A", "D"]);
    renameSync(join(folder.path, "A.ihd"), join(folder.path, "E.ihd"));
    await bench.deleted(folder.uriOf("A.ihd"));
    await bench.changed(folder.uriOf("E.ihd"));
    assert.deepEqual(bench.names, ["D", "E"]);
    folder.write("E.ihd", "damaged now");
    await bench.changed(folder.uriOf("E.ihd"));
    assert.deepEqual(bench.index.get(folder.uriOf("E.ihd"))?.summary.findings[0]?.rule, "unreadable");
  });

  it("a file that is replaced is no deletion", async () => {
    folder.write("A.ihd", simple("A"));
    await bench.all(folder.uri);
    folder.write("A.ihd", simple("A", "Other"));
    await bench.deleted(folder.uriOf("A.ihd"));
    assert.equal(bench.index.get(folder.uriOf("A.ihd"))?.summary.calls.length, 1);
  });

  it("leaves out what is excluded, also when it changes", async () => {
    folder.write("A.ihd", simple("A")).write("backup/B.ihd", simple("B")).write("x.old.ihd", simple("x.old"));
    bench.settings = { ...defaultSettings, exclude: ["backup/**", "*.old.ihd"] };
    await bench.all(folder.uri);
    await bench.changed(folder.uriOf("backup/B.ihd"), folder.uriOf("backup"));
    assert.deepEqual(bench.names, ["A"]);
    bench.settings = defaultSettings;
    await bench.all(folder.uri);
    assert.deepEqual(bench.names, ["A", "B", "x.old"]);
  });

  it("stops at the file cap and says so", async () => {
    for (const name of ["A", "B", "C"]) folder.write(`${name}.ihd`, simple(name));
    bench.settings = { ...defaultSettings, maximumFiles: 2 };
    const { capped, found } = await bench.all(folder.uri);
    assert.deepEqual([capped, found, bench.index.size], [2, 2, 2]);
    folder.write("D.ihd", simple("D"));
    await bench.changed(folder.uriOf("D.ihd"));
    assert.equal(bench.index.size, 2, "no room for another");
  });

  it("is cancelled between two files, and keeps what it has", async () => {
    for (let i = 0; i < 50; i++) folder.write(`H${i}.ihd`, simple(`H${i}`));
    const run = new AbortController();
    const outcome = await bench.indexer.indexAll([folder.uri], defaultSettings, run.signal, ({ read }) => {
      if (read === 5) run.abort();
    });
    assert.equal(outcome.cancelled, true);
    assert.ok(bench.index.size >= 5 && bench.index.size < 20, `${bench.index.size}`);
  });

  it("names a folder that is not there", async () => {
    bench.settings = { ...defaultSettings, referenceFolders: ["base"] };
    const { unreadable } = await bench.all(folder.uri);
    assert.equal(unreadable.length, 1);
    assert.match(unreadable[0]!, /base.*ENOENT/);
  });

  it("handlers of reference folders are found by calls, even inside the workspace", async () => {
    folder.write("A.ihd", simple("A", "Base", "Gone")).write("base/Base.ihd", simple("Base", "Nowhere"));
    bench.settings = { ...defaultSettings, referenceFolders: ["base"] };
    await bench.all(folder.uri);
    const caller = bench.index.get(folder.uriOf("A.ihd"))!;
    assert.equal(bench.index.get(folder.uriOf("base/Base.ihd"))?.isReference, true);
    const calls = findingsOf(caller, bench.index, true).filter(({ rule }) => rule === "call-not-found");
    assert.deepEqual(
      calls.map(({ at }) => at.label),
      ["Gone"],
    );
    assert.deepEqual(
      findingsOf(caller, bench.index, false).map(({ rule }) => rule),
      [],
      "nothing is missing before all is read",
    );
  });

  it("a call means the handler that is nearest, whatever the case of its name", async () => {
    for (const version of ["old", "new"]) {
      folder.write(`${version}/Caller.ihd`, simple("Caller", "SHARED"));
      folder.write(`${version}/lib/Shared.ihd`, simple("Shared"));
    }
    await bench.all(folder.uri);
    const resolved = bench.index.resolve("SHARED", folder.uriOf("old/Caller.ihd"));
    assert.deepEqual(
      resolved.map(({ uri }) => uri),
      [folder.uriOf("old/lib/Shared.ihd")],
    );
    const target = bench.index.get(folder.uriOf("new/lib/Shared.ihd"))!;
    assert.deepEqual(
      [...bench.index.callersOf(target)].map(({ uri }) => uri),
      [folder.uriOf("new/Caller.ihd")],
    );
  });
});

describe("what the checks find in folders", () => {
  const all = async (path: string): Promise<string[]> => {
    const bench = new Bench();
    await bench.all(new URL(`file://${path}`).href);
    return [...bench.index.all()]
      .flatMap((each) =>
        findingsOf(each, bench.index, true).map(({ rule, at }) =>
          `${each.summary.name} ${rule} ${at.variable ?? at.node ?? ""}`.trim(),
        ),
      )
      .sort();
  };

  it("in the sample: what was planted, and nothing else", async () => {
    const name = "IVR_Callback";
    assert.deepEqual(
      await all(sampleFolder),
      [
        `${name} variable-unused ${planted.unusedVariable}`,
        `${name} step-unreachable ${planted.unreachable[0]}`,
        `${name} argument-empty ${planted.emptyRequired}`,
        ...planted.errorExits.map((node) => `${name} error-exit-open ${node}`),
        `${name} call-not-found ${planted.missingSubroutine.node}`,
        `${name} call-signature ${planted.changedSubroutine.node}`,
      ].sort(),
    );
  });

  it("in real handlers: few, and each seen to be true in the picture", async function () {
    needsCorpus(this);
    const folder = join(corpus()[0]!.path, "../..");
    assert.deepEqual(await all(folder), [
      "DynamicIVR_EntryPoint error-exit-open 3",
      "DynamicIVR_EntryPoint variable-unused Digits",
      "DynamicIVR_EntryPoint variable-unused currentNode",
      "DynamicIVR_GetNextAction error-exit-open 2",
      "DynamicIVR_GetNextAction error-exit-open 3",
      "DynamicIVR_GetNextAction error-exit-open 4",
      "DynamicIVR_GetNextAction error-exit-open 5",
      "DynamicIVR_GetNextAction error-exit-open 6",
      "DynamicIVR_GetNextAction error-exit-open 7",
      "DynamicIVR_GetNextAction error-exit-open 8",
      "DynamicIVR_GetNextAction variable-unused Server",
      "DynamicIVR_ProcessAction call-not-found 10",
      "DynamicIVR_SetCallAttributes error-exit-open 3",
      "RestListenerSetup variable-unused Socket1",
      "RestListenerSetup variable-unused String1",
      "RestRespond variable-unused HeaderIndex",
      "RestRespond variable-unused SocketHandle",
      "RestTest call-not-found 14",
      "RestTest error-exit-open 1",
      "Vidyo_SetRecordingAttributes variable-unused sVideoRoomUrl",
    ]);
  });
});
