import assert from "node:assert/strict";
import { rated, type RatedProblem } from "../../../client/src/ratedProblems";

describe("problems as the setting of rules has them", () => {
  const problems: readonly (RatedProblem & { readonly message: string })[] = [
    { code: "unusual-value", severity: "information", message: "a" },
    { code: "partly-read", severity: "error", message: "b" },
  ];

  it("are left out where it says off, and rated otherwise where it says so", () => {
    assert.deepEqual(rated(problems, { "unusual-value": "off", "partly-read": "hint" }), [
      { code: "partly-read", severity: "hint", message: "b" },
    ]);
  });

  it("are as they were where it says nothing, or nothing that makes sense", () => {
    const odd = [
      undefined,
      null,
      "off",
      [],
      {},
      { "unusual-value": "loud", "partly-read": 1 },
      { other: "off" },
    ];
    for (const rules of odd) assert.deepEqual(rated(problems, rules), problems);
  });
});
