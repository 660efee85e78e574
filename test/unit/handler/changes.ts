import type { Handler } from "../../../server/src/handler/model";

export interface Change {
  /** Where the fact stands, for example `steps.2.label`. */
  readonly path: string;
  readonly changed: Handler;
}

/** The handler with one fact changed, for every fact it holds: a text, a number, a flag, one entry of a list. */
export function* changes(handler: Handler): Generator<Change> {
  for (const { path, value } of changedValues(handler, "")) yield { path, changed: value as Handler };
}

function* changedValues(value: unknown, path: string): Generator<{ path: string; value: unknown }> {
  if (Array.isArray(value)) {
    const list = value as unknown[];
    for (const [at, entry] of list.entries()) {
      for (const change of changedValues(entry, `${path}.${at}`)) {
        yield { path: change.path, value: list.with(at, change.value) };
      }
    }
    if (list.length > 0) yield { path: `${path}.(last)`, value: list.slice(0, -1) };
  } else if (typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const [name, field] of Object.entries(fields)) {
      const isCallName = name === "name" && "args" in fields && "id" in fields;
      const below = `${path === "" ? "" : `${path}.`}${name}${isCallName ? " (of a numbered call)" : ""}`;
      for (const change of changedValues(field, below)) {
        yield { path: change.path, value: { ...fields, [name]: change.value } };
      }
    }
  } else {
    const other = changedLeaf(value, path);
    if (other !== undefined) yield { path, value: other };
  }
}

const otherWord: Record<string, unknown> = {
  in: "out",
  out: "in",
  ihd: "xml",
  start: "native",
  tool: "initiator",
  subroutine: "start",
  native: "tool",
  initiator: "subroutine",
  u32: "STR",
  OBJ: "OBJ list",
  "OBJ list": "OBJ",
  STR: "u32",
  none: "blank",
};

function changedLeaf(value: unknown, path: string): unknown {
  const isKind = /\.(kind|direction|type)$|^source$/.test(path);
  if (isKind && /\.(value|caseOf|args|values)\b/.test(path)) return undefined; // another kind of expression has other fields
  switch (typeof value) {
    case "string":
      return isKind ? otherWord[value] : `${value}x`;
    case "number":
      return value + 1;
    case "boolean":
      return !value;
    default:
      // null: nothing there
      if (path.endsWith(".to")) return 77;
      return /\.(value|caseOf)$/.test(path) ? { kind: "variable", name: "Somebody" } : "something";
  }
}
