import { commands, extensions, l10n, type QuickPickItem, type Uri, window, workspace } from "vscode";
import type { RunbookLink } from "../../../server/src/protocol";

const prefix = "handlerWorkbench.";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  };
}

/** As the palette names it, in the user's language. */
export function linkTitle({ command, view, file }: RunbookLink): {
  readonly title: string;
  readonly icon: string;
} {
  const { commands: known, views } = manifest().contributes;
  if (command !== undefined) {
    const title = known.find((each) => each.command === prefix + command)?.title ?? command;
    return { title, icon: "play" };
  }
  if (view !== undefined) {
    const name = Object.values(views)
      .flat()
      .find(({ id }) => id === prefix + view)?.name;
    return { title: l10n.t("Show the View {0}", name ?? view), icon: "list-tree" };
  }
  return { title: l10n.t("Open {0}", nameOf(file ?? "")), icon: "go-to-file" };
}

/** Does what a link says; where it is about a file, with the one there is or the one the user chooses. */
export async function followLink(link: RunbookLink): Promise<void> {
  const { command, view, file } = link;
  if (view !== undefined) {
    await commands.executeCommand(`${prefix}${view}.focus`);
    return;
  }
  const uri = file === undefined ? undefined : await chooseFile(file);
  if (file !== undefined && uri === undefined) return;
  await commands.executeCommand(
    command === undefined ? "vscode.open" : prefix + command,
    ...(uri ? [uri] : []),
  );
}

/** undefined: there is none, which the user is told, or none was chosen. */
async function chooseFile(glob: string): Promise<Uri | undefined> {
  const found = await workspace.findFiles(glob, undefined, 200);
  const [only] = found;
  if (!only) {
    void window.showInformationMessage(
      l10n.t("There is no {0} in this workspace. Copy it here first.", nameOf(glob)),
    );
    return undefined;
  }
  if (found.length === 1) return only;
  const items = found
    .map((uri): QuickPickItem & { uri: Uri } => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((one, other) => (one.label < other.label ? -1 : 1));
  return (await window.showQuickPick(items, { title: l10n.t("Which File?") }))?.uri;
}

const nameOf = (glob: string): string => glob.replace(/^\*\*\//, "");

function manifest(): Manifest {
  const own = extensions.getExtension("handler-workbench.handler-workbench");
  return (own?.packageJSON ?? { contributes: { commands: [], views: {} } }) as Manifest;
}
