import assert from "node:assert/strict";
import { type DependencyNode, dependencyTree } from "../../../client/src/dependencies/dependencyTree";
import type { DependenciesRequest } from "../../../server/src/protocol";

const texts = { unresolved: "not there", cycles: "circles", dead: "dead", callers: "callers" };
const ref = (name: string) => ({ name, uri: `file:///w/${name}.ihd` });
const found: DependenciesRequest.Result = {
  kinds: [
    { id: "subroutine", name: "Subroutines" },
    { id: "tool", name: "Tools" },
  ],
  handlers: [],
  items: [
    { kind: "tool", name: "M:Get Key", label: "Get Key", users: [{ ...ref("A"), steps: [1, 4] }] },
    { kind: "tool", name: "M:Play", label: "Play", users: [{ ...ref("B"), steps: [2] }] },
  ],
  unresolved: [{ name: "Gone", users: [{ ...ref("A"), steps: [3] }] }],
  cycles: [[ref("A"), ref("B")]],
  dead: [{ ...ref("Old"), isCalledByDead: false }],
};
const handlers: DependenciesRequest.Result["handlers"] = [
  {
    ...ref("A"),
    isSubroutine: true,
    uses: [
      { kind: "tool", name: "M:Get Key", label: "Get Key", steps: [1], targets: [] },
      { kind: "tool", name: "M:Play", label: "Play", steps: [2], targets: [] },
    ],
    callers: [{ ...ref("B"), steps: [7] }],
  },
];

/** Names of rows, those below in parentheses. */
function shape(nodes: readonly DependencyNode[]): string {
  const nameOf = (node: DependencyNode): string => {
    switch (node.kind) {
      case "group":
        return node.id;
      case "handler":
        return node.handler.name;
      case "item":
        return node.item.name;
      case "use":
        return node.use.name;
      case "missing":
        return node.name;
      case "user":
        return node.user.name;
      case "cycle":
        return node.members.map(({ name }) => name).join("-");
      case "ref":
        return node.ref.name;
      case "step":
        return String(node.node);
    }
  };
  return nodes
    .map((node) => `${nameOf(node)}${node.nodes.length > 0 ? `(${shape(node.nodes)})` : ""}`)
    .join(" ");
}

describe("the tree of dependencies", () => {
  it("shows what needs a look first, then kinds with items, users, and steps where there are several", () => {
    assert.equal(
      shape(dependencyTree(found, [], texts)),
      "unresolved(Gone(A)) cycles(A-B(A B)) dead(Old) tool(M:Get Key(A(1 4)) M:Play(B))",
    );
  });

  it("keeps items that have all words, in name, label or kind", () => {
    assert.equal(shape(dependencyTree(found, ["tools", "key"], texts)), "tool(M:Get Key(A(1 4)))");
    assert.equal(shape(dependencyTree(found, ["nothing"], texts)), "");
  });

  it("shows handlers with callers and uses; a word may name the handler or what it uses", () => {
    const result = { ...found, items: [], unresolved: [], cycles: [], dead: [], handlers };
    assert.equal(shape(dependencyTree(result, [], texts)), "A(callers(B) tool(M:Get Key M:Play))");
    assert.equal(shape(dependencyTree(result, ["play"], texts)), "A(tool(M:Play))");
    assert.equal(shape(dependencyTree(result, ["elsewhere"], texts)), "");
  });
});
