import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { handlerFromIhd } from "../../../server/src/handler/fromIhd";
import { type Decoded, decodeIhd } from "../../../server/src/ihd/decode";
import { create, type IhdObject } from "../../../server/src/ihd/fields";
import { CCGFunctionCall } from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { corpus } from "../../corpus";
import { assignment, chain } from "./build";

/** Real files where they are at hand, built ones always. */
const sources = (): Buffer[] => [
  writeIhd(chain(12)),
  writeIhd({ ...chain(5), form: "ansi" }),
  ...corpus().map(({ path }) => readFileSync(path)),
];

const seed = 20_150_731;

/** What must hold whatever the bytes are. */
function survives(bytes: Buffer): Decoded {
  const decoded = decodeIhd(bytes, { inference: 30 });
  const handler = handlerFromIhd(decoded, "Hostile.ihd");
  assert.ok(decoded.exact || handler.problems.some(({ severity }) => severity === "error"));
  assert.ok(!decoded.stop || (decoded.stop.offset >= 0 && decoded.stop.offset <= bytes.length));
  if (decoded.exact && decoded.file.canonical) {
    assert.ok(writeIhd({ ...decoded.file, assumed: decoded.assumed }).equals(bytes));
  }
  return decoded;
}

describe("hostile .ihd files", function () {
  this.timeout(120_000);
  const files = sources();
  const anyFile = fc.nat(files.length - 1);

  it("any truncation is told, never thrown", () => {
    fc.assert(
      fc.property(anyFile, fc.double({ min: 0, max: 1, noNaN: true }), (file, share) => {
        const bytes = files[file]!;
        const length = Math.floor(share * (bytes.length - 1));
        assert.equal(survives(bytes.subarray(0, length)).exact, false);
      }),
      { numRuns: 1000, seed },
    );
  });

  it("any flipped byte is read or told, never thrown", () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        (file, share, flip) => {
          const bytes = Buffer.from(files[file]!);
          // Mostly behind the type table, where the handler is.
          const at = Math.floor((1 - share ** 3) * (bytes.length - 1));
          bytes[at] = bytes[at]! ^ flip;
          survives(bytes);
        },
      ),
      { numRuns: 2000, seed },
    );
  });

  it("random tails and random bytes are told, never thrown", () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uint8Array({ maxLength: 400 }),
        (file, share, tail) => {
          const bytes = files[file]!;
          survives(Buffer.concat([bytes.subarray(0, Math.floor(share * bytes.length)), tail]));
          survives(Buffer.from(tail));
        },
      ),
      { numRuns: 500, seed },
    );
  });

  it("a count or length that the file can not hold costs nothing", () => {
    const bytes = Buffer.from(files[0]!);
    const at = bytes.indexOf(Buffer.from("PromptTools", "utf16le"));
    const huge = Buffer.concat([
      bytes.subarray(0, at - 1),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
      bytes.subarray(at),
    ]);
    const before = process.memoryUsage().heapTotal;
    assert.match(survives(huge).stop!.reason, /longer than this reader takes|more byte/);
    const counts = Buffer.from(files[0]!);
    counts.writeUInt32LE(0xffffffff, 4);
    assert.match(survives(counts).stop!.reason, /count of 4294967295 is more than the \d+ byte/);
    assert.ok(process.memoryUsage().heapTotal - before < 64 * 1024 * 1024);
  });

  it("a constant with another value that stops the reading is not kept", () => {
    const bytes = Buffer.from(writeIhd(chain(1)));
    bytes.writeUInt32LE(7, 0);
    const decoded = decodeIhd(bytes.subarray(0, 4));
    assert.match(decoded.stop!.reason, /7 where every handler seen has 1/);
    assert.equal(decoded.file.root.promptTypesVersion, 1);
  });

  it("nested lists whose counts are believed cost no more than what the file holds of them", () => {
    const depth = 100_000;
    const bytes = Buffer.from(writeIhd(chain(1, (i, variable) => nested(i, variable, depth))));
    const className = "CCGFunctionCall";
    let at = bytes.indexOf(className) + className.length;
    for (let i = 0; i < depth; i++) {
      assert.equal(bytes.readUInt32LE(at + 4), 1);
      bytes.writeUInt32LE(256, at + 4);
      at += 10; // type bits, count, class tag
    }
    const before = process.memoryUsage().heapUsed;
    const decoded = decodeIhd(bytes);
    const grown = process.memoryUsage().heapUsed - before;
    assert.ok(decoded.stop);
    // 2 KB a list would be 200 MB.
    assert.ok(grown < 128 * 1024 * 1024, `${grown} bytes`);
  });

  it("expressions that contain themselves end", () => {
    const bytes = writeIhd(chain(1, selfReferring));
    const handler = handlerFromIhd(decodeIhd(bytes), "Loop.ihd");
    assert.match(handler.problems.at(-1)!.message, /refer to each other/);
  });
});

/** `x = f(f(f(...)))` */
function nested(i: number, variable: IhdObject, depth: number): IhdObject {
  let call = create(CCGFunctionCall, { typeBits: 1, functionId: 0x29 });
  for (let n = 0; n < depth; n++)
    call = create(CCGFunctionCall, { typeBits: 1, functionId: 0x29, arguments: [call] });
  return Object.assign(assignment(i, variable), { expression: call });
}

/** `x = x(x, x)` without end. */
function selfReferring(i: number, variable: IhdObject): IhdObject {
  const call = create(CCGFunctionCall, { typeBits: 1, functionId: 0x29 });
  Object.assign(call, { arguments: [call, call] });
  return Object.assign(assignment(i, variable), { expression: call });
}
