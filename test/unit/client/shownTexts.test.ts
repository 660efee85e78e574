import assert from "node:assert/strict";
import { type Sources, untranslatedIn } from "./shownTexts";

const client: Sources = { folder: "client/src", config: "tsconfig.json" };
const media: Sources = { folder: "media", config: "media/tsconfig.json" };

const listed = (sources: Sources): string[] =>
  untranslatedIn(sources).map(({ place, kind, text }) => `${place} ${kind}: ${text}`);

describe("what is shown without l10n", function () {
  this.timeout(60_000);

  it("is nothing in the editor part", () => assert.deepEqual(listed(client), []));

  it("is nothing in the views", () => assert.deepEqual(listed(media), []));

  it("is found: literals, stored words, and what is only called like one", () => {
    const text = `
import { l10n, TreeItem, window } from "vscode";
import type { DialerItem, PastRunRow } from "../../server/src/protocol";

export function itemOf(run: PastRunRow, { kind, kindName }: DialerItem): TreeItem {
  const item = new TreeItem("All runs");
  item.description = \`\${run.state} · \${kindName}\`;
  const icon = run.state === "Ready for restart" ? "debug" : "pass";
  item.tooltip = [l10n.t("Kind: {0}", kind), run.stateName].join(", ");
  item.contextValue = \`run \${run.state}\`;
  const why = \`It is \${run.name}\`;
  void window.showWarningMessage(why, l10n.t("Go On"), "ok");
  item.accessibilityInformation = { label: icon + (run.errors > 0 ? l10n.t("errors") : "fine") };
  return item;
}
`;
    const texts = new Map([["probe.ts", text]]);
    assert.deepEqual(listed({ ...client, texts }), [
      "client/src/probe.ts:6 literal: All runs",
      "client/src/probe.ts:7 word: run.state",
      "client/src/probe.ts:9 word: kind",
      "client/src/probe.ts:11 literal: It is …",
      "client/src/probe.ts:12 literal: ok",
      "client/src/probe.ts:8 literal: debug",
      "client/src/probe.ts:8 literal: pass",
      "client/src/probe.ts:13 literal: fine",
    ]);
  });

  it("is found in views: what elements hold, and what screen readers say", () => {
    const text = `
import type { PackageFinding } from "../server/src/protocol";
import { element } from "./flow/elements";
import { say } from "./packages/text";

export function row({ severity, message }: PackageFinding): HTMLElement {
  const made = element("li", { class: "row head", "aria-label": severity }, say(severity), message, "none");
  made.setAttribute("aria-description", "Press Enter to open");
  made.title = say("goTo", severity);
  return made;
}
`;
    assert.deepEqual(listed({ ...media, texts: new Map([["probe.ts", text]]) }), [
      "media/probe.ts:7 literal: none",
      "media/probe.ts:7 word: severity",
      "media/probe.ts:8 literal: Press Enter to open",
      "media/probe.ts:9 word: severity",
    ]);
  });
});
