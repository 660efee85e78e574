import type { DiffKindId } from "./kinds";

/** One difference. */
export interface Change {
  readonly kind: DiffKindId;
  /** Node id of the step in the new handler (in the old one when it was removed); null = not about a step. */
  readonly node: number | null;
  /** Node id in the old handler; null when the step was added or it is not about a step. */
  readonly oldNode: number | null;
  /** The step's label, or the name of the tool, subroutine or variable it is about; "" = the handler. */
  readonly label: string;
  /** What differs, in words. */
  readonly what: string;
  /** As text, secrets masked; null = there is none on that side. */
  readonly old: string | null;
  readonly new: string | null;
  /** Only of changes about one exit of a step: its position on each side, null = not there. */
  readonly exit?: { readonly old: number | null; readonly new: number | null };
}
