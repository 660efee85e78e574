/** Tells the line (counted from 1) of any offset in a text; the first question costs one pass over it. */
export function lineIndex(text: string): (at: number) => number {
  let starts: number[] | undefined;
  return (at) => {
    if (!starts) {
      starts = [0];
      for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", next + 1))
        starts.push(next + 1);
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? Infinity) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
