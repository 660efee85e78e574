import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { breachText, evaluate, type StepStatus } from "../../../server/src/runbook/evaluate";
import { links } from "../../../server/src/runbook/links";
import { type Change, changed, type Marks, noMarks } from "../../../server/src/runbook/marks";
import { sourceText, type Variant, variants } from "../../../server/src/runbook/model";
import { orderRules } from "../../../server/src/runbook/orderRules";
import { applies, phases, steps } from "../../../server/src/runbook/runbook";

const everything = variants.map(({ id }) => id);

/** Marks after changes, a second apart. */
function marksOf(chosen: readonly Variant[], ...changes: Change[]): Marks {
  return [{ what: "variants", chosen } as const, ...changes].reduce<Marks>(
    (marks, change, at) =>
      changed(marks, change, "Ann", `2026-01-01T00:00:${String(at).padStart(2, "0")}.000Z`),
    noMarks,
  );
}
const done = (step: string): Change => ({ what: "state", step, state: "done" });

function statusOf(marks: Marks, id: string): StepStatus {
  const found = evaluate(marks)
    .flatMap((phase) => phase.steps)
    .find(({ step }) => step.id === id);
  assert.ok(found, `${id} is not shown`);
  return found;
}

describe("the runbook's steps", () => {
  it("have ids that differ, a title, what closes them and a section of a guide", () => {
    const all = phases.flatMap((phase) => phase.steps);
    assert.equal(steps.size, all.length);
    assert.ok(all.length > 100, String(all.length));
    for (const { id, title, proof, source } of all) {
      assert.match(id, /^[a-z-]+\/[a-z0-9-]+$/);
      assert.ok(title.length > 5 && !title.endsWith("."), id);
      assert.ok(proof.endsWith("."), id);
      assert.match(sourceText(source), /^[^,]+, (?:“.+”|(?:sections?|chapter) \d.*)$/, id);
    }
  });

  it("need steps that are there, and never in a circle", () => {
    const ready = new Set<string>();
    for (let before = -1; ready.size > before;) {
      before = ready.size;
      for (const { step } of steps.values()) {
        for (const need of step.needs) assert.ok(steps.has(need), `${step.id} needs ${need}`);
        if (step.needs.every((need) => ready.has(need))) ready.add(step.id);
      }
    }
    assert.deepEqual(
      [...steps.keys()].filter((id) => !ready.has(id)),
      [],
    );
  });

  it("are those of the variants that are chosen", () => {
    const shown = (chosen: readonly Variant[]): string[] =>
      evaluate(marksOf(chosen)).flatMap((phase) => phase.steps.map(({ step }) => step.id));
    const none = shown([]);
    assert.ok(none.includes("export/export") && none.includes("database/migrate"));
    assert.ok(none.every((id) => steps.get(id)?.step.variants.length === 0));
    assert.ok(shown(["oracle"]).includes("database/tablespaces"));
    assert.ok(!shown(["oracle"]).includes("database/recovery-model"));
    assert.equal(shown(everything).length, steps.size);
    for (const { id } of variants) assert.ok(shown([id]).length > none.length, id);
  });

  it("keep their numbers whatever is chosen", () => {
    const number = (chosen: readonly Variant[]): string =>
      statusOf(marksOf(chosen), "database/migrate").number;
    assert.equal(number(["oracle"]), number(everything));
    assert.equal(steps.get("plan/support")?.number, "0.1");
  });
});

describe("hard orders", () => {
  it("name steps that are there, and the section that says so", () => {
    for (const { id, first, then, section } of orderRules) {
      for (const step of [...first, ...then]) assert.ok(steps.has(step), `${id}: ${step}`);
      assert.ok(section.length > 5, id);
    }
  });

  it("are never broken by whoever goes from top to bottom", () => {
    let marks = marksOf(everything);
    for (const id of steps.keys()) {
      // The comparison needs the target's handlers.
      if (id === "handlers/compare") continue;
      marks = changed(marks, done(id), "Ann", "2026-01-02T00:00:00.000Z");
      assert.deepEqual(statusOf(marks, id).broken.map(breachText), [], id);
    }
  });

  for (const { id, first, then } of orderRules) {
    it(`are seen to be broken: ${id}`, () => {
      for (const last of then) {
        const held = statusOf(marksOf(everything), last);
        assert.ok(held.held.some(({ rule }) => rule.id === id));
        assert.deepEqual(held.broken, []);
        const early = statusOf(marksOf(everything, done(last)), last);
        const breach = early.broken.find(({ rule }) => rule.id === id);
        assert.deepEqual(
          breach?.missing.map(({ step }) => step.id),
          first.filter((each) => each !== last),
        );
        const kept = statusOf(marksOf(everything, ...first.map(done), done(last)), last);
        assert.ok(!kept.broken.some(({ rule }) => rule.id === id));
        const spared = first.map((step): Change => ({ what: "state", step, state: "notNeeded" }));
        assert.ok(
          !statusOf(marksOf(everything, ...spared, done(last)), last).broken.some(
            ({ rule }) => rule.id === id,
          ),
        );
      }
    });
  }

  it("say nothing of what the site does not have", () => {
    const marks = marksOf(["sqlServer"], done("database/target-schema-sql"));
    const missing = statusOf(marks, "database/target-schema-sql").broken.flatMap((breach) => breach.missing);
    assert.deepEqual(missing.map(({ step }) => step.id).sort(), ["database/clean-up-sql", "target/install"]);
    assert.ok(missing.every(({ step }) => applies(step, new Set(["sqlServer"]))));
  });
});

describe("states", () => {
  const proof: Change = { what: "proof", step: "export/export", from: "a.ininmigr: 3 entries" };

  it("come from people, and from proofs where people say nothing later", () => {
    assert.equal(statusOf(marksOf([]), "export/export").state, "open");
    const proved = statusOf(marksOf([], proof), "export/export");
    assert.equal(proved.state, "done");
    assert.equal(proved.proved?.from, "a.ininmigr: 3 entries");
    const reopened = marksOf([], proof, { what: "state", step: "export/export", state: "open" });
    assert.equal(statusOf(reopened, "export/export").state, "open");
    assert.equal(statusOf(reopened, "export/export").proved, undefined);
    const again = changed(reopened, proof, "", "2026-01-03T00:00:00.000Z");
    assert.equal(statusOf(again, "export/export").state, "done");
    const spared = marksOf([], proof, { what: "state", step: "export/export", state: "notNeeded" });
    assert.equal(statusOf(spared, "export/export").state, "notNeeded");
  });

  it("count for the progress of their phase", () => {
    const marks = marksOf(
      [],
      done("plan/support"),
      { what: "state", step: "plan/lab", state: "notNeeded" },
      { what: "state", step: "plan/image", state: "blocked" },
    );
    const plan = evaluate(marks).find(({ phase }) => phase.id === "plan");
    assert.deepEqual(plan?.progress, { done: 1, needed: 5, proved: 0, blocked: 1 });
  });

  it("wait for the steps before", () => {
    const waits = (marks: Marks): string[] =>
      statusOf(marks, "handlers/plan").waits.map(({ step }) => step.id);
    assert.deepEqual(waits(marksOf([])), ["handlers/inventory"]);
    assert.deepEqual(waits(marksOf([], done("handlers/inventory"))), []);
  });
});

describe("links", () => {
  it("are of steps that are there, to commands of the palette and views that exist", () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as {
      contributes: {
        commands: { command: string }[];
        views: Record<string, { id: string }[]>;
        menus: { commandPalette: { command: string; when: string }[] };
      };
    };
    const { commands, views, menus } = manifest.contributes;
    const hidden = new Set(
      menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command),
    );
    const targets = new Set([
      ...commands.map(({ command }) => command).filter((command) => !hidden.has(command)),
      ...Object.values(views).flatMap((list) => list.map(({ id }) => `view:${id}`)),
    ]);
    for (const [step, list] of Object.entries(links)) {
      assert.ok(steps.has(step), step);
      assert.equal(new Set(list.map((link) => JSON.stringify(link))).size, list.length, step);
      for (const { command, view, file } of list) {
        if (command !== undefined)
          assert.ok(targets.has(`handlerWorkbench.${command}`), `${step}: ${command}`);
        if (view !== undefined) assert.ok(targets.has(`view:handlerWorkbench.${view}`), `${step}: ${view}`);
        assert.ok(command ?? view ?? file, step);
        assert.ok(view === undefined || (command ?? file) === undefined, step);
      }
    }
  });
});
