/** Those of one side whose name, without regard to case, the other side has too. */
export function onlyAlsoIn<T>(side: readonly T[], other: readonly T[], name: (each: T) => string): T[] {
  const names = new Set(other.map((each) => name(each).toLowerCase()));
  return side.filter((each) => names.has(name(each).toLowerCase()));
}
