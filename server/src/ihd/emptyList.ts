/**
 * Counts up to this one are believed before what they count is there. A list that grows from nothing has room for 17
 * after its first element, so that belief costs a hostile file's reader no more than growing would: lists are nested,
 * and an object with a count takes ten bytes.
 */
const believed = 16;

/** A list to be filled in order, for a count that a file gives. A short one has just the room it needs. */
export function emptyList<T>(count: number): T[] {
  return count <= believed ? new Array<T>(count) : [];
}
