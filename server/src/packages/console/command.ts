import * as l10n from "@vscode/l10n";
import { componentById, componentNamed, dependencies } from "../checks/components";
import { checkConsoleLine, type ConsoleFinding } from "./check";
import { consoleCalls } from "./calls";
import { logicalLines } from "./line";

/** What a form asks for. A password is never part of it, only the environment variable that holds it at run time. */
export interface ConsoleCommandBase {
  /** Where the program is; default `ININ.Migrator.Console`. */
  readonly program?: string;
  readonly nodes: "all" | readonly string[];
  readonly passwordVariable?: string;
  readonly noPrompt: boolean;
}

export interface ExportCommand extends ConsoleCommandBase {
  readonly mode: "export";
  readonly exportFolder: string;
  readonly customHandlerPath?: string;
}

export interface ImportCommand extends ConsoleCommandBase {
  readonly mode: "import";
  readonly importFile: string;
  readonly extractionFolder: string;
  /** 0 migration, 1 recovery. */
  readonly importMode: 0 | 1;
  readonly devMode?: boolean;
}

export type ConsoleCommand = ExportCommand | ImportCommand;

export interface BuiltCommand {
  /** For a `.bat` or `.cmd` file, or the prompt of Windows. */
  readonly line: string;
  /** The same findings as for a line that someone else wrote. */
  readonly findings: readonly ConsoleFinding[];
}

/** Writes the command line. Values that cannot stand in one are left out and reported. */
export function buildConsoleCommand(command: ConsoleCommand): BuiltCommand {
  const wrong: ConsoleFinding[] = [];
  const option = (name: string, value: string | undefined): string | undefined => {
    if (value === undefined || value === "") return undefined;
    // eslint-disable-next-line no-control-regex
    if (/["\u0000-\u001f]/.test(value)) {
      wrong.push({
        code: "console/value",
        severity: "error",
        message: l10n.t("-{0}: quotes and line breaks cannot stand in a value; it was left out", name),
        place: { line: 1, column: 1 },
        length: 1,
      });
      return undefined;
    }
    // A backslash before the closing quote would take the quote into the value.
    return `-${name}="${value.replace(/\\+$/, (slashes) => (value.length > 3 ? "" : slashes + slashes))}"`;
  };
  const nodes = command.nodes === "all" ? "all" : command.nodes.join(", ");
  const variable = command.passwordVariable;
  const password =
    variable === undefined || variable === "" ? undefined : `%${variable.replaceAll("%", "")}%`;
  const specific =
    command.mode === "export"
      ? [
          "-export",
          option("exportNodes", nodes),
          option("exportFolder", command.exportFolder),
          option("customHandlerPath", command.customHandlerPath),
        ]
      : [
          "-import",
          option("importfile", command.importFile),
          option("importNodes", nodes),
          option("extractionfolder", command.extractionFolder),
          `-importmode=${command.importMode}`,
          command.devMode ? "-devMode" : undefined,
        ];
  const program = command.program ?? "ININ.Migrator.Console";
  const line = [
    /\s/.test(program) ? `"${program}"` : program,
    ...specific,
    option("password", password),
    command.noPrompt ? "-noprompt" : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  const calls = logicalLines(line).flatMap(consoleCalls);
  return { line, findings: [...wrong, ...calls.flatMap((call) => checkConsoleLine(call))] };
}

export interface AddedNode {
  readonly node: string;
  readonly because: string;
}

/** The chosen nodes with all that they need, and why each was added. */
export function withDependencies(chosen: readonly string[]): {
  readonly nodes: readonly string[];
  readonly added: readonly AddedNode[];
} {
  const nodes = [...chosen];
  const added: AddedNode[] = [];
  const present = new Set(nodes.map((node) => componentNamed(node)?.id));
  // Nodes that are added may need others; the list grows while it is walked.
  for (const node of nodes) {
    const component = componentNamed(node);
    for (const { component: id, needs, why } of dependencies) {
      const needed = componentById(needs);
      if (id !== component?.id || !needed || present.has(needs)) continue;
      present.add(needs);
      nodes.push(needed.node);
      added.push({ node: needed.node, because: `${node}: ${why}` });
    }
  }
  return { nodes, added };
}
