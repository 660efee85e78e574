import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { put, sevenZip, zipped } from "../../unit/packages/making";

export const packagePassword = "Corr3ct horse, battery";

/** Content by path; a value that is an object is a zip inside. */
export interface Content {
  readonly [path: string]: string | Uint8Array | Content;
}

/**
 * Writes a package: by 7-Zip where it is installed, so that the editor is tried with what another program makes,
 * else by our library. Zips inside are encrypted as the package is.
 */
export async function writePackage(file: string, content: Content, password?: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  if (sevenZip === undefined) {
    put(dirname(file), file.slice(dirname(file).length + 1), await ours(content, password));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  try {
    renameOrCopy(by7Zip(sevenZip, folder, content, password), file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ours(content: Content, password: string | undefined): Promise<Uint8Array> {
  const files: Record<string, string | Uint8Array> = {};
  for (const [path, value] of Object.entries(content)) {
    files[path] = isContent(value) ? await ours(value, password) : value;
  }
  return await zipped(files, password === undefined ? {} : { password, encryptionStrength: 3 });
}

function by7Zip(program: string, folder: string, content: Content, password: string | undefined): string {
  const files = join(folder, "files");
  mkdirSync(files);
  let inner = 0;
  for (const [path, value] of Object.entries(content)) {
    if (!isContent(value)) put(files, path, value);
    else {
      const below = join(folder, `inner-${++inner}`);
      mkdirSync(below);
      mkdirSync(dirname(join(files, path)), { recursive: true });
      renameSync(by7Zip(program, below, value, password), join(files, path));
    }
  }
  const zip = join(folder, "made.zip");
  const secret = password === undefined ? [] : ["-mem=AES256", `-p${password}`];
  execFileSync(program, ["a", "-tzip", "-mx=1", ...secret, zip, ...readdirSync(files)], { cwd: files });
  return zip;
}

function renameOrCopy(from: string, to: string): void {
  copyFileSync(from, to);
}

function isContent(value: string | Uint8Array | Content): value is Content {
  return typeof value === "object" && !(value instanceof Uint8Array);
}
