import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";

/** Writes a result to a file; one that exists is kept unless `force` says otherwise. */
export async function saveOutput(out: string, text: string, force: boolean): Promise<void> {
  await saveOutputs(out, [text], force);
}

/**
 * As `saveOutput`, piece by piece. What could not be written to its end is taken away again, and a file that was to
 * be replaced is still there then.
 */
export async function saveOutputs(
  out: string,
  pieces: Iterable<string> | AsyncIterable<string>,
  force: boolean,
): Promise<void> {
  const replaces = force && ((await stat(out).catch(() => undefined))?.isFile() ?? false);
  const path = replaces ? `${out}.${process.pid}.new` : out;
  let file: FileHandle | undefined;
  try {
    file = await open(path, force && !replaces ? "w" : "wx");
    for await (const piece of pieces) await file.writeFile(piece);
    await file.close();
    if (replaces) await rename(path, out);
  } catch (error) {
    await file?.close().catch(() => undefined);
    if (file && (await isPlainFile(path))) await rm(path, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" && !replaces) throw new Error(exists(out), { cause: error });
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${out} could not be written: ${message}`, { cause: error });
  }
}

/** Says early, before long work, what writing would say at its end. */
export async function refuseExisting(out: string, force: boolean): Promise<void> {
  if (!force && (await stat(out).catch(() => undefined))) throw new Error(exists(out));
}

/** Not a device, which people may name as a place to write to. */
const isPlainFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() ?? false;

const exists = (out: string): string => `${out} exists; give --force to replace it, or another name`;
