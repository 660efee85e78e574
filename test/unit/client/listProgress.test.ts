import assert from "node:assert/strict";
import { nextStep, progressOf } from "../../../client/src/scripts/lists/progress";
import type { PastRunRow } from "../../../server/src/protocol";

const run = (
  state: PastRunRow["state"],
  scripts: PastRunRow["scripts"],
  targetKey = "db",
): Pick<PastRunRow, "state" | "scripts" | "targetKey"> => ({ state, scripts, targetKey });

const progress = (runs: readonly ReturnType<typeof run>[], path = "a", targetKey?: string) =>
  progressOf(path, runs as readonly PastRunRow[], targetKey);

describe("how far a list is", () => {
  const ended = { path: "a", ended: true, started: true, errors: 0 };

  it("knows errors of a script that came to its end", () => {
    assert.deepEqual(progress([run("Completed", [{ ...ended, errors: 3 }])]), { state: "done", errors: 3 });
    // The latest run decides.
    assert.deepEqual(progress([run("Completed", [ended]), run("Completed", [{ ...ended, errors: 3 }])]), {
      state: "done",
      errors: 0,
    });
    assert.deepEqual(progress([run("User completed", [{ ...ended, errors: 3 }])]), {
      state: "done",
      errors: 0,
    });
    assert.deepEqual(progress([run("Failed", [{ ...ended, ended: false, errors: 1 }])]), {
      state: "started",
      errors: 1,
    });
    assert.equal(progress([run("Completed", [ended], "other")], "a", "db").state, "none");
  });

  it("goes on behind what is done, and names what was done with errors", () => {
    const done = { state: "done", errors: 0 } as const;
    const faulty = { state: "done", errors: 2 } as const;
    const none = { state: "none", errors: 0 } as const;
    assert.deepEqual(nextStep([done, faulty, none, faulty]), { next: 2, faulty: [1] });
    assert.deepEqual(nextStep([none, done]), { next: 0, faulty: [] });
    assert.deepEqual(nextStep([done, faulty]), { next: undefined, faulty: [1] });
    assert.deepEqual(nextStep([done]), { next: undefined, faulty: [] });
  });
});
