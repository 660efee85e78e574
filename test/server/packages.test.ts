import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { seal } from "../../client/src/packages/seal";
import {
  MigratorCommandRequest,
  MigratorFormRequest,
  PackageCheckRequest,
  PackageCompareRequest,
  PackageContentsRequest,
  PackageExtractRequest,
  PackageForgetRequest,
  PackageKeyRequest,
  PackagePeekRequest,
  PackagePlanRequest,
  PackageProgressNotification,
  PackageReadRequest,
  PackageReleaseRequest,
  PackageVerifyRequest,
} from "../../server/src/protocol";
import { put, run7z, scratch, sevenZip, why7, zipped } from "../unit/packages/making";
import { type RunningServer, startServer } from "./stdio";

const password = "Corr3ct horse, battery";

describe("packages over stdio", () => {
  let place: ReturnType<typeof scratch>;
  let server: RunningServer;

  before(async () => {
    place = scratch();
    server = await startServer();
  });
  after(async () => {
    await server.stop();
    place.remove();
  });

  const request = <Result>(method: string, params?: unknown): Promise<Result> =>
    server.connection.sendRequest<Result>(method, params);
  const uriOf = (file: string): string => pathToFileURL(file).href;

  async function make(
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    secret: string | undefined = undefined,
  ): Promise<string> {
    const bytes = await zipped(
      files,
      secret === undefined ? {} : { password: secret, encryptionStrength: 3 },
    );
    return uriOf(put(place.folder, name, bytes));
  }

  async function open(uri: string, secret?: string): Promise<PackageContentsRequest.Result> {
    const { publicKey } = await request<PackageKeyRequest.Result>(PackageKeyRequest.method);
    return await request(PackageContentsRequest.method, {
      uri,
      ...(secret === undefined ? {} : { password: seal(secret, publicKey) }),
    } satisfies PackageContentsRequest.Params);
  }

  const read = (uri: string, path: string, most = 1000): Promise<PackageReadRequest.Result> =>
    request(PackageReadRequest.method, { uri, path, most } satisfies PackageReadRequest.Params);
  const text = (result: PackageReadRequest.Result): string =>
    "base64" in result
      ? Buffer.from(result.base64, "base64").toString()
      : `refused: ${result.refusal.reason}`;

  it("lists a package as rows in the order of a tree", async () => {
    const inner = await zipped({ "users.xml": "<users/>" });
    const uri = await make("SRV_07092012143839.ininmigr", { "b.txt": "bb", "IP/Users.zip": inner });
    const { contents, verdict } = await open(uri);
    assert.equal(verdict, undefined);
    assert.equal(contents.server, "SRV");
    assert.equal(contents.exported, "2012-07-09T14:38:39");
    assert.deepEqual(
      contents.rows.map(({ depth, name, kind, files, size }) => [depth, name, kind, files, size]),
      [
        [0, "IP", "folder", 1, 8],
        [1, "Users.zip", "zip", 1, 8],
        [2, "users.xml", "file", undefined, 8],
        [0, "b.txt", "file", undefined, 2],
      ],
    );
    assert.equal(contents.rows[1]?.component, "Users");
  });

  it("opens with the right password, says that a wrong one is wrong, and forgets", async () => {
    const uri = await make("SECRET_07092012143839.ininmigr", { "a.txt": "inside" }, password);
    const locked = await open(uri);
    assert.equal(locked.contents.locked, true);
    assert.equal(text(await read(uri, "a.txt")), "refused: password-needed");

    const wrong = await open(uri, "wrong");
    assert.equal(wrong.verdict, "wrong");
    assert.equal(wrong.contents.locked, true);

    const right = await open(uri, password);
    assert.equal(right.verdict, "right");
    assert.equal(right.contents.locked, false);
    assert.equal(text(await read(uri, "a.txt")), "inside");

    await request(PackageForgetRequest.method, { uri });
    assert.equal(text(await read(uri, "a.txt")), "refused: password-needed");
  });

  it("keeps the password when the file is closed, and sees a file that was replaced", async () => {
    const uri = await make("KEEP_07092012143839.ininmigr", { "a.txt": "one" }, password);
    await open(uri, password);
    await request(PackageReleaseRequest.method, { uri });
    assert.equal(text(await read(uri, "a.txt")), "one");

    writeFileSync(
      new URL(uri),
      await zipped({ "a.txt": "and another" }, { password, encryptionStrength: 3 }),
    );
    assert.equal(text(await read(uri, "a.txt")), "and another");
  });

  it("takes no password that was sealed for another server", async () => {
    const uri = await make("OTHER_07092012143839.ininmigr", { "a.txt": "x" }, password);
    const other = await startServer();
    const { publicKey } = await other.connection.sendRequest<PackageKeyRequest.Result>(
      PackageKeyRequest.method,
    );
    await other.stop();
    await assert.rejects(
      request(PackageContentsRequest.method, { uri, password: seal(password, publicKey) }),
      (error: Error) => /Give it again/.test(error.message) && !error.message.includes(password),
    );
  });

  it("says what cannot be opened, and why", async () => {
    await assert.rejects(open(uriOf(join(place.folder, "none.ininmigr"))), /none\.ininmigr is not there/);
    await assert.rejects(open("git:/a.ininmigr?x"), /a\.ininmigr is not a file on disk/);
    put(place.folder, "text.ininmigr", "no zip at all");
    const { contents } = await open(uriOf(join(place.folder, "text.ininmigr")));
    assert.equal(contents.unreadable, true);
    assert.deepEqual(
      contents.findings.map(({ code }) => code),
      ["package/not-a-zip"],
    );
  });

  it("tells text from other content, and refuses what is too large", async () => {
    const uri = await make("KINDS.zip", {
      "a.txt": "text",
      "utf16.txt": Buffer.from("\ufefftext", "utf16le"),
      "b.bin": new Uint8Array(20_000),
    });
    const kind = async (path: string): Promise<string> => {
      const result = await request<PackagePeekRequest.Result>(PackagePeekRequest.method, { uri, path });
      return "kind" in result ? result.kind : result.refusal.reason;
    };
    assert.equal(await kind("a.txt"), "text");
    assert.equal(await kind("utf16.txt"), "text");
    assert.equal(await kind("b.bin"), "binary");
    assert.equal(await kind("none"), "damaged");
    assert.equal(text(await read(uri, "b.bin", 19_999)), "refused: too-large");
  });

  it("publishes problems of a package, and takes them back", async () => {
    const uri = await make("SRV_07092012143839.inimigr", { "AdminConfig/a.xml": "<a/>" });
    const { findings } = await request<PackageCheckRequest.Result>(PackageCheckRequest.method, { uri });
    assert.ok(findings.some(({ code }) => code === "package/name-misspelt"));
    const published = await server.diagnostics(uri);
    assert.deepEqual(
      published.map(({ code }) => code),
      findings.map(({ code }) => code),
    );
    const gone = server.diagnostics(uri, (diagnostics) => diagnostics.length === 0);
    await request(PackageReleaseRequest.method, { uri });
    await gone;
  });

  it("shows problems of a package as the setting rates them, also when it changes", async () => {
    const uri = await make("SRV_07092012143839.inimigr", { "AdminConfig/a.xml": "<a/>" });
    const check = (): Promise<PackageCheckRequest.Result> =>
      request<PackageCheckRequest.Result>(PackageCheckRequest.method, { uri });
    const shown = server.diagnostics(uri, (found) =>
      found.some(({ code }) => code === "package/not-encrypted"),
    );
    await check();
    await shown;
    const rated = server.diagnostics(uri, (found) =>
      found.some(({ code, severity }) => code === "package/name-misspelt" && severity === 1),
    );
    await server.configure({
      "handlerWorkbench.rules": { "package/name-misspelt": "error", "package/not-encrypted": "off" },
    });
    assert.ok(!(await rated).some(({ code }) => code === "package/not-encrypted"));
    const { findings } = await check();
    assert.equal(findings.find(({ code }) => code === "package/name-misspelt")?.severity, "error");
    assert.ok(!findings.some(({ code }) => code === "package/not-encrypted"));
    await server.configure({});
    await request(PackageReleaseRequest.method, { uri });
  });

  it("verifies, and names what is damaged", async () => {
    const bytes = Buffer.from(await zipped({ "good.txt": "good", "bad.txt": "damaged here" }, { level: 0 }));
    bytes.writeUInt8(0x21, bytes.indexOf("damaged here"));
    const uri = uriOf(put(place.folder, "DAMAGED.zip", bytes));
    const result = await request<PackageVerifyRequest.Result>(PackageVerifyRequest.method, {
      uri,
      progress: "1",
    });
    assert.equal(result.proven, 1);
    assert.equal(result.failed, 1);
    assert.deepEqual(
      result.findings.map(({ path }) => path),
      ["bad.txt"],
    );
  });

  describe("extraction", () => {
    const plan = (params: Partial<PackagePlanRequest.Params>): Promise<PackagePlanRequest.Result> =>
      request(PackagePlanRequest.method, { keepZips: false, ...params });
    const extract = (params: Partial<PackageExtractRequest.Params>): Promise<PackageExtractRequest.Result> =>
      request(PackageExtractRequest.method, {
        keepZips: false,
        progress: "x",
        skipUnsafe: false,
        skip: [],
        replace: [],
        ...params,
      });

    it("plans without writing, and extracts what was chosen", async () => {
      const uri = await make("EX.zip", { "a/1.txt": "1", "a/2.txt": "2", "b.txt": "b" });
      const to = join(place.folder, "out");
      const planned = await plan({ uri, to, paths: ["a"] });
      assert.deepEqual(
        planned.files.map(({ path }) => path),
        ["a/1.txt", "a/2.txt"],
      );
      assert.equal(existsSync(to), false);
      const done = await extract({ uri, to, paths: ["a"] });
      assert.equal(done.status, "done");
      assert.equal(done.written, 2);
      assert.equal(readFileSync(join(to, "a/2.txt"), "utf8"), "2");
      assert.equal(existsSync(join(to, "b.txt")), false);
    });

    it("names existing files, and replaces only those it was told to", async () => {
      const uri = await make("OVER.zip", { "a.txt": "new a", "b.txt": "new b" });
      const to = join(place.folder, "over");
      put(to, "a.txt", "old a");
      put(to, "b.txt", "old b");
      const planned = await plan({ uri, to });
      assert.deepEqual(planned.existing, ["a.txt", "b.txt"]);

      // b.txt is in no list, as if it had come after the question.
      const refused = await extract({ uri, to, replace: ["a.txt"] });
      assert.equal(refused.status, "refused");
      assert.equal(readFileSync(join(to, "a.txt"), "utf8"), "old a");

      const done = await extract({ uri, to, replace: ["a.txt"], skip: ["b.txt"] });
      assert.deepEqual([done.status, done.written, done.skipped], ["done", 1, 1]);
      assert.equal(readFileSync(join(to, "a.txt"), "utf8"), "new a");
      assert.equal(readFileSync(join(to, "b.txt"), "utf8"), "old b");
    });

    it("shows what must not be written, and refuses an installation", async () => {
      const uri = await make("UNSAFE.zip", { "../up.txt": "x", "ok.txt": "y" });
      const planned = await plan({ uri, to: join(place.folder, "safe") });
      assert.deepEqual(
        planned.unsafe.map(({ path }) => path),
        ["../up.txt"],
      );
      assert.deepEqual(planned.refusals, []);
      const into = await plan({ uri, to: join(place.folder, "I3/IC/Server") });
      assert.deepEqual(
        into.refusals.map(({ code }) => code),
        ["package/install-root"],
      );
    });

    it("says that a password is missing", async () => {
      const uri = await make("EXLOCKED.zip", { "a.txt": "x" }, password);
      assert.equal((await plan({ uri, to: join(place.folder, "locked") })).locked, true);
    });

    it("tells its progress, and leaves nothing when it is cancelled", async () => {
      const noise = new Uint8Array(24 * 1024 * 1024);
      for (let at = 0; at < noise.length; at += 4) noise[at] = (at * 2654435761) >>> 24;
      const uri = await make("BIG.zip", { "1.bin": noise, "2.bin": noise, "3.bin": noise }, password);
      await open(uri, password);
      const to = join(place.folder, "big");
      const source = new CancellationTokenSource();
      const progressed = server.notification<PackageProgressNotification.Params>(
        PackageProgressNotification.method,
        ({ progress, bytes }) => progress === "big" && bytes > 0,
      );
      const params = { uri, to, keepZips: false, progress: "big", skipUnsafe: false, skip: [], replace: [] };
      const running = server.connection.sendRequest<PackageExtractRequest.Result>(
        PackageExtractRequest.method,
        params satisfies PackageExtractRequest.Params,
        source.token,
      );
      assert.equal((await progressed).totalBytes, 3 * noise.length);
      source.cancel();
      assert.equal((await running).status, "cancelled");
      assert.equal(existsSync(to), false);
    });
  });

  it("cancels a verification", async () => {
    const uri = await make("CANCEL.zip", { "a.bin": new Uint8Array(30 * 1024 * 1024).fill(7) }, password);
    await open(uri, password);
    const source = new CancellationTokenSource();
    const running = server.connection.sendRequest(
      PackageVerifyRequest.method,
      { uri, progress: "c" },
      source.token,
    );
    source.cancel();
    await assert.rejects(
      running,
      (error: unknown) =>
        error instanceof ResponseError &&
        [LSPErrorCodes.RequestCancelled as number, ErrorCodes.PendingResponseRejected].includes(error.code),
    );
  });

  it("compares a package with a folder, zips on both sides opened", async () => {
    const uri = await make("CMP_07092012143839.ininmigr", {
      "Users.zip": await zipped({ "users.xml": "<old/>", "same.xml": "<same/>" }, { password }),
      "gone.txt": "x",
    });
    await open(uri, password);
    const folder = join(place.folder, "folder");
    const zip = await zipped({ "users.xml": "<new/>", "same.xml": "<same/>" }, { password });
    put(folder, "Users.zip", zip);
    put(folder, "new.txt", "y");
    const result = await request<PackageCompareRequest.Result>(PackageCompareRequest.method, {
      old: uri,
      new: uriOf(folder),
      progress: "p",
    } satisfies PackageCompareRequest.Params);
    assert.deepEqual(
      result.pairs.map(({ path, status }) => [path, status]),
      [
        ["gone.txt", "removed"],
        ["new.txt", "added"],
        ["Users.zip/same.xml", "identical"],
        ["Users.zip/users.xml", "changed"],
      ],
    );
    const changed = result.pairs[3];
    assert.deepEqual(changed?.old, { uri, path: "Users.zip/users.xml", size: 6 });
    const inFolder = uriOf(join(folder, "Users.zip"));
    assert.deepEqual(changed?.new, { uri: inFolder, path: "users.xml", size: 6 });
    assert.deepEqual(result.pairs[1]?.new, { uri: uriOf(join(folder, "new.txt")), size: 1 });
    // The zip in the folder opens with the same password, so that the difference can be looked at.
    assert.equal(text(await read(inFolder, "users.xml")), "<new/>");
  });

  it("compares Dialer configurations by their objects", async () => {
    const campaign = (name: string): string =>
      `<DIALERCONFIG2><OBJECTS><CAMPAIGN><ID>1</ID><NAME>${name}</NAME></CAMPAIGN></OBJECTS></DIALERCONFIG2>`;
    const old = await make("D1.zip", { "Dialer/dialer_config.xml": campaign("Spring") });
    const now = await make("D2.zip", { "Dialer/dialer_config.xml": campaign("Summer") });
    const { pairs } = await request<PackageCompareRequest.Result>(PackageCompareRequest.method, {
      old,
      new: now,
      progress: "p",
    } satisfies PackageCompareRequest.Params);
    assert.equal(pairs[0]?.status, "changed");
    assert.match(JSON.stringify(pairs[0]?.differences), /Spring.*Summer/);
  });

  it("builds command lines and adds what chosen nodes need", async () => {
    const { nodes, options } = await request<MigratorFormRequest.Result>(MigratorFormRequest.method);
    assert.ok(nodes.some(({ name, printed }) => name === "IP Phones" && printed));
    assert.ok(options.some(({ name }) => name === "customHandlerPath"));
    const { line, added, findings } = await request<MigratorCommandRequest.Result>(
      MigratorCommandRequest.method,
      {
        mode: "export",
        program: "",
        allNodes: false,
        nodes: ["IP Phones"],
        exportFolder: "D:\\I3\\IC",
        customHandlerPath: "",
        importFile: "",
        extractionFolder: "",
        importMode: 0,
        devMode: false,
        passwordVariable: "MIGRATION_PASSWORD",
        noPrompt: true,
      } satisfies MigratorCommandRequest.Params,
    );
    assert.equal(
      line,
      'ININ.Migrator.Console -export -exportNodes="IP Phones, IP Phone Proxy Groups" -exportFolder="D:\\I3\\IC" -password="%MIGRATION_PASSWORD%" -noprompt',
    );
    assert.deepEqual(
      added.map(({ node }) => node),
      ["IP Phone Proxy Groups"],
    );
    assert.ok(findings.some(({ severity, message }) => severity === "error" && /I3\\IC/.test(message)));
  });

  it("marks mistakes in open scripts, follows changes, and says nothing about other files", async () => {
    const uri = "file:///c:/migrate.cmd";
    const line = 'ININ.Migrator.Console -export -exportNodes="all" -exportFolder="D:\\x" noprompt';
    await server.open(uri, "bat", `@echo off\r\n${line}\r\n`);
    const [finding, ...more] = (await server.diagnostics(uri, (found) => found.length > 0)).filter(
      ({ code }) => code === "console/dash",
    );
    assert.equal(more.length, 0);
    const start = line.indexOf("noprompt");
    assert.deepEqual(finding?.range, {
      start: { line: 1, character: start },
      end: { line: 1, character: start + "noprompt".length },
    });
    const fixed = server.diagnostics(uri, (found) => !found.some(({ code }) => code === "console/dash"));
    await server.change(uri, `@echo off\r\n${line.replace("noprompt", "-noprompt")}\r\n`);
    await fixed;
    const closed = server.diagnostics(uri, (found) => found.length === 0);
    await server.close(uri);
    await closed;
  });

  it(`reads what 7-Zip writes${why7}`, async function () {
    if (sevenZip === undefined) return this.skip();
    put(place.folder, "seven/Users/users.xml", "<users/>");
    run7z(join(place.folder, "seven"), "a", "-tzip", "-mem=AES256", `-p${password}`, "../seven.zip", "Users");
    const file = join(place.folder, "SEVEN_07092012143839.ininmigr");
    renameSync(join(place.folder, "seven.zip"), file);
    const uri = uriOf(file);
    const { contents, verdict } = await open(uri, password);
    assert.equal(verdict, "right");
    assert.deepEqual(
      contents.rows.map(({ path, encryption }) => [path, encryption]),
      [
        ["Users", undefined],
        ["Users/users.xml", "AES-256"],
      ],
    );
    assert.equal(text(await read(uri, "Users/users.xml")), "<users/>");
  });

  it("writes no password anywhere", () => {
    assert.equal(
      server.log.some((line) => line.includes(password)),
      false,
    );
  });
});
