import type { MigratorForm } from "../../server/src/protocol";

export const emptyForm: MigratorForm = {
  mode: "export",
  program: "",
  allNodes: true,
  nodes: [],
  exportFolder: "",
  customHandlerPath: "",
  importFile: "",
  extractionFolder: "",
  importMode: 0,
  devMode: false,
  passwordVariable: "",
  noPrompt: true,
};

/** A form as far as it is of the right form; another version may have written what is remembered. */
export function savedForm(value: unknown): MigratorForm {
  if (typeof value !== "object" || value === null) return emptyForm;
  const given = value as Readonly<Record<string, unknown>>;
  const kept = Object.entries(emptyForm).map(([name, otherwise]) => {
    const found = given[name];
    const fits = Array.isArray(otherwise)
      ? Array.isArray(found) && found.every((each) => typeof each === "string")
      : typeof found === typeof otherwise;
    return [name, fits ? found : otherwise];
  });
  const form = Object.fromEntries(kept) as MigratorForm;
  return {
    ...form,
    mode: form.mode === "import" ? "import" : "export",
    importMode: form.importMode === 1 ? 1 : 0,
  };
}

/** Names that were typed, separated by commas. */
export function typedNodes(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
