import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Editor } from "./editor/install";

/** The checkout, which is the extension's folder too. */
export const root = resolve(__dirname, "../..");

export const sampleFolder = join(root, "test/fixtures/sample");

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
  readonly main: string;
}

/**
 * Installs the extension into an extensions folder: a `.vsix` as VS Code installs it; a folder by copying what
 * its `.vscodeignore` lets into the package, so that a file forgotten there is missed here too.
 */
export async function installExtension(
  path: string,
  { extensions, editor }: { extensions: string; editor: Editor },
): Promise<void> {
  if (path.endsWith(".vsix")) return await installPackage(path, extensions, editor);
  const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
  if (!existsSync(join(path, manifest.main))) {
    throw new Error(`${join(path, manifest.main)} is not there: run 'npm run build' first.`);
  }
  const target = join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  for (const allowed of packaged(path)) {
    if (!existsSync(join(path, allowed))) continue;
    mkdirSync(dirname(join(target, allowed)), { recursive: true });
    cpSync(join(path, allowed), join(target, allowed), { recursive: true });
  }
}

/** The files and folders that `.vscodeignore`, which denies all first, allows by name. */
function packaged(path: string): string[] {
  const lines = readFileSync(join(path, ".vscodeignore"), "utf8").split(/\r?\n/);
  const allowed = lines
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1).replace(/\/\*\*$/, ""));
  const unclear = allowed.find((name) => name.includes("*"));
  if (unclear !== undefined || !lines.includes("**")) {
    throw new Error(
      `.vscodeignore: expected '**' and then only names or 'folder/**' to allow; found '${unclear}'.`,
    );
  }
  return allowed;
}

async function installPackage(path: string, extensions: string, editor: Editor): Promise<void> {
  const home = dirname(extensions);
  await promisify(execFile)(
    editor.node,
    [
      editor.server,
      ...["--config", join(home, "config.yaml"), "--user-data-dir", join(home, "data")],
      ...["--extensions-dir", extensions, "--install-extension", resolve(path)],
    ],
    { timeout: 60_000, env: { ...process.env, EXTENSIONS_GALLERY: "{}" } },
  );
}
