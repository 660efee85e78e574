import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  ftruncateSync,
  closeSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeIhd } from "../../../server/src/ihd/writer";
import { readHandlerFile } from "../../../server/src/workspace/file";
import { Disk, readStable, UnreadableFile, versionOf } from "../../../server/src/workspace/stableContent";
import { chain } from "../ihd/build";

describe("handler files on disk", () => {
  let folder = "";
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const problem = async (path: string) => {
    const { problems } = await readHandlerFile(path);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]!.severity, "error");
    assert.equal(problems[0]!.place?.file, path);
    return problems[0]!.message;
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "handler files "));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("names with blanks and letters of any script are read and become the handler's name", async () => {
    const path = write("Überleitung 呼び出し 1.ihd", writeIhd(chain(2)));
    const handler = await readHandlerFile(path);
    assert.deepEqual(
      [handler.name, handler.steps.length, handler.problems],
      ["Überleitung 呼び出し 1", 3, []],
    );
  });

  it("a read-only folder and file are read", async () => {
    const inside = join(folder, "read only");
    mkdirSync(inside);
    const path = join(inside, "a.ihd");
    writeFileSync(path, writeIhd(chain(1)));
    chmodSync(path, 0o444);
    chmodSync(inside, 0o555);
    assert.equal((await readHandlerFile(path)).steps.length, 2);
    chmodSync(inside, 0o755);
  });

  it("an empty file", async () => {
    assert.match(await problem(write("empty.ihd", "")), /is empty\. Get it again/);
  });

  it("a text file renamed to .ihd, in several encodings", async () => {
    const advice = /holds text, not a handler\. Choose an \.ihd file/;
    assert.match(await problem(write("notes.ihd", "Remember to publish\r\n")), advice);
    assert.match(await problem(write("utf16.ihd", Buffer.from("\ufeffRemember", "utf16le"))), advice);
  });

  it("another kind of file", async () => {
    assert.match(
      await problem(write("zip.ihd", Buffer.from("504b03041400000008", "hex"))),
      /found 50 4b 03 04/,
    );
  });

  it("XML that is no handler export", async () => {
    assert.match(await problem(write("other.ihd", "<Dialer></Dialer>")), /XML, but no handler export/);
  });

  it("a truncated file says the offset and keeps what it has", async () => {
    const bytes = writeIhd(chain(5));
    const handler = await readHandlerFile(write("cut.ihd", bytes.subarray(0, bytes.length - 100)));
    assert.match(handler.problems[0]!.message, /Reading stopped at offset \d+ .*Interaction Designer/);
    assert.ok(handler.steps.length > 3);
    assert.equal(handler.steps[1]!.label, "Step 1");
  });

  it("wrong version words are told", async () => {
    const bytes = writeIhd(chain(1));
    bytes[0] = 3;
    const handler = await readHandlerFile(write("version.ihd", bytes));
    assert.match(
      handler.problems[0]!.message,
      /number at offset 0 is 3; it is 1 in every handler.*promptTypesVersion/,
    );
    assert.equal(handler.steps.length, 2);
  });

  it("a 1 GB file is refused without reading it", async () => {
    const path = join(folder, "huge.ihd");
    const file = openSync(path, "w");
    ftruncateSync(file, 1024 ** 3);
    closeSync(file);
    const before = process.memoryUsage().rss;
    assert.match(await problem(path), /has 1073741824 bytes; handlers larger than/);
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
  });

  it("a file that is not there, a folder, and one that may not be opened throw with advice", async () => {
    await assert.rejects(readHandlerFile(join(folder, "nowhere.ihd")), (error) => {
      assert.ok(error instanceof UnreadableFile);
      assert.match(error.message, /does not exist\. Check the name/);
      return true;
    });
    await assert.rejects(readHandlerFile(folder), /is a folder; name a handler file/);
    // Root may open everything, so the refusal is made with a name no system accepts.
    await assert.rejects(readHandlerFile(join(folder, "a\0b.ihd")), UnreadableFile);
    if (process.getuid?.() !== 0) {
      const path = write("secret.ihd", "x");
      chmodSync(path, 0);
      await assert.rejects(readHandlerFile(path), /may not be read/);
    }
  });

  it("a pipe nobody writes to is not waited for", function () {
    if (process.platform === "win32") return this.skip();
    const path = join(folder, "pipe.ihd");
    execFileSync("mkfifo", [path]);
    return assert.rejects(readHandlerFile(path), /is a device or a pipe; name a handler file on disk/);
  });

  it("a slow disk gives the same, aside", async () => {
    const bytes = writeIhd(chain(3));
    const path = write("slow.ihd", bytes);
    const slow = new Disk(-1);
    for (let i = 0; i < 3; i++) {
      let turns = 0;
      const reading = readStable(path, slow);
      setImmediate(() => turns++);
      const content = await reading;
      assert.ok("bytes" in content && content.bytes.equals(bytes));
      // The first one finds out that the disk is slow.
      if (i > 0) assert.equal(turns, 1);
    }
  });

  it("a file that grows while a slow disk reads it is read whole or told", async () => {
    const slow = new Disk(-1);
    await readStable(write("first.ihd", "x"), slow);
    const path = write("slowly.ihd", "ab");
    const reading = readStable(path, slow);
    appendFileSync(path, "cd");
    const content = await reading;
    assert.ok("bytes" in content);
    assert.ok(["ab", "abcd"].includes(content.bytes.toString()));
    if (content.bytes.length === 2) assert.notEqual(content.version, versionOf(statSync(path)));
  });

  it("a file that grows while it is read is read whole or told", async () => {
    const bytes = writeIhd(chain(3000));
    const path = write("growing.ihd", bytes.subarray(0, 100));
    const reading = readHandlerFile(path);
    appendFileSync(path, bytes.subarray(100));
    const handler = await reading;
    const whole = handler.steps.length === 3001 && handler.problems.length === 0;
    const told = handler.problems.some(({ severity }) => severity === "error");
    assert.ok(whole || told);
  });
});
