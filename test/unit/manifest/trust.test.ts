import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { harmless, needsTrust } from "../../vscode/trustLists";

const { contributes } = JSON.parse(readFileSync(resolve(__dirname, "../../../package.json"), "utf8")) as {
  contributes: { commands: { command: string; enablement?: string }[] };
};
const commands = contributes.commands.map(({ command, enablement = "" }) => ({
  name: command.replace(/^handlerWorkbench\./, ""),
  isDisabled: /\bisWorkspaceTrusted\b/.test(enablement),
}));

describe("commands in Restricted Mode", () => {
  it("are known to be harmless, or to need trust: every one of them", () => {
    assert.deepEqual([...needsTrust, ...harmless].sort(), commands.map(({ name }) => name).sort());
  });

  it("are disabled in menus and palette where they need trust, and only there", () => {
    const disabled = commands.filter(({ isDisabled }) => isDisabled);
    assert.deepEqual(disabled.map(({ name }) => name).sort(), [...needsTrust].sort());
  });
});
