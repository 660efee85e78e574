import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..");
export const referencePage = join(root, "media/readme/reference.md");

interface Property {
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly patternProperties?: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
}

export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

export const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const texts = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Readonly<
  Record<string, string>
>;

/** What stands for a key of package.nls.json; other texts as they are. */
export const textOf = (text = ""): string => texts[/^%(.*)%$/.exec(text)?.[1] ?? ""] ?? text;

/** The lists of commands, views and settings, as Markdown. */
export function referenceTables(): string {
  const { commands, menus, views, configuration } = manifest.contributes;
  const hidden = new Set(
    menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command),
  );
  const commandRows = commands.map(({ command, title }) => [
    textOf(title),
    `\`${command}\``,
    hidden.has(command) ? "in menus" : "yes",
  ]);
  const viewRows = Object.values(views)
    .flat()
    .map(({ id, name }) => [textOf(name), `\`${id}\``]);
  const settingRows = Object.entries(configuration.properties).map(([name, property]) => [
    `\`${name}\``,
    property.default === undefined ? "" : `\`${JSON.stringify(property.default)}\``,
    textOf(property.markdownDescription ?? property.description).replaceAll("\n", " "),
  ]);
  return [
    "## Commands\n",
    table(["command", "id", "in the palette"], commandRows),
    "\n## Views\n",
    table(["view", "id"], viewRows),
    "\n## Settings\n",
    table(["setting", "default", "meaning"], settingRows),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`)
    .join("");
}
