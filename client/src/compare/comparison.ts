import { type Memento, ProgressLocation, l10n, window } from "vscode";
import { CompareRequest, type DiffKindRow, DiffKindsRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import type { Side } from "./side";

/** What was compared, and how. */
export interface Comparison {
  /** Under which the server keeps it. */
  readonly id: string;
  readonly old: Side;
  readonly now: Side;
  readonly kinds: readonly string[];
  /** URIs of handlers that were left out. */
  readonly without: readonly string[];
  readonly result: CompareRequest.Result;
}

const kindsKey = "compare.kinds";
const withoutKey = (old: Side, now: Side): string => `compare.without ${old.key} ${now.key}`;

/** Runs comparisons, with the kinds and handlers that the user chose last. */
export class Comparisons {
  private last = 0;
  private known: readonly DiffKindRow[] | undefined;

  constructor(
    private readonly server: Server,
    private readonly memory: Memento,
  ) {}

  async allKinds(): Promise<readonly DiffKindRow[]> {
    this.known ??= (await this.server.request<DiffKindsRequest.Result>(DiffKindsRequest.method)).kinds;
    return this.known;
  }

  /** Ids of the chosen kinds; before any were chosen, of those that are on by default. */
  async kinds(): Promise<readonly string[]> {
    const all = await this.allKinds();
    const chosen = this.memory.get<readonly string[]>(kindsKey);
    const left = chosen && all.filter(({ id }) => chosen.includes(id));
    return (left && left.length > 0 ? left : all.filter(({ volatile }) => !volatile)).map(({ id }) => id);
  }

  async rememberKinds(kinds: readonly string[]): Promise<void> {
    await this.memory.update(kindsKey, kinds);
  }

  /** URIs of handlers that are left out when these sides are compared. */
  without(old: Side, now: Side): readonly string[] {
    return this.memory.get<readonly string[]>(withoutKey(old, now)) ?? [];
  }

  async rememberWithout(old: Side, now: Side, without: readonly string[]): Promise<void> {
    await this.memory.update(withoutKey(old, now), without.length > 0 ? without : undefined);
  }

  /** Compares two sides; undefined when the user cancels. */
  async run(old: Side, now: Side): Promise<Comparison | undefined> {
    const id = `compare-${++this.last}`;
    const kinds = await this.kinds();
    const without = this.without(old, now);
    const params: CompareRequest.Params = { id, old: old.side, now: now.side, kinds, without };
    const title = l10n.t("Comparing {0} with {1}", old.label, now.label);
    const result = await withProgress<CompareRequest.Result>(
      this.server,
      id,
      title,
      CompareRequest.method,
      params,
    );
    return result && { id, old, now, kinds, without, result };
  }
}

/** Sends a request that tells its progress and can be cancelled; undefined when the user does that. */
export async function withProgress<Result>(
  server: Server,
  id: string,
  title: string,
  method: string,
  params: unknown,
): Promise<Result | undefined> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let before = 0;
      const told = server.onDidCompare(({ id: of, done, total, name }) => {
        if (of !== id || total === 0) return;
        const part = (100 * done) / total;
        progress.report({ message: `${done}/${total} ${name}`, increment: part - before });
        before = part;
      });
      try {
        return await server.request<Result>(method, params, token);
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      } finally {
        told.dispose();
      }
    },
  );
}
