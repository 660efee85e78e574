import { components } from "../../packages/checks/components";
import { buildConsoleCommand, type ConsoleCommand, withDependencies } from "../../packages/console/command";
import { consoleOptions } from "../../packages/console/options";
import type { MigratorCommandRequest, MigratorForm, MigratorFormRequest } from "../../protocol";

export function migratorForm(): MigratorFormRequest.Result {
  return {
    nodes: components.map(({ node, spelling }) => ({ name: node, printed: spelling === "printed" })),
    options: consoleOptions.map(({ name, text }) => ({ name, text })),
  };
}

/** The line for what a form holds, with the nodes that the chosen ones need. */
export function migratorCommand(form: MigratorForm): MigratorCommandRequest.Result {
  const { nodes, added } = form.allNodes ? { nodes: [], added: [] } : withDependencies(form.nodes);
  const { line, findings } = buildConsoleCommand(commandOf(form, nodes));
  return {
    line,
    findings: findings.map(({ severity, message }) => ({ severity, message })),
    added,
  };
}

function commandOf(form: MigratorForm, nodes: readonly string[]): ConsoleCommand {
  const common = {
    ...(form.program.trim() === "" ? {} : { program: form.program.trim() }),
    nodes: form.allNodes ? ("all" as const) : nodes,
    ...(form.passwordVariable.trim() === "" ? {} : { passwordVariable: form.passwordVariable.trim() }),
    noPrompt: form.noPrompt,
  };
  if (form.mode === "export") {
    return {
      ...common,
      mode: "export",
      exportFolder: form.exportFolder.trim(),
      ...(form.customHandlerPath.trim() === "" ? {} : { customHandlerPath: form.customHandlerPath.trim() }),
    };
  }
  return {
    ...common,
    mode: "import",
    importFile: form.importFile.trim(),
    extractionFolder: form.extractionFolder.trim(),
    importMode: form.importMode,
    devMode: form.devMode,
  };
}
