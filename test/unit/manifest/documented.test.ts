import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rules } from "../../../server/src/analysis/checks/checks";
import { manifest, referencePage, referenceTables, root, textOf } from "../../referencePage";
import { sections } from "../../rulesPage";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "media/readme"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `media/readme/${name}`),
].filter((page) => existsSync(join(root, page)));
const textOfPage = (page: string): string => readFileSync(join(root, page), "utf8");
const readme = textOfPage("README.md");

const { commands, views, configuration } = manifest.contributes;
const settings = Object.keys(configuration.properties);
const titles = new Set(commands.map(({ title }) => textOf(title)));

const codes = sections.flatMap(({ codes: all }) => Object.keys(all));

/** Of VS Code and Interaction Designer, and buttons of our views. */
const notOurs = new Set(["Reopen Editor With...", "Save As...", "File > Open...", "Columns..."]);

/** Each with the page it stands on, in the order of the pages. */
function found(pattern: RegExp, of: readonly string[] = pages): { page: string; name: string }[] {
  return of.flatMap((page) =>
    [...textOfPage(page).matchAll(pattern)].map((match) => ({ page, name: match[1] ?? "" })),
  );
}

describe("what the documentation names", () => {
  it("are commands, settings and views that exist", () => {
    const known = new Set([
      ...commands.map(({ command }) => command),
      ...settings,
      ...Object.values(views).flatMap((list) => list.map(({ id }) => id)),
      "handlerWorkbench.",
    ]);
    const named = found(/`(handlerWorkbench\.[\w.]*)`/g);
    assert.ok(named.length > commands.length + settings.length);
    assert.deepEqual(
      named.filter(({ name }) => !known.has(name)),
      [],
    );
  });

  it("are titles of commands that exist, where they end as those that ask do", () => {
    const named = found(/(?:\*\*|\b_)([A-Z][^*_\n]{2,80}?\.\.\.)(?:\*\*|_\b|_(?=\W))/g);
    assert.ok(named.length >= 5, JSON.stringify(named));
    assert.deepEqual(
      named.filter(({ name }) => !titles.has(name) && !notOurs.has(name)),
      [],
    );
  });

  it("are rules that exist, and all of them", () => {
    const ids = new Set(rules.map(({ id }) => id));
    const families = new Set([...ids].map((id) => id.split("-")[0]));
    const named = found(/`([a-z]+(?:-[a-z]+)+)`/g, ["README.md", "media/readme/rules.md"]);
    assert.deepEqual(
      named.filter(({ name }) => families.has(name.split("-")[0]) && !ids.has(name) && !isExempt(name)),
      [],
    );
    const listed = new Set(found(/^\| `([\w/-]+)` \|/gm, ["media/readme/rules.md"]).map(({ name }) => name));
    assert.deepEqual([...listed].sort(), [...ids, ...codes].sort());
  });

  it("are codes of other files that exist", () => {
    const families = new Set(codes.map((code) => code.split("/")[0]));
    const named = found(/[`"]([a-z0-9-]+\/[a-z0-9-]+)[`"]/g).filter(({ name }) =>
      families.has(name.split("/")[0]),
    );
    assert.ok(named.length >= codes.filter((code) => code.includes("/")).length);
    assert.deepEqual(
      named.filter(({ name }) => !codes.includes(name)),
      [],
    );
  });

  it("are files that exist", () => {
    const missing = pages.flatMap((page) =>
      [...textOfPage(page).matchAll(/\]\((?!https?:|#|command:|mailto:)([^)#\s]+)/g)]
        .map(([, path]) => join(dirname(join(root, page)), path!))
        .filter((path) => !existsSync(path))
        .map((path) => `${page}: ${relative(root, path)}`),
    );
    assert.deepEqual(missing, []);
  });
});

describe("what exists is documented", () => {
  it("in the lists of commands, views and settings (npx tsx test/makeReferencePage.ts writes them)", () => {
    const page = readFileSync(referencePage, "utf8");
    assert.ok(
      page.endsWith(`\n${referenceTables()}`),
      "media/readme/reference.md is not what package.json says: run 'npx tsx test/makeReferencePage.ts'",
    );
    for (const name of [...settings, ...commands.map(({ command }) => command)])
      assert.ok(page.includes(`\`${name}\``), name);
  });

  it("with a meaning for each setting", () => {
    for (const [name, { description, markdownDescription }] of Object.entries(configuration.properties)) {
      assert.ok(textOf(markdownDescription ?? description).length > 20, name);
    }
  });

  it("in pages that the README leads to", () => {
    assert.ok(readme.includes("(media/readme/rules.md)"));
    assert.ok(readme.includes("(media/readme/reference.md)"));
  });
});

/** Names of handlers, files and the like that look like rules. */
function isExempt(name: string): boolean {
  return /^handler-(?:listing|workbench|diff)$/.test(name);
}
