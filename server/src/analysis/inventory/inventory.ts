import * as l10n from "@vscode/l10n";
import { comparePair } from "../compare/compareFolders";
import { byHandlerName, type HandlerFile, pairFiles, pause, readSide } from "../compare/handlerFiles";
import { defaultKinds } from "../compare/kinds";
import type { Handler } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";
import { byText } from "../dependencies/facts";
import { changesText, isCustomizationPoint } from "../hints/baseRules";

/**
 * What a handler is beside the base handlers of its release:
 * - `base`: the same in all that Designer shows, whatever the bytes
 * - `modified`: a base handler that was changed
 * - `custom`: there is no base handler of the name
 * - `missing`: a base handler that is not among the handlers
 * - `unreadable`: it, or the base handler of its name, could not be read whole
 * - `unknown`: no base handlers were given
 */
export const inventoryClasses = ["base", "modified", "custom", "missing", "unreadable", "unknown"] as const;

export type InventoryClass = (typeof inventoryClasses)[number];

/** One handler of the inventory. */
export interface InventoryRow {
  readonly name: string;
  /** Below the folder, with `/`; of a missing handler below the base folder. */
  readonly path: string;
  readonly class: InventoryClass;
  /** What starts it: `subroutine`, `module:name` of the initiator, or "" where that is not known. */
  readonly startedBy: string;
  readonly category: string;
  readonly steps: number;
  /** true: a subroutine that base handlers call and that is there to be changed. */
  readonly isCustomizationPoint: boolean;
  /** What differs from the base handler, or what else should be known; "" = nothing. */
  readonly note: string;
}

export interface Inventory {
  /** By name, then by path. */
  readonly rows: readonly InventoryRow[];
  readonly counts: Readonly<Record<InventoryClass, number>>;
  /** What should be known of the whole. */
  readonly notes: readonly string[];
}

export interface InventoryOptions {
  /** List base handlers that are not among the handlers; they are counted anyway. */
  readonly withMissing?: boolean;
  readonly progress?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Classifies handlers beside the base handlers (null: there are none to compare with). Handlers are read one after the
 * other and let go. Throws only the signal's reason, when it is aborted.
 */
export async function takeInventory(
  own: readonly HandlerFile[],
  base: readonly HandlerFile[] | null,
  options: InventoryOptions = {},
): Promise<Inventory> {
  const { withMissing = false, progress, signal } = options;
  const rows: InventoryRow[] = [];
  const paired = pairFiles(base ?? [], own);
  const copies = base ? new Copies(base, own) : undefined;
  let missing = 0;
  for (const [done, { old, now }] of paired.pairs.entries()) {
    signal?.throwIfAborted();
    const file = now ?? old!;
    progress?.(done, paired.pairs.length, file.name);
    if (now) rows.push(await classify(now, old, copies));
    else {
      missing++;
      if (withMissing) rows.push(await missingRow(file));
    }
    await pause();
  }
  rows.sort((one, other) => byText(one.name, other.name) || byText(one.path, other.path));
  const counts = Object.fromEntries(
    inventoryClasses.map((each) => [each, rows.filter((row) => row.class === each).length]),
  ) as Record<InventoryClass, number>;
  return { rows, counts: { ...counts, missing }, notes: paired.notes };
}

async function classify(
  now: HandlerFile,
  old: HandlerFile | undefined,
  copies: Copies | undefined,
): Promise<InventoryRow> {
  // Comparing reads the handler too; once is enough.
  let reading: ReturnType<HandlerFile["read"]> | undefined;
  const once: HandlerFile = { ...now, read: () => (reading ??= now.read()) };
  const read = await readSide(once);
  if (typeof read === "string") return row(now, undefined, "unreadable", read);
  if (!copies) return row(now, read, "unknown", "");
  if (!old) {
    const twin = await copies.of(now);
    return row(
      now,
      read,
      "custom",
      twin === undefined ? "" : l10n.t("the same file as the base handler {0}", twin),
    );
  }
  const { status, changes, note } = await comparePair({ name: now.name, old, now: once }, defaultKinds);
  switch (status) {
    case "identical":
      return row(now, read, "base", "");
    case "changed":
      return row(now, read, "modified", changesText(changes));
    default:
      return row(now, read, "unreadable", note);
  }
}

async function missingRow(file: HandlerFile): Promise<InventoryRow> {
  const read = await readSide(file);
  return row(file, typeof read === "string" ? undefined : read, "missing", "");
}

function row(
  { name, path }: HandlerFile,
  handler: Handler | undefined,
  class_: InventoryClass,
  note: string,
): InventoryRow {
  const isSubroutine = handler?.steps.some(({ kind }) => kind === "start") ?? false;
  const [initiator] = handler?.initiators ?? [];
  return {
    name,
    path,
    class: class_,
    startedBy: isSubroutine ? "subroutine" : initiator ? toolKey(initiator) : "",
    category: handler?.category ?? "",
    steps: handler?.steps.length ?? 0,
    isCustomizationPoint: isCustomizationPoint(name),
    note,
  };
}

/** Finds base handlers that were only given another name: their files have the same bytes. */
class Copies {
  private names: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(
    private readonly base: readonly HandlerFile[],
    private readonly own: readonly HandlerFile[],
  ) {}

  /** Name of the base handler; undefined = there is none. */
  async of(file: HandlerFile): Promise<string | undefined> {
    const hash = await hashOf(file);
    if (hash === undefined) return undefined;
    this.names ??= this.read();
    return (await this.names).get(hash);
  }

  /** Of base handlers that are not there under their own name as well. */
  private async read(): Promise<ReadonlyMap<string, string>> {
    const there = byHandlerName(this.own);
    const names = new Map<string, string>();
    for (const file of this.base) {
      const hash = there.has(file.name.toLowerCase()) ? undefined : await hashOf(file);
      if (hash !== undefined) names.set(hash, file.name);
    }
    return names;
  }
}

async function hashOf(file: HandlerFile): Promise<string | undefined> {
  try {
    return await file.hash?.();
  } catch {
    return undefined; // reading says why
  }
}
