import { relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { encodingExists } from "iconv-lite";
import { dependenciesDot, dependenciesJson, dependenciesXml } from "../analysis/dependencies/exports";
import {
  dependenciesOf,
  type DependencyKind,
  dependencyKinds,
  type HandlerDependencies,
  isDependencyKind,
} from "../analysis/dependencies/facts";
import { type CallGraph, callGraph } from "../analysis/dependencies/graph";
import { picture } from "../analysis/dependencies/picture/picture";
import { pictureSvg } from "../analysis/dependencies/picture/pictureSvg";
import { byItem } from "../analysis/dependencies/views";
import { escapeControls } from "../handler/quoting";
import { LayoutMemory } from "../ihd/layoutMemory";
import { readSettledHandlerFiles } from "../workspace/file";
import { findHandlers } from "../workspace/find";
import { defaultSettings } from "../workspace/settings";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

const kinds = dependencyKinds.map(({ id }) => id).join(", ");

export const dependencyCommands: Command[] = [
  {
    words: ["handler", "dependencies"],
    usage: "DIR [--json | --dot | --xml] [--svg OUT [--force]] [--kind KIND]... [--ansi ENCODING]",
    summary: `Tells what the handlers of a folder depend on: who calls whom, tools in handlers, calls of subroutines that are not there, circles, and subroutines nothing calls. --dot is for Graphviz, --svg draws the calls. Kinds, to print only some of them: ${kinds}. Exit code 1: some handlers could not be read whole; 2: none.`,
    run: dependencies,
  },
];

async function dependencies(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      dot: { type: "boolean", default: false },
      xml: { type: "boolean", default: false },
      svg: { type: "string" },
      force: { type: "boolean", default: false },
      kind: { type: "string", multiple: true, default: [] },
      ansi: { type: "string", default: defaultSettings.encoding },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError("Name one folder of handlers.");
  if ([values.json, values.dot, values.xml].filter((each) => each).length > 1) {
    throw new UsageError("--json, --dot and --xml exclude each other.");
  }
  const wrong = values.kind.find((kind) => !isDependencyKind(kind));
  if (wrong !== undefined) throw new UsageError(`'${wrong}' is no kind of dependency; these are: ${kinds}`);
  if (!encodingExists(values.ansi)) throw new UsageError(`'${values.ansi}' is no known encoding`);

  const { all, unread } = await readAll(folder, values.ansi, io);
  if (all.length === 0) return 2;
  const graph = callGraph(all);
  if (values.svg !== undefined) {
    await saveOutput(resolve(io.cwd, values.svg), pictureSvg(picture(graph)), values.force);
  }
  if (values.json) io.out(`${JSON.stringify(dependenciesJson(graph), null, 1)}\n`);
  else if (values.dot) io.out(dependenciesDot(graph));
  else if (values.xml) io.out(dependenciesXml(graph));
  else if (values.svg === undefined) io.out(report(graph, new Set(values.kind.filter(isDependencyKind))));
  return unread > 0 || all.some(({ isWhole }) => !isWhole) ? 1 : 0;
}

async function readAll(
  folder: string,
  ansi: string,
  io: Io,
): Promise<{ all: HandlerDependencies[]; unread: number }> {
  const absolute = resolve(io.cwd, folder);
  const { files, unreadable } = await findHandlers(absolute);
  const memory = new LayoutMemory();
  const all: HandlerDependencies[] = [];
  const tell = (place: string, message: string): void =>
    io.err(`${escapeControls(place)}: error: ${escapeControls(message)}\n`);
  for (const each of unreadable) tell(each.folder, each.message);
  if (files.length === 0 && unreadable.length === 0) {
    tell(folder, "no handlers (.ihd files or handler XML exports) are in this folder or below it");
  }
  let unread = unreadable.length;
  for await (const { path: file, handler, error } of readSettledHandlerFiles(files, { memory, ansi })) {
    const path = relative(absolute, file).split(sep).join("/");
    if (error) {
      tell(path, error.message);
      unread++;
      continue;
    }
    const problem = handler.problems.find(({ severity }) => severity === "error");
    if (problem) tell(path, problem.message);
    if (handler.steps.length > 0) all.push(dependenciesOf(handler, path));
    else unread++;
  }
  return { all, unread };
}

function report(graph: CallGraph, only: ReadonlySet<DependencyKind>): string {
  const { handlers, calls, unresolved, cycles, dead } = graph;
  const lines: string[] = [];
  const shown = namesIn(handlers);
  const nameOf = (at: number): string => shown(handlers[at]!);
  const items = byItem(handlers, only.size > 0 ? { kinds: only } : {});
  for (const { id, name } of dependencyKinds) {
    const ofKind = items.filter(({ kind }) => kind === id);
    if (ofKind.length === 0) continue;
    lines.push(`${name}`);
    for (const { name: item, users } of ofKind) {
      lines.push(`  ${item}`);
      for (const { handler, path, steps } of users) {
        lines.push(
          `    ${shown({ name: handler, path })} (${steps.length === 1 ? "step" : "steps"} ${steps.join(", ")})`,
        );
      }
    }
  }
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push(title, ...rows.map((row) => `  ${row}`));
  };
  if (only.size === 0) {
    section(
      "Subroutines that are not there",
      unresolved.map(({ from, name, steps }) => `${name}, called by ${nameOf(from)} (${steps.join(", ")})`),
    );
    section(
      "Circles of calls",
      cycles.map((members) => members.map(nameOf).join(", ")),
    );
    section(
      "Subroutines that nothing here starts",
      dead.map(
        ({ handler, isCalledByDead }) =>
          `${nameOf(handler)}${isCalledByDead ? " (called by such only)" : ""}`,
      ),
    );
    lines.push(`${handlers.length} handlers, ${calls.length} calls`);
  }
  return `${lines.map(escapeControls).join("\n")}\n`;
}

/** Handlers of one name are told apart by their paths. */
function namesIn(
  handlers: readonly HandlerDependencies[],
): (handler: { readonly name: string; readonly path: string }) => string {
  const count = new Map<string, number>();
  for (const { name } of handlers) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  return ({ name, path }) => (count.get(name.toLowerCase())! > 1 ? `${name} [${path}]` : name);
}
