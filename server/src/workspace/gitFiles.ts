import { execFile } from "node:child_process";
import { extname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { HandlerFile } from "../analysis/compare/handlerFiles";
import { handlerName } from "../handler/fromIhd";
import { readHandler } from "../handler/read";
import { decodeXmlText } from "../handler/xmlEncoding";
import { limits } from "../ihd/limits";
import { isExport } from "./find";
import { exportName, type ReadOptions, type Side } from "./handlerFiles";

/**
 * The handlers that a commit (branch, tag, any revision) has in a folder, or in one file of it. Throws, with what
 * to do, where there is no git, no repository or no such revision.
 */
export async function handlersInCommit(
  folder: string,
  revision: string,
  file = ".",
  options: ReadOptions = {},
): Promise<Side> {
  const commit = await commitOf(folder, revision);
  const listed = await git(folder, ["ls-tree", "-r", "-z", commit, "--", file]);
  const files: HandlerFile[] = [];
  for (const entry of listed.toString("utf8").split("\0")) {
    const [, id, path] = /^100\d+ blob (\w+)\t([^]+)$/.exec(entry) ?? [];
    // As in folders on disk: nothing of hidden folders.
    if (id === undefined || path === undefined || /(?:^|\/)\.[^/]*\//.test(path)) continue;
    const found = await handlerInCommit(folder, id, path, options);
    if (found) files.push(found);
  }
  return { files, problems: [] };
}

async function handlerInCommit(
  folder: string,
  id: string,
  path: string,
  options: ReadOptions,
): Promise<HandlerFile | undefined> {
  const bytes = (): Promise<Buffer> => git(folder, ["cat-file", "blob", id]);
  const read = async () => readHandler(await bytes(), { ...options, file: path });
  const hash = async (): Promise<string> => id;
  switch (extname(path).toLowerCase()) {
    case ".ihd":
      return { name: handlerName(path), path, read, hash };
    case ".xml": {
      const content = await bytes();
      const head = content.subarray(0, 4096);
      if (!isExport(decodeXmlText(head).text)) return undefined;
      return { name: exportName(head) ?? (await read()).name, path, read, hash };
    }
    default:
      return undefined;
  }
}

async function commitOf(folder: string, revision: string): Promise<string> {
  try {
    const found = await git(folder, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{commit}`,
    ]);
    return found.toString("utf8").trim();
  } catch (error) {
    await git(folder, ["rev-parse", "--git-dir"]); // says what is wrong, if it is the folder or git itself
    throw new Error(
      l10n.t(
        "'{0}' is no revision of the git repository around {1}; try HEAD, a branch or a tag.",
        revision,
        folder,
      ),
      {
        cause: error,
      },
    );
  }
}

/**
 * Output of a git command; runs nothing of the repository (no hooks, filters or text conversion), and fetches nothing
 * that is missing in it: its settings say how, and that may be any command.
 */
function git(folder: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((done, fail) => {
    const env = { ...process.env, LC_ALL: "C", GIT_ALLOW_PROTOCOL: "none" };
    const options = { cwd: folder, env, encoding: "buffer", maxBuffer: limits.fileSize + 1024 } as const;
    execFile("git", args, options, (error, out, err) => {
      if (!error) {
        done(out);
        return;
      }
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      const said = err.toString("utf8").trim() || error.message;
      const message = isMissing
        ? l10n.t("git could not be started in {0}. Install git and see that the folder exists.", folder)
        : `git: ${said}`;
      fail(new Error(message, { cause: error }));
    });
  });
}
