import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodingExists } from "iconv-lite";
import { writeCatalogue } from "../catalogue/catalogueFile";
import { escapeControls } from "../handler/quoting";
import { LayoutMemory } from "../ihd/layoutMemory";
import { learnFolder } from "../workspace/learnFolder";
import { defaultSettings } from "../workspace/settings";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

/** Exit codes: 0 learned from all handlers, 1 some were left out, 2 nothing was learned. */
export const catalogueCommands: Command[] = [
  {
    words: ["catalogue", "learn"],
    usage: "DIR --out F [--target NAME] [--force] [--json] [--ansi ENCODING]",
    summary:
      "Learns the tools of a release from a folder of its handlers (for example its base handlers): signatures, versions, and in how many handlers each was seen. `handler check --catalogue F` compares handlers with it. Handlers that cannot be read as a whole are left out. Exit code 1: some were; 2: nothing was learned.",
    run: learn,
  },
];

async function learn(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      target: { type: "string" },
      force: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      ansi: { type: "string", default: defaultSettings.encoding },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError("Name one folder of handlers.");
  if (values.out === undefined) throw new UsageError("Name the file to write with --out.");
  if (!encodingExists(values.ansi)) throw new UsageError(`'${values.ansi}' is no known encoding`);

  let leftOut = 0;
  const catalogue = await learnFolder(
    resolve(io.cwd, folder),
    values.target ?? basename(resolve(io.cwd, folder)),
    {
      memory: new LayoutMemory(),
      ansi: values.ansi,
      leftOut: (path, reason) => {
        leftOut++;
        io.err(`${escapeControls(path)}: error: left out: ${escapeControls(reason)}\n`);
      },
    },
  );
  if (catalogue.tools.length === 0) {
    io.err(
      `${escapeControls(folder)}: error: no tools were found in ${catalogue.handlers} handlers below it.\n`,
    );
    return 2;
  }
  await saveOutput(resolve(io.cwd, values.out), writeCatalogue(catalogue), values.force);
  const { target, handlers, tools } = catalogue;
  const severalForms = tools.filter(({ variants }) => variants.length > 1).length;
  if (values.json) {
    io.out(`${JSON.stringify({ target, handlers, leftOut, tools: tools.length, severalForms }, null, 2)}\n`);
  } else {
    const forms = severalForms === 0 ? "" : `; ${severalForms} of them in more than one form`;
    io.out(
      `${values.out}: ${tools.length} tools and initiators of ${target}, from ${handlers} handlers${forms}\n`,
    );
  }
  return leftOut > 0 ? 1 : 0;
}
