import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { configFormats, readConfig } from "../config/formats";
import { type Command, type Io, UsageError } from "./command";
import { type FileProblems, printProblems, readTextFile } from "./textFile";

const ids: readonly string[] = configFormats.map(({ id }) => id);

const check: Command = {
  words: ["config", "check"],
  usage: `FILE... [--format ${ids.join("|")}] [--json]`,
  summary:
    "Checks the small configuration files: data links, tnsnames.ora, sqlnet.ora, Interactive Update, phones, ...",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: "string" }, json: { type: "boolean", default: false } },
    });
    if (positionals.length === 0) throw new UsageError("a FILE is missing");
    if (values.format !== undefined && !ids.includes(values.format))
      throw new UsageError(`unknown format ${values.format}; known are ${ids.join(", ")}`);
    const checked: FileProblems[] = [];
    const refused: string[] = [];
    for (const name of positionals) {
      const result = await checkFile(io, name, values.format);
      if (typeof result === "string") refused.push(result);
      else checked.push(result);
    }
    if (checked.length === 0) throw new Error(refused.join("; "));
    const code = printProblems(io, checked, values.json);
    for (const why of refused) io.err(`${why}\n`);
    return refused.length > 0 ? 2 : code;
  },
};

/** The problems of a file, or why it was not checked: one of many must not keep the others from being checked. */
async function checkFile(io: Io, name: string, format: string | undefined): Promise<FileProblems | string> {
  try {
    const { path, text, encoding, bom } = await readTextFile(io, name);
    const siblings = new Set((await readdir(dirname(path))).map((sibling) => sibling.toLowerCase()));
    const document = readConfig({ name: path, text, encoding, bom, siblings }, format);
    if (document) return { file: name, problems: document.problems };
    return `${name} is none of the known formats; name one with --format (${ids.join(", ")})`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const configCommands: Command[] = [check];
