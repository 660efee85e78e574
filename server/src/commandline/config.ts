import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { configFormats, readConfig } from "../config/formats";
import { type Command, UsageError } from "./command";
import { type FileProblems, printProblems, readTextFile } from "./textFile";

const ids = configFormats.map(({ id }) => id);

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
    for (const name of positionals) {
      const { path, text, encoding, bom } = await readTextFile(io, name);
      const siblings = new Set((await readdir(dirname(path))).map((sibling) => sibling.toLowerCase()));
      const document = readConfig({ name: path, text, encoding, bom, siblings }, values.format);
      if (!document)
        throw new UsageError(
          `${name} is none of the known formats; name one with --format (${ids.join(", ")})`,
        );
      checked.push({ file: name, problems: document.problems });
    }
    return printProblems(io, checked, values.json);
  },
};

export const configCommands: Command[] = [check];
