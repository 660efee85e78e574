/** Counts up to this one are believed before what they count is there. */
const believed = 256;

/**
 * A list to be filled in order, for a count that a file gives. A short one has just the room it needs: the engine
 * gives a list that grows from nothing room for 17, and most have one or two.
 */
export function emptyList<T>(count: number): T[] {
  return count <= believed ? new Array<T>(count) : [];
}
