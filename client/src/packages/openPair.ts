import { commands, l10n, Uri, window } from "vscode";
import {
  type ComparedFile,
  type PackageDifference,
  type PackagePair,
  PackagePeekRequest,
} from "../../../server/src/protocol";
import type { Compare } from "../compare/compare";
import { openListingDiff } from "../compare/listingDiff";
import type { Dialer } from "../dialer/dialer";
import type { Server } from "../server";
import type { ComparisonDifference, ComparisonPair } from "./comparisonTree";
import { hexUri } from "./hexDocuments";
import { hasViewer } from "./openItem";
import type { PackageStore } from "./packageStore";
import { baseName, insideUri } from "./packageUri";
import { type NamedSide, type SideNames, sideNames } from "./sideNames";

type Row = ComparisonPair | ComparisonDifference;

interface Sides {
  readonly old?: Uri;
  readonly new?: Uri;
}

/** Opens what differs between packages, each kind of file as what it is. */
export class PairOpener {
  constructor(
    private readonly server: Server,
    private readonly store: PackageStore,
    private readonly compare: Compare,
    private readonly dialer: Dialer,
  ) {}

  /**
   * Handlers as listings side by side, at the step that the row is about, Dialer configurations as a report of
   * their differences, text as text, anything else in hexadecimal.
   */
  async open(row: Row): Promise<void> {
    const { pair, step } = placeOf(row);
    const sides = await this.sidesOf(pair);
    if (!sides) return;
    if (pair.status !== "changed" || !sides.old || !sides.new) return await this.openTexts(row, sides);
    if (pair.kind === "handler") {
      const { node = null, oldNode = null } = step ?? {};
      await openListingDiff(this.server, this.handlersOf(pair, sides.old, sides.new), node, oldNode);
    } else if (pair.kind === "dialer") {
      const [old, now] = [sides.old.toString(), sides.new.toString()];
      this.dialer.showReport({ kind: "comparison", old, new: now, everything: false });
    } else await this.openTexts(row, sides);
  }

  /** Handlers as two flows side by side, at the step that the row is about. */
  async openFlows(row: Row): Promise<void> {
    const { pair, step } = placeOf(row);
    const sides = await this.sidesOf(pair);
    if (!sides?.old || !sides.new) return;
    await this.compare.showFlows(this.handlersOf(pair, sides.old, sides.new), step?.node ?? step?.oldNode);
  }

  /** As VS Code compares files: text, or in hexadecimal; the file alone where there is one side. */
  async openTexts(row: Row, known?: Sides): Promise<void> {
    const { pair } = placeOf(row);
    const sides = known ?? (await this.sidesOf(pair));
    const only = sides?.new ?? sides?.old;
    if (!sides || !only) return;
    const isText = await this.isText(pair);
    const shown = (uri: Uri, isViewed: boolean): Uri => (isText || isViewed ? uri : hexUri(uri));
    if (!sides.old || !sides.new || pair.status === "identical") {
      await commands.executeCommand("vscode.open", shown(only, hasViewer(only.path)));
      return;
    }
    // The flow view shows one handler; what can be compared as handlers is not opened here.
    const isViewed = hasViewer(only.path) && !/\.ihd$/i.test(only.path);
    const names = this.namesOf(pair);
    const title = l10n.t("{0} ({1} → {2})", baseName(only), names.old, names.new);
    await commands.executeCommand(
      "vscode.diff",
      shown(sides.old, isViewed),
      shown(sides.new, isViewed),
      title,
    );
  }

  /** Undefined where a side could not be read, which was said. */
  private async sidesOf({ old, new: now, status, path, reason }: PackagePair): Promise<Sides | undefined> {
    if (status === "unreadable") {
      void window.showWarningMessage(l10n.t("{0} cannot be compared: {1}.", path, reason ?? ""));
      return undefined;
    }
    return {
      ...(old ? { old: await this.uriOf(old) } : {}),
      ...(now ? { new: await this.uriOf(now) } : {}),
    };
  }

  /** The file on disk, or the file inside the package. */
  private async uriOf({ uri, path, copy }: ComparedFile): Promise<Uri> {
    const file = Uri.parse(uri, true);
    if (path === undefined) return file;
    const model = await this.store.open(file);
    const row = model.find(path, copy);
    if (!row)
      throw new Error(l10n.t("There is no {0} in {1} any more. Compare again.", path, baseName(file)));
    return insideUri(file, model, row);
  }

  private handlersOf(pair: PackagePair, old: Uri, now: Uri) {
    const names = this.namesOf(pair);
    return {
      name: baseName(now).replace(/\.[^.]*$/, ""),
      old: old.toString(),
      now: now.toString(),
      oldLabel: names.old,
      nowLabel: names.new,
    };
  }

  private namesOf({ old, new: now }: PackagePair): SideNames {
    const named = (side: ComparedFile | undefined): NamedSide => {
      if (!side) return { name: "" };
      const uri = Uri.parse(side.uri, true);
      if (side.path === undefined) return { name: folderName(uri.path) };
      return { name: baseName(uri), contents: this.store.get(uri)?.model?.contents };
    };
    return sideNames(named(old), named(now));
  }

  /** Judged by one side that is in a package; for files on disk VS Code judges. */
  private async isText({ old, new: now }: PackagePair): Promise<boolean> {
    const side = [now, old].find((each) => each?.path !== undefined);
    if (side?.path === undefined) return true;
    const { uri, path, copy } = side;
    const params: PackagePeekRequest.Params = { uri, path, ...(copy === undefined ? {} : { copy }) };
    const answer = await this.server.request<PackagePeekRequest.Result>(PackagePeekRequest.method, params);
    return "kind" in answer && answer.kind === "text";
  }
}

/** The pair that a row belongs to, and the step of the handler that it is about. */
function placeOf(row: Row): { readonly pair: PackagePair; readonly step: PackageDifference | undefined } {
  let step: PackageDifference | undefined;
  let at: Row = row;
  while (at.kind === "difference") {
    const { difference, parent }: ComparisonDifference = at;
    if (difference.node !== undefined || difference.oldNode !== undefined) step ??= difference;
    at = parent;
  }
  return { pair: at.pair, step };
}

/** Of the folder that a file is in. */
function folderName(path: string): string {
  return path.split("/").at(-2) ?? path;
}
