import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";
import { rules } from "../../../server/src/analysis/checks/checks";
import { defaultSettings, keys, readSettings } from "../../../server/src/workspace/settings";

const root = resolve(__dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

interface Property {
  readonly default?: unknown;
  readonly properties?: Record<string, { readonly description: string }>;
}

const manifest = JSON.parse(read("package.json")) as {
  contributes: {
    commands: { command: string; title: string; icon?: string }[];
    menus: Record<string, { command?: string; submenu?: string; when?: string }[]>;
    configuration: { properties: Record<string, Property> };
    languages: { configuration?: string }[];
    grammars: { path: string }[];
  };
};
const texts = JSON.parse(read("package.nls.json")) as Record<string, string>;
const { commands, menus, configuration } = manifest.contributes;

function sources(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts"))
    .map((file) => read(join(folder, file)));
}

const client = sources("client/src").join("\n");

describe("the manifest", () => {
  it("has every setting that the server reads, with the server's default", () => {
    for (const [name, key] of Object.entries(keys)) {
      const property = configuration.properties[`handlerWorkbench.${key}`];
      assert.ok(property, key);
      const value = defaultSettings[name as keyof typeof keys];
      const plain = value instanceof Map ? Object.fromEntries(value) : value;
      assert.deepEqual(property.default, plain, key);
    }
  });

  it("has no setting that nobody reads", () => {
    const server = new Set<string>(Object.values(keys));
    const unread = Object.keys(configuration.properties)
      .map((name) => name.replace(/^handlerWorkbench\./, ""))
      // The language client reads this one by the id it was given.
      .filter((key) => key !== "trace.server")
      .filter((key) => !server.has(key) && !client.includes(`"${key}"`));
    assert.deepEqual(unread, []);
  });

  it("names every rule of the checks, and no other", () => {
    const named = Object.keys(configuration.properties["handlerWorkbench.rules"]?.properties ?? {});
    assert.deepEqual(named.sort(), rules.map(({ id }) => id).sort());
    for (const { id, meaning, severity } of rules) {
      assert.equal(texts[`rule.${id}`], `${meaning} Default: ${severity}.`);
    }
  });

  it("contributes exactly the commands that are registered", () => {
    const registered = new Set([
      ...[...client.matchAll(/registerCommand\(\s*"handlerWorkbench\.(\w+)"/g)].map(([, name]) => name),
      ...[...client.matchAll(/\bregister\(\s*"(\w+)"/g)].map(([, name]) => name),
    ]);
    const contributed = commands.map(({ command }) => command.replace("handlerWorkbench.", ""));
    assert.deepEqual(contributed.sort(), [...registered].sort());
    assert.equal(new Set(contributed).size, contributed.length);
  });

  it("offers in menus only commands that exist, and none in the palette that needs an argument", () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command, submenu } of items) {
        assert.ok(
          submenu !== undefined || (command !== undefined && known.has(command)),
          `${menu}: ${command}`,
        );
      }
    }
    const hidden = menus["commandPalette"]!.filter(({ when }) => when === "false").map(
      ({ command }) => command,
    );
    for (const command of ["ignoreFinding", "turnOffRule"])
      assert.ok(hidden.includes(`handlerWorkbench.${command}`));
  });

  it("has a text for every key, and a key for every text", () => {
    const used = new Set([...read("package.json").matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!));
    assert.deepEqual(
      [...used].filter((key) => !(key in texts)),
      [],
    );
    assert.deepEqual(
      Object.keys(texts).filter((key) => !used.has(key)),
      [],
    );
  });

  it("shows no text that could not be translated, but for the product's name", () => {
    const shown = [
      ...JSON.stringify(manifest.contributes).matchAll(
        /"(?:title|displayName|label|contextualTitle|description|markdownDescription|contents)":"([^"]*)"/g,
      ),
    ];
    // The path itself is the label of what is in a package.
    const plain = shown.map(([, text]) => text!).filter((text) => !/^(%[\w.-]+%|\$\{path\})$/.test(text));
    assert.ok(shown.length > 50);
    assert.deepEqual([...new Set(plain)], ["Handler Workbench"]);
  });

  it("names files that exist", () => {
    const paths = [...read("package.json").matchAll(/"(\.?\/?(?:media|syntaxes)\/[\w./-]+)"/g)].map(
      ([, path]) => path!,
    );
    assert.ok(paths.length >= 3);
    for (const path of paths) assert.ok(existsSync(join(root, path)), path);
  });
});

describe("texts for users", () => {
  it("are all in the file that translators start from", async function () {
    // Hundreds of files are parsed.
    this.timeout(180_000);
    const contents = [...sources("client/src"), ...sources("server/src")]
      .filter((text) => text.includes("l10n"))
      .map((text) => ({ contents: text, extension: ".ts" as const }));
    const strings = Object.keys(await getL10nJson(contents));
    const kept = Object.keys(JSON.parse(read("l10n/bundle.l10n.json")) as object);
    assert.deepEqual(kept.sort(), strings.sort(), "run 'npm run l10n'");
  });
});

describe("settings", () => {
  it("are taken as far as they make sense", () => {
    assert.deepEqual(readSettings(null), defaultSettings);
    assert.deepEqual(readSettings({ index: 3, rules: [], ansiEncoding: "klingon" }), defaultSettings);
    const settings = readSettings({
      index: { exclude: ["a", 3, ""], maximumFiles: 12.7 },
      rules: { one: "off", other: "loud" },
      ignoredFindings: { one: "Name", two: ["A", 7], three: 1 },
      referenceFolders: ["base"],
      ansiEncoding: "windows-1250",
      dialer: { deletedMarker: " IsGone ", tnsnames: 4 },
      migration: { targetCatalogue: " target.json ", baseFolders: "30Handlers" },
    });
    assert.deepEqual(settings, {
      exclude: ["a"],
      maximumFiles: 12,
      rules: new Map([["one", "off"]]),
      ignored: new Map([
        ["one", ["Name"]],
        ["two", ["A"]],
      ]),
      referenceFolders: ["base"],
      encoding: "windows-1250",
      deletedMarker: "IsGone",
      tnsnames: "",
      targetCatalogue: "target.json",
      baseFolders: [],
    });
  });
});
