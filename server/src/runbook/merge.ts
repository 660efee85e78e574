import type { Mark, Marks } from "./marks";

/**
 * The marks of two copies of the file as one: of each step the later state, note, evidence and proof, each for itself.
 * Which copy comes first does not matter, and merging again changes nothing. Where both have a note of their own, both
 * stay: nobody can tell whether the later writer had seen the earlier note.
 */
export function merged(one: Marks, other: Marks): Marks {
  const steps = new Map<string, Mark>();
  for (const id of [...one.steps.keys(), ...other.steps.keys()]) {
    steps.set(id, mergedMark(one.steps.get(id) ?? {}, other.steps.get(id) ?? {}));
  }
  const choice = later(one.choice, other.choice, ({ at }) => at);
  return { ...(choice ? { choice } : {}), steps, more: mergedMore(one.more, other.more) };
}

function mergedMark(one: Mark, other: Mark): Mark {
  const state = later(pick(one, "state", "by", "at"), pick(other, "state", "by", "at"), ({ at }) => at);
  const evidence = later(
    pick(one, "evidence", "linked"),
    pick(other, "evidence", "linked"),
    ({ linked }) => linked,
  );
  const proof = later(one.proof, other.proof, ({ at }) => at);
  const more = mergedMore(one.more ?? {}, other.more ?? {});
  return {
    ...state,
    ...mergedNote(pick(one, "note", "noted"), pick(other, "note", "noted")),
    ...evidence,
    ...(proof ? { proof } : {}),
    ...(Object.keys(more).length > 0 ? { more } : {}),
  };
}

function mergedNote(one: Mark, other: Mark): Mark {
  const last = later(one, other, ({ noted }) => noted) ?? {};
  const [now = "", before = ""] = [last.note, (last === one ? other : one).note];
  // A note that was taken away later is gone.
  if (now === "" || now.includes(before)) return last;
  const lines = now.split("\n");
  const added = before.split("\n").filter((line) => !lines.includes(line));
  return { ...last, note: [...lines, ...added].join("\n") };
}

/** Both copies may know fields that we do not; of the same field the text that sorts last, so that order is no matter. */
function mergedMore(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    if (!(name in result) || JSON.stringify(value) > JSON.stringify(result[name])) result[name] = value;
  }
  return result;
}

/** The one with the later time; of the same time the one whose text sorts last. */
function later<T extends object>(
  one: T | undefined,
  other: T | undefined,
  timeOf: (each: T) => string | undefined,
): T | undefined {
  if (!one || !other) return one ?? other;
  const [a, b] = [timeOf(one) ?? "", timeOf(other) ?? ""];
  if (a !== b) return a > b ? one : other;
  return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
}

function pick<K extends keyof Mark>(mark: Mark | undefined, ...keys: readonly K[]): Pick<Mark, K> {
  const picked: Partial<Record<K, unknown>> = {};
  for (const key of keys) if (mark?.[key] !== undefined) picked[key] = mark[key];
  return picked as Pick<Mark, K>;
}
