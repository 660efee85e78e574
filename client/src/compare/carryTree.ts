import type { CarriedItem, CarriedRow, CarryRequest, CarryStatusRow } from "../../../server/src/protocol";
import type { Side } from "./side";

/** The three folders and what has to be done. */
export interface CarryForward {
  /** Under which the server keeps it. */
  readonly id: string;
  readonly oldBase: Side;
  readonly custom: Side;
  readonly newBase: Side;
  readonly result: CarryRequest.Result;
}

/** A row of the work list view. */
export type CarryNode =
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "status";
      readonly status: CarryStatusRow;
      readonly handlers: readonly CarryHandlerNode[];
    }
  | CarryHandlerNode
  | CarryItemNode
  | CarryFactNode;

export interface CarryHandlerNode {
  readonly kind: "handler";
  readonly of: CarryForward;
  readonly row: CarriedRow;
  readonly items: readonly CarryItemNode[];
}

export interface CarryItemNode {
  readonly kind: "item";
  readonly of: CarryHandlerNode;
  readonly item: CarriedItem;
  readonly facts: readonly CarryFactNode[];
}

/** What is known of a customisation: a change, where it belongs, what it collides with. */
export interface CarryFactNode {
  readonly kind: "fact";
  readonly of: CarryItemNode;
  readonly fact:
    | { readonly is: "change" | "against"; readonly change: CarriedItem["changes"][number] }
    | { readonly is: "place"; readonly place: NonNullable<CarriedItem["place"]> }
    | { readonly is: "point"; readonly point: CarriedItem["points"][number] };
}

/** The rows of a carry-forward: by status, in the order of the work list. */
export function carryTree(of: CarryForward): CarryNode[] {
  const handlers = of.result.handlers.map((row) => handlerNode(of, row));
  return [
    ...of.result.notes.map((text): CarryNode => ({ kind: "note", text })),
    ...of.result.statuses.flatMap((status): CarryNode[] => {
      const own = handlers.filter(({ row }) => row.status === status.id);
      return own.length > 0 ? [{ kind: "status", status, handlers: own }] : [];
    }),
  ];
}

function handlerNode(of: CarryForward, row: CarriedRow): CarryHandlerNode {
  const items: CarryItemNode[] = [];
  const node: CarryHandlerNode = { kind: "handler", of, row, items };
  for (const item of row.items) items.push(itemNode(node, item));
  return node;
}

function itemNode(of: CarryHandlerNode, item: CarriedItem): CarryItemNode {
  const facts: CarryFactNode[] = [];
  const node: CarryItemNode = { kind: "item", of, item, facts };
  const add = (fact: CarryFactNode["fact"]): void => void facts.push({ kind: "fact", of: node, fact });
  for (const change of item.changes) add({ is: "change", change });
  for (const change of item.against) add({ is: "against", change });
  if (item.place) add({ is: "place", place: item.place });
  for (const point of item.points) add({ is: "point", point });
  return node;
}
