import {
  commands,
  Disposable,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from "vscode";
import { DialerCleanUpRequest, proposalScheme } from "../../../server/src/protocol";
import type { Server } from "../server";
import { openText } from "./openText";

interface Proposal {
  readonly original: Uri;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/**
 * Removing deleted workflows: shows what would change, and writes it to a new file beside the old one only when
 * the user says so. The old file stays as it is.
 */
export class CleanUp implements TextDocumentContentProvider, Disposable {
  private readonly proposals = new Map<string, Proposal>();
  private readonly registrations: Disposable;
  private count = 0;

  constructor(private readonly server: Server) {
    this.registrations = Disposable.from(
      workspace.registerTextDocumentContentProvider(proposalScheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.proposals.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.proposals.get(uri.toString())?.text ?? "";
  }

  async propose(original: Uri): Promise<void> {
    const params: DialerCleanUpRequest.Params = { uri: original.toString() };
    const result = await this.server.request<DialerCleanUpRequest.Result>(
      DialerCleanUpRequest.method,
      params,
    );
    if (result.refused !== null) {
      void window.showErrorMessage(result.refused);
    } else if (result.removed.length === 0) {
      await sayThatNoneIsMarked();
    } else {
      await this.show(original, result);
    }
  }

  /** Writes the proposal in the editor, or the one given. */
  async write(proposal: Uri): Promise<void> {
    const proposed = this.proposals.get(proposal.toString());
    if (!proposed) {
      void window.showInformationMessage(
        l10n.t("There is nothing proposed any more; run Remove Deleted Workflows again."),
      );
      return;
    }
    const target = await freeName(proposed.original);
    const edit = new WorkspaceEdit();
    edit.createFile(target, { overwrite: false, contents: proposed.bytes });
    if (!(await workspace.applyEdit(edit)))
      throw new Error(
        l10n.t("{0} could not be written; nothing was changed.", workspace.asRelativePath(target)),
      );
    await closeProposal(proposal);
    await openText(target, { preview: false });
    void window.showInformationMessage(
      l10n.t(
        "Wrote {0}. Check it with Dialer's own tools before use: hand edits are not supported.",
        workspace.asRelativePath(target),
      ),
    );
  }

  dispose(): void {
    this.registrations.dispose();
  }

  private async show(
    original: Uri,
    { removed, dangling, text, bytes }: DialerCleanUpRequest.Result,
  ): Promise<void> {
    const name = nameOf(original);
    const proposal = Uri.from({
      scheme: proposalScheme,
      path: Uri.joinPath(original, "..", newName(name)).path,
      // A proposal never changes: another one is another document.
      query: String(++this.count),
    });
    this.proposals.set(proposal.toString(), { original, text, bytes: Buffer.from(bytes, "base64") });
    const title = l10n.t("{0} (without deleted workflows)", name);
    await commands.executeCommand("vscode.diff", original, proposal, title, { preview: false });
    const names = removed.map((each) => l10n.t("“{0}” (marked by {1})", each.name, each.marker));
    const message = [
      removed.length === 1
        ? l10n.t("1 deleted workflow would be removed: {0}.", names.join(", "))
        : l10n.t("{0} deleted workflows would be removed: {1}.", removed.length, shortened(names, ", ")),
      dangling.length > 0
        ? l10n.t("Afterwards these lead nowhere: {0}.", shortened(dangling, "; "))
        : l10n.t("No reference would break."),
      l10n.t("Nothing is written yet."),
    ].join(" ");
    const write = l10n.t("Write New File");
    if ((await window.showInformationMessage(message, write, l10n.t("Cancel"))) === write)
      await commands.executeCommand("handlerWorkbench.writeProposal", proposal);
  }
}

/** How Dialer marks them is not documented, so that nothing was found may be the marker's fault. */
async function sayThatNoneIsMarked(): Promise<void> {
  const setMarker = l10n.t("Name the Marker");
  const message = l10n.t(
    "No workflow is marked as deleted. How Dialer marks them is not documented; the setting handlerWorkbench.dialer.deletedMarker names the attribute or property.",
  );
  if ((await window.showInformationMessage(message, setMarker)) === setMarker)
    await commands.executeCommand("workbench.action.openSettings", "handlerWorkbench.dialer.deletedMarker");
}

/** Beside the original, with a name that is not taken. */
async function freeName(original: Uri): Promise<Uri> {
  for (let number = 1; ; number++) {
    const target = Uri.joinPath(original, "..", newName(nameOf(original), number));
    const isTaken = await workspace.fs.stat(target).then(
      () => true,
      () => false,
    );
    if (!isTaken) return target;
  }
}

/** `dialer_config.without-deleted-2.xml` */
function newName(name: string, number = 1): string {
  const [, base, ending] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  return `${base}.without-deleted${number === 1 ? "" : `-${number}`}${ending ?? ".xml"}`;
}

async function closeProposal(proposal: Uri): Promise<void> {
  for (const tab of window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    const { input } = tab as { input?: { modified?: Uri } };
    if (input?.modified?.toString() === proposal.toString()) await window.tabGroups.close(tab);
  }
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A few of them; a message is no list. */
function shortened(texts: readonly string[], separator: string): string {
  const most = 3;
  const more = texts.length - most;
  const some = texts.slice(0, most).join(separator);
  return more > 0 ? l10n.t("{0} and {1} more", some, more) : some;
}
