import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { seal } from "../../client/src/packages/seal";
import {
  PackageCheckRequest,
  PackageContentsRequest,
  PackageForgetRequest,
  PackageKeyRequest,
  PackagePeekRequest,
  PackageReleaseRequest,
  PackageVerifyRequest,
} from "../../server/src/protocol";
import { put, run7z, sevenZip, why7, zipped } from "../unit/packages/making";
import { startServer } from "./stdio";
import { password, PackageServer, textOf, uriOf } from "./packageServer";

describe("packages over stdio", () => {
  let packages: PackageServer;
  before(async () => {
    packages = await PackageServer.start();
  });
  after(() => packages.stop());

  it("lists a package as rows in the order of a tree", async () => {
    const inner = await zipped({ "users.xml": "<users/>" });
    const uri = await packages.make("SRV_07092012143839.ininmigr", { "b.txt": "bb", "IP/Users.zip": inner });
    const { contents, verdict } = await packages.open(uri);
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
    const uri = await packages.make("SECRET_07092012143839.ininmigr", { "a.txt": "inside" }, password);
    const locked = await packages.open(uri);
    assert.equal(locked.contents.locked, true);
    assert.equal(textOf(await packages.read(uri, "a.txt")), "refused: password-needed");

    const wrong = await packages.open(uri, "wrong");
    assert.equal(wrong.verdict, "wrong");
    assert.equal(wrong.contents.locked, true);

    const right = await packages.open(uri, password);
    assert.equal(right.verdict, "right");
    assert.equal(right.contents.locked, false);
    assert.equal(textOf(await packages.read(uri, "a.txt")), "inside");

    await packages.request(PackageForgetRequest.method, { uri });
    assert.equal(textOf(await packages.read(uri, "a.txt")), "refused: password-needed");
  });

  it("keeps the password when the file is closed, and sees a file that was replaced", async () => {
    const uri = await packages.make("KEEP_07092012143839.ininmigr", { "a.txt": "one" }, password);
    await packages.open(uri, password);
    await packages.request(PackageReleaseRequest.method, { uri });
    assert.equal(textOf(await packages.read(uri, "a.txt")), "one");

    writeFileSync(
      new URL(uri),
      await zipped({ "a.txt": "and another" }, { password, encryptionStrength: 3 }),
    );
    assert.equal(textOf(await packages.read(uri, "a.txt")), "and another");
  });

  it("takes no password that was sealed for another server", async () => {
    const uri = await packages.make("OTHER_07092012143839.ininmigr", { "a.txt": "x" }, password);
    const other = await startServer();
    const { publicKey } = await other.connection.sendRequest<PackageKeyRequest.Result>(
      PackageKeyRequest.method,
    );
    await other.stop();
    await assert.rejects(
      packages.request(PackageContentsRequest.method, { uri, password: seal(password, publicKey) }),
      (error: Error) => /Give it again/.test(error.message) && !error.message.includes(password),
    );
  });

  it("says what cannot be opened, and why", async () => {
    await assert.rejects(
      packages.open(uriOf(join(packages.place.folder, "none.ininmigr"))),
      /none\.ininmigr is not there/,
    );
    await assert.rejects(packages.open("git:/a.ininmigr?x"), /a\.ininmigr is not a file on disk/);
    put(packages.place.folder, "text.ininmigr", "no zip at all");
    const { contents } = await packages.open(uriOf(join(packages.place.folder, "text.ininmigr")));
    assert.equal(contents.unreadable, true);
    assert.deepEqual(
      contents.findings.map(({ code }) => code),
      ["package/not-a-zip"],
    );
  });

  it("tells text from other content, and refuses what is too large", async () => {
    const uri = await packages.make("KINDS.zip", {
      "a.txt": "text",
      "utf16.txt": Buffer.from("\ufefftext", "utf16le"),
      "b.bin": new Uint8Array(20_000),
    });
    const kind = async (path: string): Promise<string> => {
      const result = await packages.request<PackagePeekRequest.Result>(PackagePeekRequest.method, {
        uri,
        path,
      });
      return "kind" in result ? result.kind : result.refusal.reason;
    };
    assert.equal(await kind("a.txt"), "text");
    assert.equal(await kind("utf16.txt"), "text");
    assert.equal(await kind("b.bin"), "binary");
    assert.equal(await kind("none"), "damaged");
    assert.equal(textOf(await packages.read(uri, "b.bin", 19_999)), "refused: too-large");
  });

  it("publishes problems of a package, and takes them back", async () => {
    const uri = await packages.make("SRV_07092012143839.inimigr", { "AdminConfig/a.xml": "<a/>" });
    const { findings } = await packages.request<PackageCheckRequest.Result>(PackageCheckRequest.method, {
      uri,
    });
    assert.ok(findings.some(({ code }) => code === "package/name-misspelt"));
    const published = await packages.server.diagnostics(uri);
    assert.deepEqual(
      published.map(({ code }) => code),
      findings.map(({ code }) => code),
    );
    const gone = packages.server.diagnostics(uri, (diagnostics) => diagnostics.length === 0);
    await packages.request(PackageReleaseRequest.method, { uri });
    await gone;
  });

  it("shows problems of a package as the setting rates them, also when it changes", async () => {
    const uri = await packages.make("SRV_07092012143839.inimigr", { "AdminConfig/a.xml": "<a/>" });
    const check = (): Promise<PackageCheckRequest.Result> =>
      packages.request<PackageCheckRequest.Result>(PackageCheckRequest.method, { uri });
    const shown = packages.server.diagnostics(uri, (found) =>
      found.some(({ code }) => code === "package/not-encrypted"),
    );
    await check();
    await shown;
    const rated = packages.server.diagnostics(uri, (found) =>
      found.some(({ code, severity }) => code === "package/name-misspelt" && severity === 1),
    );
    await packages.server.configure({
      "handlerWorkbench.rules": { "package/name-misspelt": "error", "package/not-encrypted": "off" },
    });
    assert.ok(!(await rated).some(({ code }) => code === "package/not-encrypted"));
    const { findings } = await check();
    assert.equal(findings.find(({ code }) => code === "package/name-misspelt")?.severity, "error");
    assert.ok(!findings.some(({ code }) => code === "package/not-encrypted"));
    await packages.server.configure({});
    await packages.request(PackageReleaseRequest.method, { uri });
  });

  it("verifies, and names what is damaged", async () => {
    const bytes = Buffer.from(await zipped({ "good.txt": "good", "bad.txt": "damaged here" }, { level: 0 }));
    bytes.writeUInt8(0x21, bytes.indexOf("damaged here"));
    const uri = uriOf(put(packages.place.folder, "DAMAGED.zip", bytes));
    const result = await packages.request<PackageVerifyRequest.Result>(PackageVerifyRequest.method, {
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

  it("cancels a verification", async () => {
    const uri = await packages.make(
      "CANCEL.zip",
      { "a.bin": new Uint8Array(30 * 1024 * 1024).fill(7) },
      password,
    );
    await packages.open(uri, password);
    const source = new CancellationTokenSource();
    const running = packages.server.connection.sendRequest(
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

  it(`reads what 7-Zip writes${why7}`, async function () {
    if (sevenZip === undefined) return this.skip();
    put(packages.place.folder, "seven/Users/users.xml", "<users/>");
    run7z(
      join(packages.place.folder, "seven"),
      "a",
      "-tzip",
      "-mem=AES256",
      `-p${password}`,
      "../seven.zip",
      "Users",
    );
    const file = join(packages.place.folder, "SEVEN_07092012143839.ininmigr");
    renameSync(join(packages.place.folder, "seven.zip"), file);
    const uri = uriOf(file);
    const { contents, verdict } = await packages.open(uri, password);
    assert.equal(verdict, "right");
    assert.deepEqual(
      contents.rows.map(({ path, encryption }) => [path, encryption]),
      [
        ["Users", undefined],
        ["Users/users.xml", "AES-256"],
      ],
    );
    assert.equal(textOf(await packages.read(uri, "Users/users.xml")), "<users/>");
  });

  it("writes no password anywhere", () => {
    assert.equal(
      packages.server.log.some((line) => line.includes(password)),
      false,
    );
  });
});
