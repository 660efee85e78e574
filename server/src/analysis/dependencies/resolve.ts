/**
 * The handlers a call may mean: those of the name (in any case) that are nearest to the caller. A folder often holds
 * several versions of all handlers, one below the other; then the one beside the caller is meant.
 */
export class Resolver<Each extends { readonly name: string; readonly path: string }> {
  private readonly byName = new Map<string, Each[]>();

  constructor(handlers: Iterable<Each>) {
    for (const handler of handlers) {
      const others = this.byName.get(handler.name.toLowerCase());
      if (others) others.push(handler);
      else this.byName.set(handler.name.toLowerCase(), [handler]);
    }
  }

  /** Empty = there is no handler of the name. */
  find(name: string, callerPath: string): readonly Each[] {
    const candidates = this.byName.get(name.toLowerCase()) ?? [];
    if (candidates.length < 2) return candidates;
    const near = candidates.map(({ path }) => nearness(path, callerPath));
    const nearest = Math.max(...near);
    return candidates.filter((_, at) => near[at] === nearest);
  }
}

/** How many folders of two paths agree from the root. */
function nearness(path: string, other: string): number {
  const [one, two] = [path.split("/"), other.split("/")];
  let same = 0;
  while (same < one.length - 1 && one[same] === two[same]) same++;
  return same;
}
