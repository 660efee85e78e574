import { dirname } from "node:path";
import type { Problem } from "../../../problem";
import { destructiveIn, type DestructivePlace } from "../../../scripts/destructive";
import { checkGenerated } from "../../../scripts/generated/checks";
import { statementFacts } from "../../../scripts/generated/facts";
import { readHeader } from "../../../scripts/generated/header";
import type { BatchItem, CommandItem, Dialect, ScriptPlace } from "../../../scripts/items";
import { readScript, type ScriptSession } from "../../../scripts/read";
import { SqlcmdSession } from "../../../scripts/sqlcmd/session";
import { SqlplusSession } from "../../../scripts/sqlplus/session";
import { nodeFiles, type ScriptFiles } from "../../../scripts/text/files";

/** The header's facts are at the top; longer scripts are not held against it. */
const longestChecked = 4 * 1024 * 1024;

/** A problem; `includedAt` is the line of the open script, from 1, that leads to the include it is in. */
export interface ScriptProblem extends Problem {
  readonly includedAt?: number;
}

/** What the editor shows of a script that is open. */
export interface OpenScript {
  readonly batches: readonly Pick<BatchItem, "type" | "text" | "count" | "file" | "startLine" | "endLine">[];
  readonly commands: readonly CommandItem["command"][];
  readonly problems: readonly ScriptProblem[];
  readonly destructive: readonly DestructivePlace[];
  /** By name as the script asks for it: the value at the end, undefined where there is none. */
  readonly variables: ReadonlyMap<
    string,
    { readonly value: string | undefined; readonly first: ScriptPlace }
  >;
}

/** Reads a script as it is in the editor; its includes are read from the disk. Never rejects but when stopped. */
export async function readOpenScript(
  path: string,
  text: string,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<OpenScript> {
  // Values that come with a run are not known here: names without one are reported, nothing is asked for.
  const session: ScriptSession = dialect === "sqlcmd" ? new SqlcmdSession({}) : new SqlplusSession({});
  const batches: OpenScript["batches"][number][] = [];
  const commands: CommandItem["command"][] = [];
  const problems: ScriptProblem[] = [];
  const includedBy = new Map<string, ScriptPlace>();
  const destructive: DestructivePlace[] = [];
  const options = { files: withText(path, text), startDirectory: dirname(path) };
  for await (const item of readScript(path, session, options)) {
    signal.throwIfAborted();
    if (item.kind === "batch") {
      const { type, count, file, startLine, endLine } = item;
      batches.push({ type, text: item.text.slice(0, 400), count, file, startLine, endLine });
      destructive.push(...destructiveIn(item, dialect));
    } else if (item.kind === "command") commands.push(item.command);
    else if (item.kind === "file" && item.includedBy) includedBy.set(item.path, item.includedBy);
    else if (item.kind === "problem") {
      const includedAt = includingLine(item.problem.place?.file, path, includedBy);
      problems.push({ ...item.problem, ...(includedAt !== undefined && { includedAt }) });
    }
  }
  const values = new Map(session.list().map(({ name, value }) => [name.toLowerCase(), value]));
  const variables = new Map(
    [...session.uses].map(([name, first]) => [
      name.toLowerCase(),
      { value: session.get(name) === undefined ? undefined : values.get(name.toLowerCase()), first },
    ]),
  );
  problems.push(...headerProblems(path, text, dialect));
  return { batches, commands, problems, destructive, variables };
}

/** The line of the script at `path` through which a file was included last. */
function includingLine(
  file: string | undefined,
  path: string,
  includedBy: ReadonlyMap<string, ScriptPlace>,
): number | undefined {
  let place = file === undefined || file === path ? undefined : includedBy.get(file);
  while (place && place.file !== path) place = includedBy.get(place.file);
  return place?.line;
}

/** Only a script that has a header is one of the assistant's. */
function headerProblems(path: string, text: string, dialect: Dialect): Problem[] {
  if (text.length > longestChecked) return [];
  const header = readHeader(text);
  return header ? checkGenerated(path, header, statementFacts(text, dialect)) : [];
}

/** The files of this computer, with the text of the editor in place of one of them. */
function withText(path: string, text: string): ScriptFiles {
  const bytes = Buffer.from(text, "utf8");
  const mine = (asked: string): boolean => asked === path;
  return {
    read: (asked) => (mine(asked) ? chunks(bytes) : nodeFiles.read(asked)),
    realPath: async (asked) => (mine(asked) ? asked : nodeFiles.realPath(asked)),
    version: async (asked) => (mine(asked) ? "open" : nodeFiles.version(asked)),
    names: (folder) => nodeFiles.names(folder),
  };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const size = 256 * 1024;
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    // Reading a long text must not hold up other requests.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
