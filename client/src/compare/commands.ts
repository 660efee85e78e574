import {
  commands,
  l10n,
  type Memento,
  type QuickPickItem,
  QuickPickItemKind,
  type SourceControlResourceState,
  Uri,
  window,
} from "vscode";
import { HandlersRequest, SideRequest } from "../../../server/src/protocol";
import { handlerOf } from "../handlers/targets";
import type { Server } from "../server";
import { chooseFolder, chooseHandlers, chooseKinds, foldersOf } from "./choose";
import type { Comparison, Comparisons } from "./comparison";
import type { FlowDiffs } from "./flowDiff";
import { chooseRevision, gitSide } from "./git";
import { type DiffPair, openListingDiff } from "./listingDiff";
import { type ExportChoice, exportComparison } from "./report";
import type { ResultNode } from "./resultTree";
import type { ResultsView } from "./resultsView";
import { labelOf, nameOf, type Side, sideNow, sideOf } from "./side";

/** What menus hand to a command: a resource, a resource of a source control, or nothing. */
type Given = Uri | SourceControlResourceState | undefined;

const foldersKey = "compare.folders";

/** What the commands of comparing do. What they throw is shown to the user. */
export class CompareCommands {
  private selected: Uri | undefined;

  constructor(
    private readonly server: Server,
    private readonly comparisons: Comparisons,
    private readonly view: ResultsView,
    private readonly flows: FlowDiffs,
    private readonly memory: Memento,
  ) {}

  /** Compares a handler or folder with another one; lets the user choose it unless it is given. */
  async compareWith(given: Given, other?: unknown): Promise<Comparison | undefined> {
    const now = resourceOf(given);
    // The explorer gives the resources that are selected in its place.
    if (other instanceof Uri) return await this.compare(await sideOf(other), await sideOf(now));
    const revision = l10n.t("Git Revision...");
    const file = l10n.t("Browse for a Handler...");
    const folder = l10n.t("Browse for a Folder...");
    const { handlers } = await this.server.request<HandlersRequest.Result>(HandlersRequest.method);
    const own = nameOf(now).replace(/\.[^.]*$/, "");
    const isSame = (name: string): boolean => name.toLowerCase() === own.toLowerCase();
    const others = handlers
      .map(({ name, uri }) => ({ label: name, uri: Uri.parse(uri, true) }))
      .filter(({ uri }) => uri.toString() !== now.toString())
      .map((each) => ({ ...each, description: labelOf(each.uri) }));
    type Item = QuickPickItem & { readonly uri?: Uri };
    const heading = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
    const chosen = await window.showQuickPick<Item>(
      [
        { label: "HEAD", description: l10n.t("the last commit"), iconPath: undefined },
        { label: revision },
        { label: file },
        { label: folder },
        heading(l10n.t("the same name")),
        ...others.filter(({ label }) => isSame(label)),
        heading(l10n.t("other handlers")),
        ...others.filter(({ label }) => !isSame(label)),
      ],
      { title: l10n.t("Compare {0} with", labelOf(now)), matchOnDescription: true },
    );
    if (!chosen) return undefined;
    if (chosen.uri) return await this.compare(await sideOf(chosen.uri), await sideOf(now));
    if (chosen.label === "HEAD") return await this.compareWithRevision(now, "HEAD");
    if (chosen.label === revision) return await this.compareWithRevision(now);
    const opened = await window.showOpenDialog({
      title: l10n.t("Compare {0} with", labelOf(now)),
      canSelectFiles: chosen.label === file,
      canSelectFolders: chosen.label === folder,
      filters: chosen.label === file ? { [l10n.t("Handlers")]: ["ihd", "xml"] } : undefined,
      openLabel: l10n.t("Compare"),
    });
    return opened?.[0] && (await this.compare(await sideOf(opened[0]), await sideOf(now)));
  }

  async select(given: Given): Promise<void> {
    this.selected = resourceOf(given);
    await commands.executeCommand("setContext", "handlerWorkbench.selectedForCompare", true);
  }

  async compareWithSelected(given: Given): Promise<Comparison | undefined> {
    if (!this.selected)
      throw new Error(l10n.t('Choose the old side with "Select Handlers for Compare" first.'));
    return await this.compare(await sideOf(this.selected), await sideOf(resourceOf(given)));
  }

  /** Of the two resources that are selected in the explorer or in the Source Control view. */
  async compareSelected(...given: readonly unknown[]): Promise<Comparison | undefined> {
    const [old, now, ...more] = selectedOf(given);
    if (!old || !now || more.length > 0) throw new Error(l10n.t("Select two handlers or two folders first."));
    return await this.compare(await sideOf(old), await sideOf(now));
  }

  async compareWithRevision(given: Given, revision?: unknown): Promise<Comparison | undefined> {
    const now = resourceOf(given);
    const chosen = typeof revision === "string" ? revision : await chooseRevision(now);
    if (chosen === undefined) return undefined;
    return await this.compare(await gitSide(now, chosen), await sideNow(now));
  }

  /** Asks for what is not given: two folders, kinds of differences, handlers. Kinds that are given are remembered. */
  async compareFolders(
    oldFolder?: unknown,
    newFolder?: unknown,
    kinds?: unknown,
  ): Promise<Comparison | undefined> {
    if (oldFolder instanceof Uri && newFolder instanceof Uri) {
      if (Array.isArray(kinds)) await this.comparisons.rememberKinds(kinds.map(String));
      return await this.compare(await sideOf(oldFolder), await sideOf(newFolder));
    }
    const { handlers } = await this.server.request<HandlersRequest.Result>(HandlersRequest.method);
    const known = foldersOf(handlers.map(({ uri }) => uri));
    const [oldBefore, newBefore] = this.memory
      .get<readonly string[]>(foldersKey, [])
      .map((text) => Uri.parse(text, true));
    const old = await chooseFolder(l10n.t("Old Handlers"), known, oldBefore);
    const now =
      old && (await chooseFolder(l10n.t("New Handlers, Compared with {0}", labelOf(old)), known, newBefore));
    if (!now) return undefined;
    await this.memory.update(foldersKey, [old.toString(), now.toString()]);
    if (!(await chooseKinds(this.comparisons))) return undefined;
    const [oldSide, newSide] = [await sideOf(old), await sideOf(now)];
    if (!(await this.chooseAmong(oldSide, newSide))) return undefined;
    return await this.compare(oldSide, newSide);
  }

  async again(): Promise<Comparison | undefined> {
    const { old, now } = this.current();
    return await this.compare(old, now);
  }

  async swap(): Promise<Comparison | undefined> {
    const { old, now } = this.current();
    await this.comparisons.rememberWithout(now, old, this.comparisons.without(old, now));
    return await this.compare(now, old);
  }

  async chooseDiffs(): Promise<void> {
    if ((await chooseKinds(this.comparisons)) && this.view.comparison) await this.again();
  }

  async chooseHandlers(): Promise<void> {
    const { old, now } = this.current();
    if (await this.chooseAmong(old, now)) await this.compare(old, now);
  }

  /** `media`: the folder that holds our stylesheet. */
  async export(media: Uri, given: ExportChoice | undefined): Promise<void> {
    await exportComparison(this.server, this.current(), media, given);
  }

  async openListings(node: ResultNode | undefined): Promise<void> {
    const at = placeOf(node);
    if (at) await openListingDiff(this.server, at.pair, at.node, at.oldNode);
  }

  async openFlows(node: ResultNode | undefined): Promise<void> {
    const at = placeOf(node);
    if (!at) return;
    const { old, now } = at.pair;
    if (old === null || now === null)
      await commands.executeCommand("handlerWorkbench.openFlow", Uri.parse((now ?? old)!, true));
    else this.flows.show({ ...at.pair, old, now }, at.kinds, at.node ?? at.oldNode ?? undefined);
  }

  private current(): Comparison {
    const { comparison } = this.view;
    if (!comparison) throw new Error(l10n.t("Compare two handlers or folders first."));
    return comparison;
  }

  /** False: given up. */
  private async chooseAmong(old: Side, now: Side): Promise<boolean> {
    const handlersOf = async ({ side }: Side): Promise<SideRequest.Result["handlers"]> => {
      const params: SideRequest.Params = { side };
      return (await this.server.request<SideRequest.Result>(SideRequest.method, params)).handlers;
    };
    const without = this.comparisons.without(old, now);
    const chosen = await chooseHandlers(await handlersOf(old), await handlersOf(now), without);
    if (chosen) await this.comparisons.rememberWithout(old, now, chosen);
    return chosen !== undefined;
  }

  /** Compares and shows what was found; of a single handler its listing diff too. */
  private async compare(old: Side, now: Side): Promise<Comparison | undefined> {
    const comparison = await this.comparisons.run(old, now);
    if (!comparison) return undefined;
    await this.view.show(comparison, await this.comparisons.allKinds());
    await this.view.focus();
    const [pair, ...more] = comparison.result.pairs;
    if (!pair || more.length > 0 || !("handlers" in old.side && "handlers" in now.side)) return comparison;
    const diff: DiffPair = diffPair(comparison, pair);
    if (pair.status === "changed") await openListingDiff(this.server, diff);
    if (pair.status === "identical") this.tellIdentical(comparison, diff);
    return comparison;
  }

  /** Nobody waits for the answer: the result is shown. */
  private tellIdentical({ old, now }: Comparison, diff: DiffPair): void {
    const open = l10n.t("Open Listing Diff");
    const text = l10n.t(
      "{0} and {1} do not differ in the chosen kinds of differences.",
      old.label,
      now.label,
    );
    void window.showInformationMessage(text, open).then(async (chosen) => {
      if (chosen === open) await openListingDiff(this.server, diff);
    });
  }
}

/** The resource a command is about; without an argument, the handler in the active editor. */
function resourceOf(given: Given): Uri {
  const uri = given instanceof Uri ? given : (given?.resourceUri ?? handlerOf(undefined));
  if (!uri) throw new Error(l10n.t("Open a handler or its listing first."));
  return uri;
}

/**
 * Old and new of what is selected. The explorer gives the resource that the menu was opened on, the new side, and
 * all that are selected; the Source Control view gives what is selected one by one.
 */
function selectedOf([given, all, ...more]: readonly unknown[]): readonly Uri[] {
  const uriOf = (each: unknown): Uri | undefined =>
    each instanceof Uri ? each : (each as SourceControlResourceState | undefined)?.resourceUri;
  if (!Array.isArray(all)) return [given, all, ...more].flatMap((each) => uriOf(each) ?? []);
  const opened = uriOf(given)?.toString();
  const isNew = (uri: Uri): number => Number(uri.toString() === opened);
  return (all as Uri[]).toSorted((one, other) => isNew(one) - isNew(other));
}

const diffPair = ({ old, now }: Comparison, pair: Comparison["result"]["pairs"][number]): DiffPair => ({
  name: pair.name,
  old: pair.old?.uri ?? null,
  now: pair.now?.uri ?? null,
  oldLabel: old.label,
  nowLabel: now.label,
});

interface DiffPlace {
  readonly pair: DiffPair;
  readonly kinds: readonly string[];
  readonly node: number | null;
  readonly oldNode: number | null;
}

function placeOf(node: ResultNode | undefined): DiffPlace | undefined {
  if (!node || node.kind === "note" || node.kind === "status") return undefined;
  const step = node.kind === "change" ? node.of : node.kind === "step" ? node : undefined;
  const { comparison, pair } = node.kind === "pair" ? node : step!.of;
  return {
    pair: diffPair(comparison, pair),
    kinds: comparison.kinds,
    node: step?.node ?? null,
    oldNode: step?.oldNode ?? null,
  };
}
