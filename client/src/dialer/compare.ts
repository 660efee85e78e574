import { l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import type { ReportSubject } from "../../../server/src/protocol";
import { type Configurations, isSame } from "./configurations";

/** The comparison of two configurations: of the two given ones, or of one and another that the user picks. */
export async function chooseComparison(
  configurations: Configurations,
  first: Uri,
  second?: Uri,
): Promise<ReportSubject | undefined> {
  const other = second ?? (await pickOther(configurations, first));
  if (!other) return undefined;
  const [old, now] = (await changedAt(first)) <= (await changedAt(other)) ? [first, other] : [other, first];
  return { kind: "comparison", old: old.toString(), new: now.toString(), everything: false };
}

async function pickOther(configurations: Configurations, first: Uri): Promise<Uri | undefined> {
  const others = configurations.all.filter((uri) => !isSame(uri, first));
  const name = workspace.asRelativePath(first);
  const title = l10n.t("Compare {0} with", name);
  const browse: QuickPickItem = { label: l10n.t("Browse..."), alwaysShow: true };
  const items = others.map((uri): QuickPickItem & { uri: Uri } => {
    const path = workspace.asRelativePath(uri);
    const at = path.lastIndexOf("/") + 1;
    return { label: path.slice(at), description: path.slice(0, Math.max(0, at - 1)), uri };
  });
  if (items.length > 0) {
    const separator = { label: "", kind: QuickPickItemKind.Separator };
    const chosen = await window.showQuickPick<QuickPickItem & { uri?: Uri }>([...items, separator, browse], {
      title,
      matchOnDescription: true,
    });
    if (chosen !== browse) return chosen?.uri;
  }
  const picked = await window.showOpenDialog({
    title,
    openLabel: l10n.t("Compare"),
    defaultUri: Uri.joinPath(first, ".."),
    filters: { [l10n.t("Dialer Configurations")]: ["xml"] },
  });
  return picked?.[0];
}

/** When it was last written; what is not written yet is the newest. */
async function changedAt(uri: Uri): Promise<number> {
  try {
    return (await workspace.fs.stat(uri)).mtime;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
