import { join } from "node:path";
import {
  compareFolders,
  type CompareOptions,
  type FolderDiff,
} from "../../../../server/src/analysis/compare/compareFolders";
import type { HandlerFile } from "../../../../server/src/analysis/compare/handlerFiles";
import { noHandler } from "../../../../server/src/handler/read";
import { handlersBelow } from "../../../../server/src/workspace/handlerFiles";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { releasesFolder } from "../../../fixtures/makeSample";

/** The handlers of a release of the sample. */
export const release = async (folder: "old-base" | "custom" | "new-base"): Promise<readonly HandlerFile[]> =>
  (await handlersBelow(join(releasesFolder, folder))).files;

/** The two releases compared. */
export const releasesDiff = async (options?: CompareOptions): Promise<FolderDiff> =>
  compareFolders(await release("old-base"), await release("new-base"), options);

/** Texts that break a report that does not escape them. */
export const nasty = `</pre><script>alert("x")</script>&amp; <b> | \`\`\` ]]> --> ${"\u202e"}rtl\u0007 ${"\ud800"} "'`;

/** What must not reach a reader as it is. */
const signs = "\u0007\u202e\ud800-\udfff";
export const unprintable = new RegExp(`[${signs}]`);

/** A handler that is full of them. */
export function nastyFile(text: string): HandlerFile {
  const name = `Nasty <i>${nasty}`;
  return {
    name,
    path: `a&b/${nasty}.ihd`,
    read: async () => {
      const built = handler(name, { category: text, description: `${text}\nline 2` }).variable(
        nasty,
        "String",
        text,
      );
      built
        .start()
        .label(nasty)
        .note(text)
        .to(built.assign(nasty, text).label(nasty + text));
      return toModel(built);
    },
  };
}

/** One of each status, and the nasty one. */
export const nastyDiff = async (): Promise<FolderDiff> =>
  compareFolders(
    [nastyFile("old"), { ...nastyFile("x"), name: `Gone ${nasty}` }],
    [
      nastyFile(`new ${nasty}`),
      { ...nastyFile("x"), name: `New ${nasty}` },
      { ...nastyFile("x"), name: "Broken", read: async () => noHandler("x", `It is broken: ${nasty}`) },
    ],
  );

export async function joined(pieces: Iterable<string> | AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}
