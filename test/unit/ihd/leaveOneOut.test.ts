import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { handlerFromIhd } from "../../../server/src/handler/fromIhd";
import type { Handler } from "../../../server/src/handler/model";
import { type Decoded, decodeIhd } from "../../../server/src/ihd/decode";
import { LayoutMemory } from "../../../server/src/ihd/layoutMemory";
import { create } from "../../../server/src/ihd/fields";
import { CCGVariableAccess, layouts } from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { corpus, needsCorpus } from "../../corpus";
import { chain, getAt, traceMessage } from "./build";

const stepClasses = [...layouts.values()]
  .filter(({ slot }) => slot === "step")
  .map(({ className }) => className);

/** Decodes all files without one class, twice: the second time with what all files together have shown. */
function decodeWithout(className: string, files: readonly Buffer[]): Decoded[] {
  const known = new Map(layouts);
  known.delete(className);
  const memory = new LayoutMemory();
  const once = () => files.map((bytes) => decodeIhd(bytes, { layouts: known, memory }));
  once();
  return once();
}

/** What does not depend on knowing the class: steps, exits, connections. */
const structure = ({ steps }: Handler) =>
  steps.map(({ node, kind, tool, label, notes, rect, exits }) => ({
    node,
    kind,
    tool,
    label,
    notes,
    rect,
    exits: exits.map(({ label: exit, to, returnValue }) => ({ exit, to, returnValue })),
  }));

/** The classes that no real file at hand has. */
function built(className: string): { name: string; bytes: Buffer } {
  const makers: Record<string, Parameters<typeof chain>[1]> = {
    CIdListGetAtStep: (i, v) =>
      getAt(i, v, i === 2 ? null : v, create(CCGVariableAccess, { typeBits: 1, variable: v })),
    CIdWriteTraceMsgStep: traceMessage,
  };
  const make = makers[className];
  assert.ok(make, `${className} is in no real file, and there is no built one`);
  return { name: `built ${className}`, bytes: writeIhd(chain(4, make)) };
}

describe("inference, leave one class out", function () {
  this.timeout(120_000);
  let files: { readonly name: string; readonly bytes: Buffer }[] = [];
  before(function () {
    needsCorpus(this);
    files = corpus().map(({ name, path }) => ({ name, bytes: readFileSync(path) }));
  });

  for (const className of stepClasses) {
    it(className, function () {
      const users = files.filter(({ bytes }) => bytes.includes(Buffer.from(className, "latin1")));
      const origin = users.length > 0 ? "real" : "built";
      if (users.length === 0) users.push(built(className));
      const decoded = decodeWithout(
        className,
        users.map(({ bytes }) => bytes),
      );
      const undecided = new Set<string>();
      for (const [i, { name, bytes }] of users.entries()) {
        const found = decoded[i]!;
        assert.ok(found.exact, `${name}: ${found.problems.map(({ message }) => message).join()}`);
        const truth = handlerFromIhd(decodeIhd(bytes), name);
        const inferred = handlerFromIhd(found, name);
        assert.deepEqual(structure(inferred), structure(truth), name);
        assert.equal(found.inferred.length, 1);
        for (const { name: field, kind, undecided: open } of found.inferred[0]!.fields) {
          if (open) undecided.add(`${field} (${kind})`);
        }
        compareArguments(truth, inferred, className);
      }
      const { signature, alternatives } = decoded[0]!.inferred[0]!;
      console.log(
        `        ${className}: ${users.length} ${origin} file(s), read as ${signature}` +
          (undecided.size > 0 ? `; undecided: ${[...undecided].join(", ")}` : "") +
          (alternatives.length > 0 ? `; also possible: ${alternatives.join(" | ")}` : ""),
      );
    });
  }
});

/** Arguments and expressions wherever the bytes decide: as the known layout gives them, by position. */
function compareArguments(truth: Handler, inferred: Handler, className: string): void {
  for (const [i, step] of truth.steps.entries()) {
    if (step.className !== className) continue;
    const found = inferred.steps[i]!;
    if (step.arguments.length > 0 && /Extern$|Subroutine(Step)?$|TraceMsg/.test(className)) {
      assert.deepEqual(
        found.arguments.map(({ value }) => value),
        step.arguments.map(({ value }) => value),
      );
      continue;
    }
    const values = found.inferred.flatMap((field) => field.values).filter((value) => value !== null);
    const expected =
      className === "CIdSelectionStep"
        ? step.exits.map(({ caseOf }) => caseOf)
        : className === "CIdInitSubroutine"
          ? []
          : step.arguments.map(({ value }) =>
              className === "CIdStartDebugStep" && value?.kind === "literal" ? value.value : value,
            );
    if (className === "CIdInitSubroutine") {
      const names = found.inferred.find(({ name }) => name === "extra3")!.values;
      assert.deepEqual(names, step.parameterVariables);
    } else if (className === "CIdListGetAtStep") {
      // The file has list, target, index; Designer shows list, index, target.
      const [list, index, target] = expected;
      assert.deepEqual(
        values,
        [list, target, index].filter((value) => value !== null),
      );
    } else {
      assert.deepEqual(
        values,
        expected.filter((value) => value !== null),
      );
    }
  }
}
