import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { compareHandlers } from "../../../server/src/analysis/compare/compareHandlers";
import { handlerFromIhd } from "../../../server/src/handler/fromIhd";
import type { Handler } from "../../../server/src/handler/model";
import { listing } from "../../../server/src/handler/listing";
import { decodeIhd } from "../../../server/src/ihd/decode";
import { create, type IhdObject, type Layout, layout, u32 } from "../../../server/src/ihd/fields";
import {
  CCGFunctionCall,
  CCGVariableAccess,
  CIdAssignmentStep,
  layouts,
} from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { corpus, needsCorpus } from "../../corpus";
import { sampleFiles } from "../../fixtures/makeSample";
import { assignment, chain, getAt, nativeBase, traceMessage } from "./build";

const access = (variable: IhdObject) => create(CCGVariableAccess, { typeBits: 1, variable });

/** `text = <function>(text)`, each step with the next function. */
const call = (functionId: number) => (i: number, variable: IhdObject) =>
  Object.assign(assignment(i, variable), {
    expression: create(CCGFunctionCall, { typeBits: 8, arguments: [access(variable)], functionId }),
  });

interface NamedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

function files(): NamedFile[] {
  const built: NamedFile[] = [
    { name: "getAt", bytes: writeIhd(chain(3, (i, v) => getAt(i, v, v, access(v)))) },
    { name: "trace", bytes: writeIhd(chain(3, traceMessage)) },
    { name: "call", bytes: writeIhd(chain(3, call(5))) },
    { name: "ansi", bytes: writeIhd({ ...chain(3), form: "ansi" }) },
  ];
  const sample = [...sampleFiles()]
    .filter(([path]) => path.endsWith(".ihd"))
    .map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
  const real = corpus().map(({ name, path }) => ({ name, bytes: readFileSync(path) }));
  return [...built, ...sample, ...real];
}

/** The file with another schema in the record of a class; undefined when it does not use the class. */
function withSchema(bytes: Buffer, { className, schema }: Layout, other: number): Buffer | undefined {
  const head = Buffer.alloc(6);
  head.writeUInt16LE(0xffff, 0);
  head.writeUInt16LE(schema, 2);
  head.writeUInt16LE(className.length, 4);
  const at = bytes.indexOf(Buffer.concat([head, Buffer.from(className, "latin1")]));
  if (at === -1) return undefined;
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(other, at + 2);
  return changed;
}

const changes = (one: Handler, other: Handler): number => compareHandlers(one, other).changes.length;
const model = (bytes: Buffer) => handlerFromIhd(decodeIhd(bytes), "Changed.ihd");

describe("another schema of a known class", function () {
  this.timeout(120_000);
  let all: NamedFile[] = [];
  before(() => {
    all = files();
  });

  for (const known of layouts.values()) {
    it(`${known.className} reads as it is known where the whole file decodes`, function () {
      let users = 0;
      for (const { name, bytes } of all) {
        const changed = withSchema(bytes, known, 77);
        if (!changed) continue;
        users++;
        const decoded = decodeIhd(changed);
        const { problems, ...found } = handlerFromIhd(decoded, name);
        const { problems: before, ...truth } = handlerFromIhd(decodeIhd(bytes), name);
        assert.deepEqual(found, truth, name);
        assert.deepEqual(before, []);
        assert.deepEqual(
          problems.map(({ code, severity }) => [code, severity]),
          [["inferred-layout", "information"]],
        );
        const { message } = problems[0]!;
        assert.match(message, new RegExp(`^Schema 77 of class ${known.className} was not seen before; `));
        assert.match(message, new RegExp(` were read as schema ${known.schema}, `));
        assert.ok(writeIhd({ ...decoded.file, assumed: decoded.assumed }).equals(changed), name);
      }
      if (users === 0) needsCorpus(this);
      assert.ok(users > 0, "no file uses the class");
    });
  }

  it("shows a changed operator", () => {
    const [less, greater] = [4, 5].map((id) => model(withSchema(callFile(id), CCGFunctionCall, 77)!));
    assert.notEqual(listing(less!).text, listing(greater!).text);
    assert.equal(changes(less!, greater!), 1);
  });

  it("with one more field is read as known, and shows that field", () => {
    const newer = layout("CIdAssignmentStep", 2, "step", { ...CIdAssignmentStep.fields, more: u32 });
    const file = (more: number) => {
      const { root } = chain(3, (i, variable) =>
        create(newer, {
          ...nativeBase(i, "Assignment"),
          variable,
          expression: access(variable),
          more: more + i,
        }),
      );
      return writeIhd({ root });
    };
    const decoded = decodeIhd(file(7));
    assert.deepEqual([decoded.exact, decoded.inferred[0]!.signature], [true, "as schema 1 u32"]);
    assert.match(decoded.problems[0]!.message, /were read as schema 1 with u32 behind it/);
    const { steps } = handlerFromIhd(decoded, "a.ihd");
    assert.deepEqual(
      steps[1]!.arguments.map(({ label }) => label),
      ["LHS", "RHS"],
    );
    assert.deepEqual(
      steps[1]!.inferred.map(({ values, undecided }) => [values, undecided]),
      [[[8], false]],
    );
  });

  it("of an expression with one more field shows that field", () => {
    const newer = layout("CCGFunctionCall", 259, "expression", { ...CCGFunctionCall.fields, more: u32 });
    const file = (more: number) =>
      writeIhd(
        chain(2, (i, variable) =>
          Object.assign(assignment(i, variable), {
            expression: create(newer, {
              typeBits: 8,
              arguments: [access(variable)],
              functionId: 0x22,
              more: more * i,
            }),
          }),
        ),
      );
    const text = (more: number) => listing(model(file(more))).text;
    assert.match(text(3), /CCGFunctionCall\(StrLen\(text\), 3\)/);
    assert.notEqual(text(3), text(4));
  });
});

const callFile = (functionId: number) => writeIhd(chain(1, call(functionId)));

describe("an expression of a class that is not known", () => {
  const known = new Map(layouts);
  known.delete("CCGFunctionCall");

  it("shows all it holds: a byte that differs shows in listing and comparison", () => {
    const read = (id: number) => handlerFromIhd(decodeIhd(callFile(id), { layouts: known }), "Changed.ihd");
    const [one, other] = [read(4), read(5)];
    assert.match(listing(one).text, /CCGFunctionCall\(8, 1, text, 4\)/);
    assert.notEqual(listing(one).text, listing(other).text);
    assert.equal(changes(one, other), 1);
  });
});
