import { readFile, stat } from "node:fs/promises";
import type { Catalogue } from "../catalogue/catalogue";
import { readCatalogue } from "../catalogue/catalogueFile";

/** No catalogue of a release comes near it. */
const mostBytes = 128 * 1024 * 1024;

/** Reads a learned catalogue from disk; throws with a message that says which file, what is wrong, and what to do. */
export async function readCatalogueFile(path: string): Promise<Catalogue> {
  const refuse = (reason: string, cause?: unknown): Error =>
    new Error(
      `The tool catalogue ${path} is not used: ${reason}. Name a file that "catalogue learn" wrote.`,
      {
        cause,
      },
    );
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw refuse(`it has ${size} bytes, more than ${mostBytes}`);
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw refuse(code === "ENOENT" ? "it does not exist" : `it could not be read (${code})`, error);
  }
  const read = readCatalogue(text, path);
  if ("problem" in read) throw new Error(read.problem.message);
  return read.catalogue;
}
