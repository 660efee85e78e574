import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The reference corpus beside the checkout: there in CI, maybe not on a contributor's machine. */
const shared = resolve(__dirname, "../../shared/corpus");

export interface CorpusFile {
  /** Path below the corpus, for example `ihd/RestRespond.ihd`. */
  readonly name: string;
  readonly path: string;
  readonly expected: Record<string, unknown>;
}

/** The real handlers with what each must decode to; empty where the corpus is not there. */
export function corpus(): CorpusFile[] {
  if (!existsSync(shared)) return [];
  return ["ihd", "versions"].flatMap((folder) => {
    const expected = JSON.parse(readFileSync(join(shared, folder, "expected.json"), "utf8")) as Record<
      string,
      Record<string, unknown>
    >;
    return Object.entries(expected).map(([file, value]) => ({
      name: `${folder}/${file}`,
      path: join(shared, folder, file),
      expected: value,
    }));
  });
}

/** Ends a test as skipped, with the reason on screen, where the corpus is not there. */
export function needsCorpus(context: Mocha.Context): void {
  if (existsSync(shared)) return;
  console.log("      (skipped: the reference corpus is not beside this checkout)");
  context.skip();
}
