import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";
import { dependenciesDot, dependenciesJson, dependenciesXml } from "../analysis/dependencies/exports";
import { dependencyKinds, type HandlerDependencies, isDependencyKind } from "../analysis/dependencies/facts";
import { type CallGraph, callGraph } from "../analysis/dependencies/graph";
import { curve, pictureSvg } from "../analysis/dependencies/picture/pictureSvg";
import { byItem, type ViewOptions } from "../analysis/dependencies/views";
import {
  CallPictureRequest,
  DependenciesRequest,
  DependencyExportRequest,
  type DependencyHandler,
  type DependencyUserRow,
  type HandlerRef,
} from "../protocol";
import type { HandlerIndex } from "../workspace/handlerIndex";
import { layOut } from "../workspace/layOut";
import { shownPath } from "../workspace/shownPath";
import { signalOf } from "./compareShared";
import { handlerUri } from "./listingUri";
import type { Session } from "./session";

/** Answers the requests about what handlers depend on. */
export function registerDependencies(connection: Connection, session: Session): void {
  const graphNow = (): Estate => new Estate(session.index, session.folders);
  connection.onRequest(
    DependenciesRequest.method,
    (params: DependenciesRequest.Params): DependenciesRequest.Result => graphNow().view(params),
  );
  connection.onRequest(
    DependencyExportRequest.method,
    async ({ format }: DependencyExportRequest.Params, token): Promise<DependencyExportRequest.Result> => {
      const { graph } = graphNow();
      switch (format) {
        case "json":
          return { text: `${JSON.stringify(dependenciesJson(graph), null, 1)}\n` };
        case "dot":
          return { text: dependenciesDot(graph) };
        case "xml":
          return { text: dependenciesXml(graph) };
        case "svg":
          return { text: pictureSvg(await layOut(graph, {}, signalOf(token))) };
      }
    },
  );
  connection.onRequest(
    CallPictureRequest.method,
    async ({ focus }: CallPictureRequest.Params, token): Promise<CallPictureRequest.Result> => {
      const estate = graphNow();
      const handler = focus ? estate.indexOf(handlerUri(focus.uri)) : undefined;
      if (focus && handler === undefined)
        throw new Error(l10n.t("This handler is not among those that were read. Show all calls instead."));
      const options = focus && handler !== undefined ? { focus: { handler, distance: focus.distance } } : {};
      const { nodes, edges, ...drawn } = await layOut(estate.graph, options, signalOf(token));
      return {
        ...drawn,
        nodes: nodes.map(({ handler: at, ...node }) => ({
          ...node,
          uri: at === null ? null : estate.refOf(at).uri,
        })),
        edges: edges.map(({ from, to, isBack, points }) => ({ from, to, isBack, path: curve(points) })),
      };
    },
  );
}

/** The handlers that were read, with their calls. Those of reference folders count as called and calling, but are not listed. */
class Estate {
  readonly graph: CallGraph;
  private readonly uris = new Map<string, string>();
  private readonly references = new Set<string>();

  constructor(index: HandlerIndex, folders: readonly string[]) {
    const all: HandlerDependencies[] = [];
    for (const { uri, isReference, summary } of index.all()) {
      const path = shownPath(uri, folders);
      this.uris.set(path, uri);
      if (isReference) this.references.add(path);
      const { name, isWhole, parameters, dependencies } = summary;
      all.push({ name, path, isSubroutine: parameters !== null, isWhole, items: dependencies });
    }
    this.graph = callGraph(all);
  }

  refOf(at: number): HandlerRef {
    const { name, path } = this.graph.handlers[at]!;
    return { name, uri: this.uris.get(path)! };
  }

  indexOf(uri: string): number | undefined {
    const at = this.graph.handlers.findIndex(({ path }) => this.uris.get(path) === uri);
    return at < 0 ? undefined : at;
  }

  view({ grouping, kinds }: DependenciesRequest.Params): DependenciesRequest.Result {
    const { unresolved, cycles, dead } = this.graph;
    const wanted = kinds.filter(isDependencyKind);
    const options: ViewOptions = wanted.length > 0 ? { kinds: new Set(wanted) } : {};
    const missing = new Map<string, { name: string; users: DependencyUserRow[] }>();
    for (const { from, name, steps } of unresolved) {
      if (!this.isListed(from)) continue;
      const users = missing.get(name.toLowerCase()) ?? { name, users: [] };
      missing.set(name.toLowerCase(), users);
      users.users.push({ ...this.refOf(from), steps });
    }
    return {
      kinds: dependencyKinds.map(({ id, name }) => ({ id, name })),
      handlers: grouping === "handler" ? this.byHandler(options) : [],
      items: grouping === "item" ? this.byItem(options) : [],
      unresolved: [...missing.values()],
      cycles: cycles
        .filter((members) => members.some((at) => this.isListed(at)))
        .map((members) => members.map((at) => this.refOf(at))),
      dead: dead
        .filter(({ handler }) => this.isListed(handler))
        .map(({ handler, isCalledByDead }) => ({ ...this.refOf(handler), isCalledByDead })),
    };
  }

  private byHandler({ kinds }: ViewOptions): DependencyHandler[] {
    const { handlers, calls } = this.graph;
    const callers = handlers.map((): DependencyUserRow[] => []);
    const targets = handlers.map(() => new Map<string, string[]>());
    for (const { from, to, steps } of calls) {
      callers[to]!.push({ ...this.refOf(from), steps });
      const { name, uri } = this.refOf(to);
      const known = targets[from]!.get(name.toLowerCase()) ?? [];
      targets[from]!.set(name.toLowerCase(), [...known, uri]);
    }
    return handlers.flatMap(({ isSubroutine, items }, at): DependencyHandler[] => {
      if (!this.isListed(at)) return [];
      const uses = items
        .filter(({ kind }) => kinds?.has(kind) ?? true)
        .map((item) => ({
          ...item,
          targets: item.kind === "subroutine" ? (targets[at]!.get(item.name.toLowerCase()) ?? []) : [],
        }));
      if (kinds && uses.length === 0) return [];
      return [{ ...this.refOf(at), isSubroutine, uses, callers: callers[at]! }];
    });
  }

  private byItem(options: ViewOptions): DependenciesRequest.Result["items"] {
    const listed = this.graph.handlers.filter(({ path }) => !this.references.has(path));
    return byItem(listed, options).map(({ kind, name, label, users }) => ({
      kind,
      name,
      label,
      users: users.map(({ handler, path, steps }) => ({ name: handler, uri: this.uris.get(path)!, steps })),
    }));
  }

  private isListed(at: number): boolean {
    return !this.references.has(this.graph.handlers[at]!.path);
  }
}
