import { extensions, FileType, l10n, type QuickPickItem, type Uri, window, workspace } from "vscode";
import { isThere, labelOf, nameOf, type Side } from "./side";

/** What is used of the API that VS Code's git extension offers (version 1). */
interface GitApi {
  toGitUri(uri: Uri, ref: string): Uri;
  getRepository(uri: Uri): GitRepository | null;
}

interface GitRepository {
  readonly state: { readonly HEAD?: { readonly commit?: string } };
  status(): Promise<void>;
  getRefs(query: { sort?: "alphabetically" | "committerdate" }): Promise<readonly GitRef[]>;
}

interface GitRef {
  /** 0 branch, 1 remote branch, 2 tag. */
  readonly type: number;
  readonly name?: string;
  readonly commit?: string;
}

/** The resource as a revision of git has it. Throws, with what to do, where there is no git or no repository. */
export async function gitSide(uri: Uri, revision: string): Promise<Side> {
  const { api, repository } = await repositoryOf(uri);
  // Of a repository that has just been found, git is still to be asked.
  if (repository.state.HEAD === undefined) await repository.status();
  if (revision === "HEAD" && repository.state.HEAD?.commit === undefined)
    throw new Error(l10n.t("The git repository has no commit yet, so there is nothing to compare with."));
  const key = `${uri.toString()}@${revision}`;
  const label = `${labelOf(uri)} (${revision})`;
  if ((await isThere(uri)) && ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0)
    return { label, key, side: { folder: uri.toString(), revision } };
  const git = api.toGitUri(uri, revision);
  try {
    await workspace.fs.stat(git);
  } catch {
    throw new Error(l10n.t("{0} is not in {1}: it is new.", labelOf(uri), revision));
  }
  return { label, key, side: { handlers: [{ uri: git.toString(), path: nameOf(uri) }] } };
}

/** Lets the user choose a branch, a tag or any other revision. */
export async function chooseRevision(uri: Uri): Promise<string | undefined> {
  const { repository } = await repositoryOf(uri);
  const refs = await repository.getRefs({ sort: "committerdate" });
  const kinds = [l10n.t("branch"), l10n.t("remote branch"), l10n.t("tag")];
  const other = l10n.t("Another revision...");
  const items: QuickPickItem[] = [
    { label: "HEAD", description: l10n.t("the last commit") },
    ...refs.flatMap(({ name, type, commit }): QuickPickItem[] =>
      name ? [{ label: name, description: `${kinds[type] ?? ""} ${commit?.slice(0, 8) ?? ""}` }] : [],
    ),
    { label: other, alwaysShow: true },
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Compare {0} with", labelOf(uri)),
    matchOnDescription: true,
  });
  if (chosen?.label !== other) return chosen?.label;
  return await window.showInputBox({
    title: l10n.t("Compare {0} with", labelOf(uri)),
    prompt: l10n.t("A commit, or whatever git takes for one, for example HEAD~3"),
    validateInput: (value) => (value.trim() === "" ? l10n.t("Name a revision.") : undefined),
  });
}

async function repositoryOf(uri: Uri): Promise<{ api: GitApi; repository: GitRepository }> {
  const extension = extensions.getExtension<{ enabled: boolean; getAPI(version: 1): GitApi }>("vscode.git");
  const exports = await extension?.activate();
  if (!exports?.enabled)
    throw new Error(l10n.t("VS Code's git extension is not there or turned off (setting git.enabled)."));
  const api = exports.getAPI(1);
  const repository = await soon(() => api.getRepository(uri));
  if (!repository)
    throw new Error(l10n.t("{0} is in no git repository that VS Code has open.", labelOf(uri)));
  return { api, repository };
}

/** The git extension looks for repositories for a moment after it started. */
async function soon<T>(find: () => T | null): Promise<T | null> {
  for (let tries = 0; tries < 20; tries++) {
    const found = find();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 150));
  }
  return null;
}
