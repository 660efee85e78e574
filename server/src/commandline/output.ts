import { writeFile } from "node:fs/promises";

/** Writes a result to a file; one that exists is kept unless `force` says otherwise. */
export async function saveOutput(out: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(out, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST")
      throw new Error(`${out} exists; give --force to replace it, or another name`, { cause: error });
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${out} could not be written: ${message}`, { cause: error });
  }
}
