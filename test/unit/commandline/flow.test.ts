import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flowCommands } from "../../../server/src/commandline/flow";
import { main } from "../../../server/src/commandline/main";

const EXPORT = `<?xml version="1.0" encoding="utf-8"?>
<Handler name="Small" description="" version="2.0">
  <Steps>
    <Step id="0" type="Initiator" isInitiator="True" creatorModule="" creatorName="Subroutine" label="Small" notes="" left="30" top="30" right="130" bottom="119" isParameterCollectionAvailable="False">
      <ExitPaths><ExitPath label="Start" returnValue="1" targetStepID="1" /></ExitPaths>
    </Step>
    <Step id="1" type="Tool" creatorModule="" creatorName="Assignment" label="Assignment" notes="" left="230" top="30" right="330" bottom="119" isParameterCollectionAvailable="False">
      <Parameters><Parameter name="LHS" value="a" /><Parameter name="RHS" value="1" /></Parameters>
      <ExitPaths><ExitPath label="Next" returnValue="0" /></ExitPaths>
    </Step>
  </Steps>
  <Variables />
</Handler>`;

describe("handler flow", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "flow-"));
    await writeFile(join(folder, "Small.xml"), EXPORT);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    let [out, err] = ["", ""];
    const io = {
      out: (text: string) => (out += text),
      err: (text: string) => (err += text),
      env: {},
      cwd: folder,
    };
    return { code: await main(flowCommands, ["handler", "flow", ...args], io), out, err };
  }

  it("writes the picture", async () => {
    const { code, out, err } = await run("Small.xml", "--svg", "small.svg");
    assert.deepEqual([code, out, err], [0, "", ""]);
    const svg = await readFile(join(folder, "small.svg"), "utf8");
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, /Small, Start → |Small \(0\), Start → Assignment \(1\)/);
  });

  it("keeps an existing file unless told otherwise", async () => {
    await writeFile(join(folder, "mine.svg"), "mine");
    const kept = await run("Small.xml", "--svg", "mine.svg");
    assert.equal(kept.code, 2);
    assert.match(kept.err, /exists; give --force/);
    assert.equal(await readFile(join(folder, "mine.svg"), "utf8"), "mine");
    assert.equal((await run("Small.xml", "--svg", "mine.svg", "--force")).code, 0);
    assert.match(await readFile(join(folder, "mine.svg"), "utf8"), /<svg/);
  });

  it("writes to standard output, and tells what it wrote as JSON", async () => {
    assert.match((await run("Small.xml", "--svg", "-")).out, /^<svg/);
    const told = JSON.parse((await run("Small.xml", "--svg", "a.svg", "--json")).out) as Record<
      string,
      unknown
    >;
    assert.deepEqual([told["name"], told["steps"], told["links"], told["layout"]], ["Small", 2, 1, "stored"]);
  });

  it("says what is wrong with a call or a file", async () => {
    for (const [args, pattern] of [
      [["Small.xml"], /--svg OUT/],
      [[], /Name one handler file/],
      [["Small.xml", "--svg", "a.svg", "--theme", "pink"], /--theme/],
      [["Missing.ihd", "--svg", "a.svg"], /does not exist/],
      [["Small.xml", "--svg", "no/such/folder/a.svg"], /could not be written/],
    ] as const) {
      const { code, err } = await run(...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, pattern);
    }
  });

  it("draws nothing of a file that is no handler", async () => {
    await writeFile(join(folder, "bad.ihd"), "PK\u0003\u0004not a handler");
    const { code, err } = await run("bad.ihd", "--svg", "bad.svg");
    assert.equal(code, 2);
    assert.match(err, /no picture written/);
    await assert.rejects(readFile(join(folder, "bad.svg")));
  });
});
