import { basename, dirname } from "node:path/posix";
import { URI } from "vscode-uri";
import { checkCalls } from "../analysis/checks/checks";
import { type NamedFile, nameFindings } from "../analysis/checks/names";
import type { Callee, Finding } from "../analysis/checks/rule";
import { MigrationHints } from "../analysis/hints/migrationHints";
import type { HandlerIndex, Indexed } from "./handlerIndex";
import type { LineRange, PlacedFinding } from "./summary";

const top: LineRange = { line: 0, start: 0, end: 0 };

const noTarget = new MigrationHints(null);

/**
 * Everything the rules find in a handler; what needs the other handlers only when `index` has them all. `hints` knows
 * the migration's target; null: tools are not compared with anything. `besideBase` is what comparing with the base
 * handler found.
 */
export function findingsOf(
  handler: Indexed,
  index: HandlerIndex,
  isComplete: boolean,
  hints: MigrationHints | null = noTarget,
  besideBase: readonly Finding[] = [],
): PlacedFinding[] {
  const { uri, summary } = handler;
  const found = [...besideBase, ...(hints?.of(summary.uses) ?? [])];
  if (isComplete) {
    const calleesOf = (name: string): Callee[] =>
      index.resolve(name, uri).map((callee) => calleeOf(callee, uri));
    found.push(...checkCalls(summary.calls, calleesOf));
    found.push(
      ...nameFindings(
        named(handler),
        summary.calls,
        index.twins(handler).map(named),
        (name) => index.resolve(name, uri).map(named),
        (other) => placeOf(other.uri, uri),
      ),
    );
  }
  if (found.length === 0) return [...summary.findings];
  const ranges = new Map(summary.steps.map((step) => [step.node, step.range]));
  return [
    ...summary.findings,
    ...found.map((finding) => ({ ...finding, range: ranges.get(finding.at.node ?? -1) ?? top })),
  ];
}

const named = ({ uri, isReference, summary: { name, source } }: Indexed): NamedFile => ({
  uri,
  name,
  source,
  isReference,
});

function calleeOf({ uri, summary }: Indexed, caller: string): Callee {
  const { name, isWhole, parameters } = summary;
  return { name, isWhole, parameters, where: () => placeOf(uri, caller) };
}

/** The file's name, with its folder where that is another than the caller's. */
function placeOf(uri: string, caller: string): string {
  const [path, other] = [URI.parse(uri).path, URI.parse(caller).path];
  const file = basename(path);
  return dirname(path) === dirname(other) ? file : `${basename(dirname(path))}/${file}`;
}
