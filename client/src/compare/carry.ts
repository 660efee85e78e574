import type { Disposable } from "vscode";
import { commands, l10n, type Memento, Uri, ViewColumn, workspace } from "vscode";
import {
  CarryReportRequest,
  CarryRequest,
  HandlersRequest,
  type SideHandler,
} from "../../../server/src/protocol";
import type { Server } from "../server";
import type { CarryForward, CarryHandlerNode, CarryNode } from "./carryTree";
import { CarryView } from "./carryView";
import { chooseFolder, foldersOf } from "./choose";
import { withProgress } from "./comparison";
import type { Comparisons } from "./comparison";
import type { FlowDiffs } from "./flowDiff";
import { type DiffPair, openListingDiff } from "./listingDiff";
import { chooseTarget, tellExported } from "./report";
import { labelOf, type Side, sideOf } from "./side";
import { WorkListFile } from "./workListFile";

const foldersKey = "carry.folders";

/** Carrying customisations forward: three folders, the work list, what to look at. */
export class Carry implements Disposable {
  readonly view: CarryView;
  private readonly marks: WorkListFile;
  private last = 0;
  private running = false;

  constructor(
    private readonly server: Server,
    private readonly comparisons: Comparisons,
    private readonly flows: FlowDiffs,
    private readonly memory: Memento,
  ) {
    this.marks = new WorkListFile(server);
    // After the window was loaded again, the list comes back when somebody looks at it.
    this.view = new CarryView(this.marks, () => void this.resume().catch(() => undefined));
  }

  dispose(): void {
    this.view.dispose();
    this.marks.dispose();
  }

  /** Asks for the three folders unless they are given. */
  async start(...given: readonly unknown[]): Promise<CarryForward | undefined> {
    const uris = given.filter((each) => each instanceof Uri);
    if (uris.length === 3) return await this.begin(uris);
    const { handlers } = await this.server.request<HandlersRequest.Result>(HandlersRequest.method);
    const known = foldersOf(handlers.map(({ uri }) => uri));
    const before = this.remembered();
    const chosen: Uri[] = [];
    for (const [at, title] of [
      l10n.t("Carry Forward (1/3): Base Handlers of the Old Release"),
      l10n.t("Carry Forward (2/3): Customized Handlers"),
      l10n.t("Carry Forward (3/3): Base Handlers of the New Release"),
    ].entries()) {
      const folder = await chooseFolder(title, known, before[at]);
      if (!folder) return undefined;
      chosen.push(folder);
    }
    return await this.begin(chosen);
  }

  /** The same folders again. */
  async again(): Promise<CarryForward | undefined> {
    const folders = this.remembered();
    return folders.length === 3 ? await this.run(folders) : await this.start();
  }

  async close(): Promise<void> {
    await this.memory.update(foldersKey, undefined);
    await this.view.show(undefined);
  }

  /** Writes the work list with its marks and notes into a file, to hand on; asks for the file unless it is given. */
  async export(given?: unknown): Promise<void> {
    const { carryForward } = this.view;
    if (!carryForward) throw new Error(l10n.t("Carry customizations forward first."));
    const target = given instanceof Uri ? given : await chooseTarget("carry-forward", "html");
    if (!target) return;
    const { id, oldBase, custom, newBase } = carryForward;
    const params: CarryReportRequest.Params = {
      id,
      format: "html",
      oldBase: oldBase.label,
      custom: custom.label,
      newBase: newBase.label,
      workList: await this.marks.text(),
    };
    const { text } = await this.server.request<CarryReportRequest.Result>(CarryReportRequest.method, params);
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
    tellExported(target);
  }

  /** Asks for the note unless it is given. Menus give the rows that are selected in its place. */
  async note(node: CarryNode | undefined, given?: unknown): Promise<void> {
    if (node) await this.view.note(node, typeof given === "string" ? given : undefined);
  }

  /** What was customised, at its step; where the new base changed the same, both side by side. */
  async openCustomization(node: CarryNode | undefined): Promise<void> {
    if (node?.kind !== "item") return;
    const { item, of } = node;
    if (item.against.length > 0) return await this.openConflict(node);
    const step = item.kind === "step-removed" ? null : item.node;
    await this.openListings(of, "customised", step, item.oldNode);
  }

  /** Two diffs beside each other: what the customer changed, and what the new base did. */
  async openConflict(node: CarryNode | undefined): Promise<void> {
    if (node?.kind !== "item") return;
    const { item, of } = node;
    await commands.executeCommand("workbench.action.focusFirstEditorGroup");
    await this.openListings(of, "customised", item.kind === "step-removed" ? null : item.node, item.oldNode);
    const [other] = item.against;
    const removed = other?.kind === "step-removed";
    await this.openListings(
      of,
      "moved",
      removed ? null : (other?.node ?? null),
      other?.oldNode ?? null,
      ViewColumn.Two,
    );
  }

  async openListings(
    node: CarryHandlerNode,
    what: Comparing,
    step: number | null = null,
    oldStep: number | null = null,
    column?: ViewColumn,
  ): Promise<void> {
    await openListingDiff(this.server, pairOf(node, what), step, oldStep, column);
  }

  async openFlows(node: CarryHandlerNode, what: Comparing): Promise<void> {
    const pair = pairOf(node, what);
    const { old, now } = pair;
    if (old !== null && now !== null) this.flows.show({ ...pair, old, now }, await this.comparisons.kinds());
  }

  private remembered(): Uri[] {
    return this.memory.get<readonly string[]>(foldersKey, []).map((text) => Uri.parse(text, true));
  }

  /** Remembers the folders, so that the list can be made again. */
  private async begin(folders: readonly Uri[]): Promise<CarryForward | undefined> {
    await this.memory.update(
      foldersKey,
      folders.map((uri) => uri.toString()),
    );
    return await this.run(folders);
  }

  private async resume(): Promise<void> {
    const folders = this.remembered();
    if (folders.length === 3 && !this.running) await this.run(folders, false);
  }

  private async run(folders: readonly Uri[], focus = true): Promise<CarryForward | undefined> {
    this.running = true;
    try {
      const sides: Side[] = [];
      for (const folder of folders) sides.push(await sideOf(folder));
      const [oldBase, custom, newBase] = sides as [Side, Side, Side];
      const id = `carry-${++this.last}`;
      const params: CarryRequest.Params = {
        id,
        oldBase: oldBase.side,
        custom: custom.side,
        newBase: newBase.side,
      };
      const title = l10n.t("Carrying forward {0}", labelOf(folders[1]!));
      const result = await withProgress<CarryRequest.Result>(
        this.server,
        id,
        title,
        CarryRequest.method,
        params,
      );
      if (!result) return undefined;
      await this.marks.read();
      const carryForward: CarryForward = { id, oldBase, custom, newBase, result };
      await this.view.show(carryForward);
      if (focus) await commands.executeCommand("handlerWorkbench.carryForward.focus");
      return carryForward;
    } finally {
      this.running = false;
    }
  }
}

/** What the customer changed, what the new base changed, or the customised handler against the new base. */
export type Comparing = "customised" | "moved" | "across";

function pairOf({ of, row }: CarryHandlerNode, what: Comparing): DiffPair {
  const sides = {
    customised: [row.oldBase, row.custom, of.oldBase, of.custom],
    moved: [row.oldBase, row.newBase, of.oldBase, of.newBase],
    across: [row.custom, row.newBase, of.custom, of.newBase],
  } as const;
  const [old, now, oldSide, newSide] = sides[what];
  const uri = (handler: SideHandler | null): string | null => handler?.uri ?? null;
  return { name: row.name, old: uri(old), now: uri(now), oldLabel: oldSide.label, nowLabel: newSide.label };
}
