import assert from "node:assert/strict";
import { handlerFromIhd } from "../../../server/src/handler/fromIhd";
import { listing } from "../../../server/src/handler/listing";
import { decodeIhd } from "../../../server/src/ihd/decode";
import { create, type IhdObject, layout, str } from "../../../server/src/ihd/fields";
import { LayoutMemory } from "../../../server/src/ihd/layoutMemory";
import {
  CCGLiteralValue,
  CCGVariableAccess,
  CIdAssignmentStep,
  CIdListInsertTailStep,
  CIdWriteTraceMsgStep,
  layouts,
  stepBase,
} from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { assignment, chain, getAt, nativeBase, traceMessage } from "./build";

const without = (className: string) => new Map([...layouts].filter(([name]) => name !== className));

describe("built .ihd files", () => {
  it("a chain of 200,000 steps is written, decoded and modelled", function () {
    this.timeout(60_000);
    const bytes = writeIhd(chain(200_000));
    const decoded = decodeIhd(bytes);
    assert.deepEqual([decoded.exact, decoded.problems], [true, []]);
    const { steps } = handlerFromIhd(decoded, "Long.ihd");
    assert.equal(steps.length, 200_001);
    assert.deepEqual(
      steps.map(({ exits }) => exits[0]!.to),
      [...Array.from({ length: 200_000 }, (_, i) => i + 1), null],
    );
    // More than 0x7FFE objects: the tags are long ones.
    assert.ok(bytes.includes(Buffer.from([0xff, 0x7f])));
    assert.ok(writeIhd(decoded.file).equals(bytes));
  });

  it("an ANSI file is read with its code page and written back", () => {
    const { root } = chain(3, (i, variable) => {
      const step = assignment(i, variable);
      return Object.assign(step, { notes: i === 2 ? "Grüße – 5 €" : "" });
    });
    const bytes = writeIhd({ root, form: "ansi" });
    assert.ok(
      bytes.includes(Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x96, 0x20, 0x35, 0x20, 0x80])),
    );
    const decoded = decodeIhd(bytes);
    assert.deepEqual([decoded.exact, decoded.file.form], [true, "ansi"]);
    assert.equal(decoded.file.steps[2]!["notes"], "Grüße – 5 €");
    assert.ok(writeIhd(decoded.file).equals(bytes));

    const japanese = writeIhd({
      root: Object.assign(root, { description: "着信" }),
      form: "ansi",
      ansi: "shift_jis",
    });
    const again = decodeIhd(japanese, { ansi: "shift_jis" });
    assert.equal(again.file.root.description, "着信");
    assert.ok(writeIhd(again.file).equals(japanese));
    // With the wrong code page the text is wrong, but nothing is lost.
    const wrong = decodeIhd(japanese);
    assert.ok(wrong.exact && wrong.file.root.description !== "着信");
    assert.ok(writeIhd(wrong.file).equals(japanese));
  });

  it("strings of every length and kind keep their bytes", () => {
    const texts = [
      "",
      "a",
      "x".repeat(254),
      "x".repeat(255),
      "x".repeat(0xfffd),
      "x".repeat(0xfffe),
      "\ud800",
      "日本",
    ];
    const { root } = chain(texts.length, (i, variable) =>
      Object.assign(assignment(i, variable), { label: texts[i - 1]! }),
    );
    const bytes = writeIhd({ root });
    const decoded = decodeIhd(bytes);
    assert.deepEqual(
      decoded.file.steps.slice(1).map((step) => step["label"]),
      texts,
    );
    assert.ok(writeIhd(decoded.file).equals(bytes));
  });

  it("a single ANSI string and an unusual constant are read, told, and written back", () => {
    const bytes = writeIhd(chain(2));
    const mark = Buffer.from([0xff, 0xfe, 0xff, 6, ...Buffer.from("Step 2", "utf16le")]);
    const at = bytes.indexOf(mark);
    const mixed = Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from("\u0006Step 2", "latin1"),
      bytes.subarray(at + mark.length),
    ]);
    const decoded = decodeIhd(mixed);
    assert.deepEqual([decoded.exact, decoded.file.steps[2]!["label"]], [true, "Step 2"]);
    assert.ok(writeIhd(decoded.file).equals(mixed));

    const odd = Buffer.from(bytes);
    odd[0] = 2;
    const unusual = decodeIhd(odd);
    assert.ok(unusual.exact);
    assert.deepEqual(
      unusual.problems.map(({ code, place }) => [code, place?.offset]),
      [["unusual-value", 0]],
    );
    assert.match(
      unusual.problems[0]!.message,
      /^The number at offset 0 is 2; it is 1 .* Interaction Designer/,
    );
    assert.ok(writeIhd(unusual.file).equals(odd));
  });

  it("what is unknown says where it stopped when no layout fits", () => {
    const { root } = chain(3, (i, variable) =>
      i === 2 ? create(Mystery, nativeBase(i, "Mystery")) : assignment(i, variable),
    );
    const bytes = writeIhd({ root });
    const decoded = decodeIhd(bytes.subarray(0, bytes.length - 40));
    assert.equal(decoded.exact, false);
    assert.match(decoded.stop!.reason, /class CIdMysteryStep \(schema 7\) is not known/);
    assert.equal(decoded.stop!.offset, bytes.indexOf("CIdMysteryStep") - 6);
    // The steps before are there, and the texts behind are recovered.
    const handler = handlerFromIhd(decoded, "Mystery.ihd");
    assert.deepEqual(
      handler.steps.map(({ label, complete }) => [label, complete]),
      [
        ["Start", false],
        ["Step 1", false],
      ],
    );
    assert.ok(decoded.recovered.some(({ text }) => text === "Step 3"));
    assert.match(decoded.problems[0]!.message, /offset \d+ .*Step 1.*\(1\)/s);
    assert.match(
      handler.problems[0]!.message,
      new RegExp(` ${decoded.recovered.length} string\\(s\\) were found`),
    );
    const { lines, text } = listing(handler);
    const end = text.split("\n").slice(lines.findIndex(({ section }) => section === "recovered"));
    assert.match(end[0]!, /^strings found behind .*no part of the handler/);
    const found = decoded.recovered.find((each) => each.text === "Step 3")!;
    assert.ok(end.includes(`  offset ${found.offset}`.padEnd(32) + '"Step 3"'), end.join("\n"));
  });

  it("strings of older Designers are recovered too", () => {
    const { root } = chain(3, (i, variable) =>
      i === 2 ? create(Mystery, nativeBase(i, "Mystery")) : assignment(i, variable),
    );
    const bytes = writeIhd({ root, form: "ansi" });
    const decoded = decodeIhd(bytes.subarray(0, bytes.length - 40));
    assert.equal(decoded.file.form, "ansi");
    assert.ok(decoded.recovered.some(({ text }) => text === "Step 3"));
  });
});

/** A class the table does not have, with more behind its base than inference tries. */
const Mystery = layout("CIdMysteryStep", 7, "step", {
  ...stepBase,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`text${i}`, str])),
});

describe("inference", () => {
  const infer = (bytes: Buffer, memory: LayoutMemory) =>
    decodeIhd(bytes, { layouts: without("CIdListGetAtStep"), memory });
  const access = (variable: IhdObject) => create(CCGVariableAccess, { typeBits: 1, variable });

  it("prefers references where one instance leads somewhere, and says what stays undecided", () => {
    const full = writeIhd(chain(3, (i, v) => (i === 2 ? getAt(i, v, v, access(v)) : assignment(i, v))));
    const found = infer(full, new LayoutMemory());
    assert.ok(found.exact);
    assert.equal(found.inferred[0]!.signature, "BASE OBJ OBJ OBJ");
    assert.deepEqual(
      found.inferred[0]!.fields.map(({ undecided }) => undecided),
      [false, false, false],
    );

    const empty = writeIhd(chain(3, (i, v) => (i === 2 ? getAt(i, null, null, null) : assignment(i, v))));
    const open = infer(empty, new LayoutMemory());
    assert.ok(open.exact && open.inferred[0]!.fields.every(({ undecided }) => undecided));
    assert.match(open.problems[0]!.message, /stays undecided/);
  });

  it("lets one file decide what another leaves open", () => {
    const empty = writeIhd(chain(3, (i, v) => (i === 2 ? getAt(i, null, null, null) : assignment(i, v))));
    const full = writeIhd(chain(3, (i, v) => (i === 2 ? getAt(i, v, v, access(v)) : assignment(i, v))));
    const memory = new LayoutMemory();
    const before = infer(empty, memory).inferred[0]!.signature;
    assert.notEqual(before, "BASE OBJ OBJ OBJ");
    const generation = memory.generation;
    assert.equal(infer(full, memory).inferred[0]!.signature, "BASE OBJ OBJ OBJ");
    assert.ok(memory.generation > generation, "who decoded before must hear of it");
    const after = infer(empty, memory).inferred[0]!;
    assert.equal(after.signature, "BASE OBJ OBJ OBJ");
    assert.ok(after.fields.every(({ undecided }) => !undecided));
  });

  it("says so when it could not try everything, and calls nothing decided", () => {
    const bytes = writeIhd(
      chain(300, (i, v) => (i % 2 === 0 ? getAt(i, v, v, access(v)) : assignment(i, v))),
    );
    const memory = new LayoutMemory();
    // The first layout that fits is the wrong one; time runs out before the next.
    const { now } = performance;
    let calls = 0;
    let fits = 0;
    performance.now = () => calls++ * 1000;
    try {
      for (let seconds = 1; fits === 0 && seconds < 100; seconds++) {
        calls = 0;
        const decoded = decodeIhd(bytes, {
          layouts: without("CIdListGetAtStep"),
          memory,
          inference: seconds * 1000,
        });
        const last = decoded.problems.at(-1)!;
        if (!decoded.exact) {
          assert.match(last.message, /could not be inferred in the time there is/);
          continue;
        }
        fits++;
        assert.equal(decoded.inferred[0]!.signature, "BASE u32 OBJ");
        assert.deepEqual([last.code, last.severity], ["uncertain-layout", "warning"]);
        assert.doesNotMatch(decoded.problems[0]!.message, /empty everywhere/);
        const { steps } = handlerFromIhd(decoded, "a.ihd");
        assert.deepEqual(
          steps[2]!.inferred.map(({ undecided }) => undecided),
          [true, true],
        );
      }
    } finally {
      performance.now = now;
    }
    assert.equal(fits, 1);
    // What was cut short teaches nothing.
    assert.deepEqual(memory.alive("CIdListGetAtStep/1"), []);
    const all = infer(bytes, memory).inferred[0]!;
    assert.equal(all.signature, "BASE OBJ OBJ OBJ");
  });

  it("says so when too many layouts fit to try them all", () => {
    const empty: ((i: number) => IhdObject)[] = [
      (i) => getAt(i, null, null, null),
      (i) => create(CIdAssignmentStep, nativeBase(i, "Assignment")),
      (i) => create(CIdListInsertTailStep, nativeBase(i, "InsertAtTail")),
      (i) => create(CIdWriteTraceMsgStep, { argumentsVersion: 3, ...nativeBase(i, "Write Trace Message") }),
    ];
    const bytes = writeIhd(chain(4, (i) => empty[i - 1]!(i)));
    const known = new Map(layouts);
    for (const step of ["ListGetAt", "Assignment", "ListInsertTail", "WriteTraceMsg"]) {
      assert.ok(known.delete(`CId${step}Step`));
    }
    const decoded = decodeIhd(bytes, { layouts: known, inference: 20_000 });
    assert.ok(decoded.exact);
    assert.equal(decoded.problems.at(-1)!.code, "uncertain-layout");
  });

  it("reads on from where it stood, as deep as that is", function () {
    this.timeout(60_000);
    const bytes = writeIhd(
      chain(10_000, (i, v) => (i % 2 === 0 ? getAt(i, v, v, access(v)) : assignment(i, v))),
    );
    const decoded = decodeIhd(bytes, { layouts: without("CIdListGetAtStep"), inference: 20_000 });
    assert.deepEqual([decoded.exact, decoded.inferred[0]!.signature], [true, "BASE OBJ OBJ OBJ"]);
    assert.deepEqual(
      decoded.problems.map(({ code }) => code),
      ["inferred-layout"],
    );
    assert.ok(writeIhd({ ...decoded.file, assumed: decoded.assumed }).equals(bytes));
  });

  it("hears of it when another file fills what was empty, the layout being the same", () => {
    const trace = (level: number) =>
      writeIhd(
        chain(2, (i, v) => Object.assign(traceMessage(i, v), { level: level && level + 0x70000 * i })),
      );
    const options = { layouts: without("CIdWriteTraceMsgStep"), memory: new LayoutMemory() };
    const open = () => decodeIhd(trace(0), options).inferred[0]!.fields.map(({ undecided }) => undecided);
    assert.deepEqual(open(), [true]);
    const { generation } = options.memory;
    decodeIhd(trace(20), options);
    assert.ok(options.memory.generation > generation);
    assert.deepEqual(open(), [false]);
  });

  it("settles several unknown classes in one file", () => {
    const bytes = writeIhd(chain(6, (i, v) => (i % 3 === 0 ? getAt(i, v, v, access(v)) : assignment(i, v))));
    const known = without("CIdListGetAtStep");
    known.delete("CIdAssignmentStep");
    known.delete("CIdInitSubroutine");
    const decoded = decodeIhd(bytes, { layouts: known });
    assert.ok(decoded.exact, decoded.problems[0]?.message);
    assert.deepEqual(decoded.inferred.map(({ className }) => className).sort(), [
      "CIdAssignmentStep",
      "CIdInitSubroutine",
      "CIdListGetAtStep",
    ]);
    const truth = handlerFromIhd(decodeIhd(bytes), "a.ihd");
    const found = handlerFromIhd(decoded, "a.ihd");
    assert.deepEqual(
      found.steps.map(({ node, exits }) => [node, exits[0]!.to]),
      truth.steps.map(({ node, exits }) => [node, exits[0]!.to]),
    );
    assert.ok(writeIhd({ ...decoded.file, assumed: decoded.assumed }).equals(bytes));
  });

  it("reads a literal of a type never seen", () => {
    const bytes = writeIhd({
      ...chain(2, (i, v) =>
        Object.assign(assignment(i, v), {
          expression: create(CCGLiteralValue, { typeBits: 4, value: 45123.25 }),
        }),
      ),
    });
    // The same bytes with the type bits of a DateTime.
    const four = Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]);
    const value = Buffer.alloc(8);
    value.writeDoubleLE(45123.25);
    for (
      let at = bytes.indexOf(Buffer.concat([four, value]));
      at !== -1;
      at = bytes.indexOf(Buffer.concat([four, value]))
    ) {
      bytes[at] = 16;
    }
    const decoded = decodeIhd(bytes);
    assert.ok(decoded.exact);
    assert.equal(decoded.inferred[0]!.key, "literal/16");
    assert.deepEqual(handlerFromIhd(decoded, "a.ihd").steps[1]!.arguments[1]!.value, {
      kind: "literal",
      type: "DateTime",
      value: 45123.25,
    });
    assert.ok(writeIhd({ ...decoded.file, assumed: decoded.assumed }).equals(bytes));
  });
});
