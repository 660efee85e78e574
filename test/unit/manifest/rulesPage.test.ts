import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../server/src/analysis/checks/checks";
import { configFormats } from "../../../server/src/config/formats";
import { configRules } from "../../../server/src/config/rules";
import { importRules } from "../../../server/src/packages/checks/importRules";
import { manifest, root } from "../../referencePage";
import { lists, pageWith, rulesPage, sections } from "../../rulesPage";

/** The sources of a folder of server/src without its tables of codes. */
function sourcesOf(folder: string): string[] {
  const path = join(root, "server/src", folder);
  return (readdirSync(path, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts") && !/(?:^|[\\/])rules\.ts$/.test(file))
    .map((file) => readFileSync(join(path, file), "utf8"));
}

describe("the rules page", () => {
  const page = rulesPage();

  it("lists every rule and code as the program has it (npx tsx test/makeRulesPage.ts writes it)", () => {
    assert.equal(pageWith(page), page);
    assert.equal(lists().size, sections.length + 1);
    for (const { id } of rules) assert.ok(page.includes(`| \`${id}\` |`), id);
  });

  it("lists nothing else, and nothing twice", () => {
    const listed = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code!);
    const known = [...rules.map(({ id }) => id), ...sections.flatMap(({ codes }) => Object.keys(codes))];
    assert.deepEqual(listed, known);
    assert.equal(new Set(listed).size, listed.length);
  });

  it("names a source for every rule that rests on more than the handler", () => {
    const hints = rules.filter(({ id }) => /^(?:tool|mail|handler)-/.test(id));
    assert.ok(hints.length >= 19);
    for (const { id, source } of hints) assert.ok(source && source.length > 10, id);
  });
});

describe("the tables of codes", () => {
  // TypeScript refuses what is found and in no table; here is what is in a table and never found.
  for (const { id, codes, sources } of sections) {
    it(`hold no code that nothing says: ${id}`, () => {
      const text = sources.flatMap(sourcesOf).join("\n");
      const said = (code: string): boolean =>
        text.includes(`"${code}"`) || text.includes(`"${code.slice(code.indexOf("/") + 1)}"`);
      // Made of the reasons of failures; what an import does is compared below.
      const computed = /^package\/(?:entry|nested|import)-(.+)$/;
      const unsaid = Object.keys(codes).filter(
        (code) => !said(code) && !said(computed.exec(code)?.[1] ?? code),
      );
      assert.deepEqual(unsaid, []);
    });
  }

  it("hold for each small format only what its own reader says", () => {
    const files = sourcesOf("config");
    for (const [format, codes] of Object.entries(configRules)) {
      const [reader, ...more] = files.filter((text) => text.includes(`findings("${format}")`));
      assert.ok(reader !== undefined && more.length === 0, format);
      assert.deepEqual(
        Object.keys(codes).filter((code) => !reader.includes(`"${code}"`)),
        [],
        format,
      );
    }
  });

  it("hold a meaning in one sentence for each", () => {
    for (const { codes } of sections)
      for (const [code, [severity, meaning]] of Object.entries(codes)) {
        assert.match(meaning, /^[A-Z].{15,130}\.$/, code);
        const severities = [severity].flat();
        assert.equal(new Set(severities).size, severities.length, code);
        assert.ok(severities.length > 0, code);
      }
  });

  it("know the formats that there are", () => {
    assert.deepEqual(configFormats.map(({ id }) => id).sort(), Object.keys(configRules).sort());
  });

  it("know what an import does with components", () => {
    const codes = sections.flatMap(({ codes: all }) => Object.keys(all));
    assert.deepEqual(
      codes.filter((code) => code.startsWith("package/import-")),
      importRules.map(({ code }) => `package/import-${code}`),
    );
  });
});

describe("the setting of rules", () => {
  const { patternProperties = {}, properties = {} } =
    manifest.contributes.configuration.properties["handlerWorkbench.rules"] ?? {};
  const [[pattern, levels], ...more] = Object.entries(patternProperties) as [
    [string, { readonly enum?: readonly string[] }],
  ];

  it("offers the levels for every code, and only there", () => {
    assert.deepEqual(more, []);
    assert.deepEqual(levels.enum, properties["unreadable"]?.enum);
    assert.equal(levels.enum?.length, 5);
    const codes = sections.flatMap(({ codes: all }) => Object.keys(all));
    assert.deepEqual(
      codes.filter((code) => !new RegExp(pattern).test(code)),
      [],
    );
    for (const other of ["*", "dialer/", "a/b/c", "Dialer/pager"])
      assert.doesNotMatch(other, new RegExp(pattern));
  });
});
