import { commands, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import {
  type ExtractionChoice,
  PackageExtractRequest,
  type PackageFinding,
  PackagePlanRequest,
} from "../../../server/src/protocol";
import type { Server } from "../server";
import type { ExtractionPlans } from "./extractionPlans";
import { chosenBy, type PackageModel } from "./packageModel";
import type { PackageStore } from "./packageStore";
import { baseName } from "./packageUri";
import type { Passwords } from "./passwords";
import { Cancelled, withPackageProgress } from "./progress";
import { sizeText } from "./sizes";

/** What a caller already knows; the user is asked for the rest. */
export interface ExtractionWish {
  /** Everything when absent. */
  readonly paths?: readonly string[];
  readonly to?: Uri;
  readonly keepZips?: boolean;
}

/** What is to become of files that are there already. */
interface Answer {
  readonly skip: readonly string[];
  readonly replace: readonly string[];
}

/** Extracts from packages: asks where to, shows what would happen, and does only what was agreed to. */
export class Extractor {
  constructor(
    private readonly server: Server,
    private readonly store: PackageStore,
    private readonly passwords: Passwords,
    private readonly plans: ExtractionPlans,
  ) {}

  async extract(uri: Uri, wish: ExtractionWish): Promise<void> {
    const model = await this.unlocked(uri, wish);
    if (!model) return;
    const keepZips = wish.keepZips ?? (await this.askAboutZips(model, wish.paths));
    if (keepZips === undefined) return;
    const to = wish.to ?? (await askForFolder(uri));
    if (!to) return;
    const choice: ExtractionChoice = {
      uri: uri.toString(),
      to: to.fsPath,
      keepZips,
      ...(wish.paths ? { paths: wish.paths } : {}),
    };
    const plan = await this.server.request<PackagePlanRequest.Result>(PackagePlanRequest.method, choice);
    if (plan.refusals.length > 0) {
      await this.explain(l10n.t("Nothing was extracted from {0}.", baseName(uri)), plan.refusals);
      return;
    }
    if (!(await this.agreed(uri, choice, plan))) return;
    const answer = await askAboutExisting(plan);
    if (answer) await this.run(uri, { ...choice, ...answer, skipUnsafe: plan.unsafe.length > 0 });
  }

  /** The package, with its password where what was chosen needs one. */
  private async unlocked(uri: Uri, { paths }: ExtractionWish): Promise<PackageModel | undefined> {
    const model = await this.store.open(uri);
    if (!model.contents.locked) return model;
    const isChosen = chosenBy(paths);
    const needsPassword = model.contents.rows.some(
      ({ encrypted, path }) => encrypted === true && isChosen(path),
    );
    if (!needsPassword) return model;
    if (!(await this.passwords.ask(this.store, uri))) return undefined;
    return await this.store.open(uri);
  }

  /** Zips inside can be unpacked too; undefined when the user gave up. */
  private async askAboutZips(
    { contents }: PackageModel,
    paths: readonly string[] | undefined,
  ): Promise<boolean | undefined> {
    const isChosen = chosenBy(paths);
    const zips = contents.rows.filter(
      ({ kind, closed, path }) => kind === "zip" && closed === undefined && isChosen(path),
    );
    if (zips.length === 0) return false;
    const items: (QuickPickItem & { readonly keep: boolean })[] = [
      {
        label: l10n.t("Unpack the zips inside"),
        detail: l10n.t("A zip becomes a folder of the same name with its files."),
        keep: false,
      },
      {
        label: l10n.t("Keep the zips inside as they are"),
        detail: l10n.t("A zip is written as a file; it stays encrypted if it is."),
        keep: true,
      },
    ];
    const title =
      zips.length === 1 ? l10n.t("1 zip is among them") : l10n.t("{0} zips are among them", zips.length);
    return (await window.showQuickPick(items, { title, ignoreFocusOut: true }))?.keep;
  }

  /** Shows what would be done; asks again after the whole plan was looked at. */
  private async agreed(
    uri: Uri,
    choice: ExtractionChoice,
    plan: PackagePlanRequest.Result,
  ): Promise<boolean> {
    const { files, bytes, existing, unsafe } = plan;
    const title =
      files.length === 1
        ? l10n.t("Extract 1 file ({0})?", sizeText(bytes))
        : l10n.t("Extract {0} files ({1})?", files.length.toLocaleString(), sizeText(bytes));
    const detail = [
      l10n.t("From {0}", baseName(uri)),
      l10n.t("To {0}", choice.to),
      existing.length > 0 &&
        l10n.t("{0} of them are there already; you will be asked about them.", existing.length),
      unsafe.length > 0 &&
        l10n.t(
          "{0} more are left out, because files of their names must not be written: {1}",
          unsafe.length,
          unsafe
            .slice(0, 3)
            .map(({ path, reason }) => `${path} (${reason})`)
            .join("; "),
        ),
    ]
      .filter((line) => line !== false)
      .join("\n");
    const extract = l10n.t("Extract");
    const show = l10n.t("Show Plan");
    const chosen = await window.showInformationMessage(title, { modal: true, detail }, extract, show);
    if (chosen === show) {
      await this.plans.show(uri, choice, plan);
      // At the top, where it leaves the plan to be read.
      const again = await window.showQuickPick([extract, l10n.t("Cancel")], { title, ignoreFocusOut: true });
      return again === extract;
    }
    return chosen === extract;
  }

  private async run(uri: Uri, params: Omit<PackageExtractRequest.Params, "progress">): Promise<void> {
    let result: PackageExtractRequest.Result;
    try {
      result = await withPackageProgress(
        this.server,
        l10n.t("Extracting from {0}", baseName(uri)),
        (progress, token) =>
          this.server.request<PackageExtractRequest.Result>(
            PackageExtractRequest.method,
            { ...params, progress } satisfies PackageExtractRequest.Params,
            token,
          ),
      );
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      void window.showInformationMessage(cancelledText());
      return;
    }
    await this.tell(uri, params.to, result);
  }

  private async tell(uri: Uri, to: string, result: PackageExtractRequest.Result): Promise<void> {
    const { status, written, skipped, bytes, findings } = result;
    if (status === "cancelled") {
      void window.showInformationMessage(cancelledText());
      return;
    }
    if (status === "refused" || status === "failed") {
      await this.explain(l10n.t("Nothing was extracted from {0}.", baseName(uri)), findings);
      return;
    }
    const counts =
      written === 1
        ? l10n.t("1 file ({0}) was extracted to {1}.", sizeText(bytes), to)
        : l10n.t("{0} files ({1}) were extracted to {2}.", written.toLocaleString(), sizeText(bytes), to);
    const left = skipped > 0 ? ` ${l10n.t("{0} existing files were left alone.", skipped)}` : "";
    if (status === "partly") {
      await this.explain(`${counts}${left} ${l10n.t("Not everything could be extracted.")}`, findings);
      return;
    }
    const reveal = l10n.t("Show Folder");
    if ((await window.showInformationMessage(counts + left, reveal)) === reveal) {
      await showFolder(Uri.file(to));
    }
  }

  /** Says what went wrong; all of it, when there is more than one thing. */
  private async explain(title: string, findings: readonly PackageFinding[]): Promise<void> {
    const [first, ...more] = findings;
    const message = first ? `${title} ${sentence(first.message)}` : title;
    if (more.length === 0) {
      void window.showWarningMessage(message);
      return;
    }
    const all = l10n.t("Show All {0}", findings.length);
    if ((await window.showWarningMessage(message, all)) === all)
      await this.plans.showFindings(title, findings);
  }
}

function cancelledText(): string {
  return l10n.t("The extraction was cancelled. What had been written was removed.");
}

async function askForFolder(uri: Uri): Promise<Uri | undefined> {
  const folders = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: workspace.getWorkspaceFolder(uri)?.uri ?? Uri.joinPath(uri, ".."),
    openLabel: l10n.t("Extract Here"),
    title: l10n.t("Folder to Extract {0} Into", baseName(uri)),
  });
  return folders?.[0];
}

/** Undefined when the user gave up; nothing is replaced without having been named. */
async function askAboutExisting({ existing, files }: PackagePlanRequest.Result): Promise<Answer | undefined> {
  if (existing.length === 0) return { skip: [], replace: [] };
  const keep = l10n.t("Keep Existing");
  const replace = l10n.t("Replace All");
  const choose = l10n.t("Choose...");
  const some = existing.slice(0, 10).join("\n");
  const rest = existing.length - 10;
  const chosen = await window.showWarningMessage(
    existing.length === 1
      ? l10n.t("1 of {0} files is there already.", files.length)
      : l10n.t("{0} of {1} files are there already.", existing.length, files.length),
    { modal: true, detail: rest > 0 ? `${some}\n${l10n.t("and {0} more", rest)}` : some },
    keep,
    replace,
    choose,
  );
  if (chosen === keep) return { skip: existing, replace: [] };
  if (chosen === replace) return { skip: [], replace: existing };
  if (chosen !== choose) return undefined;
  const picked = await window.showQuickPick([...existing], {
    canPickMany: true,
    ignoreFocusOut: true,
    title: l10n.t("Files to Replace"),
    placeHolder: l10n.t("What is not chosen stays as it is"),
  });
  if (!picked) return undefined;
  const chosenPaths = new Set(picked);
  return { skip: existing.filter((path) => !chosenPaths.has(path)), replace: picked };
}

/** In the explorer when it is part of the workspace, else in the system's file manager. */
async function showFolder(folder: Uri): Promise<void> {
  const command = workspace.getWorkspaceFolder(folder) ? "revealInExplorer" : "revealFileInOS";
  await commands.executeCommand(command, folder);
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
