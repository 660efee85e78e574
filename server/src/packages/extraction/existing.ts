import { lstat } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PackageProblem } from "../entry";
import type { Plan } from "./plan";
import { refuse } from "./refuse";
import { absent } from "./staging";

/** What to do with a file that is there already: nothing is written at all, it stays, or it is replaced. */
export type Existing = "refuse" | "skip" | "replace";

/** One answer for all, or a question for each file by its path in the package. */
export type OnExisting = Existing | ((path: string) => Promise<Existing> | Existing);

/** What of the plan is there already, and what stands in its way: links, files that should be folders. */
export async function findExisting(
  plan: Plan,
  to: string,
): Promise<{ readonly files: readonly string[]; readonly blocked: PackageProblem[] }> {
  const files: string[] = [];
  const blocked: PackageProblem[] = [];
  const folders = new Map<string, Promise<"free" | "folder" | "blocked">>();
  const folder = (path: string): Promise<"free" | "folder" | "blocked"> => {
    const known = folders.get(path);
    if (known) return known;
    const state = (async () => {
      const slash = path.lastIndexOf("/");
      const above = slash < 0 ? "folder" : await folder(path.slice(0, slash));
      if (above !== "folder") return above;
      const there = await lstat(join(to, path)).catch(absent);
      if (!there) return "free";
      if (there.isDirectory()) return "folder";
      blocked.push(
        ...refuse(
          "target-blocked",
          there.isSymbolicLink()
            ? l10n.t(
                "{0} is a link that could lead elsewhere: nothing is extracted through it",
                join(to, path),
              )
            : l10n.t("{0} is not a folder: nothing is extracted through it", join(to, path)),
          path,
        ),
      );
      return "blocked";
    })();
    folders.set(path, state);
    return state;
  };
  for (const { entry } of plan.items) {
    if (entry.kind === "folder") {
      await folder(entry.path);
      continue;
    }
    const slash = entry.path.lastIndexOf("/");
    if (slash >= 0 && (await folder(entry.path.slice(0, slash))) !== "folder") continue;
    const there = await lstat(join(to, entry.path)).catch(absent);
    if (!there) continue;
    if (there.isFile()) files.push(entry.path);
    else {
      blocked.push(
        ...refuse(
          "target-blocked",
          there.isSymbolicLink()
            ? l10n.t("{0} is there already and is a link", join(to, entry.path))
            : l10n.t("{0} is there already and is a folder or device", join(to, entry.path)),
          entry.path,
        ),
      );
    }
  }
  return { files, blocked };
}

/** Asks for each file; one refusal refuses everything. */
export async function decide(
  files: readonly string[],
  existing: OnExisting,
): Promise<{ refused: string[]; skip: Set<string>; replace: Set<string> }> {
  const refused: string[] = [];
  const [skip, replace] = [new Set<string>(), new Set<string>()];
  for (const path of files) {
    const answer = typeof existing === "function" ? await existing(path) : existing;
    if (answer === "skip") skip.add(path);
    else if (answer === "replace") replace.add(path);
    else refused.push(path);
    if (typeof existing === "function" && refused.length > 0) break;
  }
  return { refused, skip, replace };
}
