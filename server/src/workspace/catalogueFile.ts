import { readFile, stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import type { Catalogue } from "../catalogue/catalogue";
import { readCatalogue } from "../catalogue/catalogueFile";

/** No catalogue of a release comes near it. */
const mostBytes = 128 * 1024 * 1024;

/** Reads a learned catalogue from disk; throws with a message that says which file, what is wrong, and what to do. */
export async function readCatalogueFile(path: string): Promise<Catalogue> {
  const refuse = (reason: string, cause?: unknown): Error =>
    new Error(
      l10n.t(
        'The tool catalogue {0} is not used: {1}. Name a file that "catalogue learn" wrote.',
        path,
        reason,
      ),
      {
        cause,
      },
    );
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw refuse(l10n.t("it has {0} bytes, more than {1}", size, mostBytes));
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw refuse(
      code === "ENOENT" ? l10n.t("it does not exist") : l10n.t("it could not be read ({0})", code),
      error,
    );
  }
  const read = readCatalogue(text, path);
  if ("problem" in read) throw new Error(read.problem.message);
  return read.catalogue;
}
