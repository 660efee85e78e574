/** Where a key leads in a list, from a position; undefined: it leads nowhere. `rowHeight`: of rows not drawn yet. */
export function listTarget(
  key: string,
  position: number,
  list: { readonly clientHeight: number },
  options: readonly { readonly offsetHeight: number }[],
  rowHeight: number,
): number | undefined {
  const last = options.length - 1;
  const page = Math.max(1, Math.floor(list.clientHeight / (options[0]?.offsetHeight || rowHeight)) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: position + 1,
    ArrowUp: position - 1,
    PageDown: position + page,
    PageUp: position - page,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined || last < 0 ? undefined : Math.max(0, Math.min(last, to));
}
