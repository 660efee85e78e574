import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The name that our stylesheet has, and that a copy of it gets. */
export const stylesheetName = "handler-diff.xsl";

/** Our XSLT 1.0 stylesheet for what `diffXml` writes: an overview of the differences. */
export async function readStylesheet(): Promise<string> {
  return readFile(stylesheetPath(), "utf8");
}

/** Beside the bundles' folder in what is installed, further up from the sources. */
function stylesheetPath(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, "media", stylesheetName);
    if (existsSync(path) || folder === dirname(folder)) return path;
  }
}
