import { checkHandler, callsOf } from "../analysis/checks/checks";
import { isWhole } from "../analysis/checks/reading";
import type { Call, Finding, Spot } from "../analysis/checks/rule";
import { dependenciesOf, type Dependency } from "../analysis/dependencies/facts";
import { SignaturePool, type ToolUse, toolUsesOf } from "../analysis/hints/uses";
import type { Listing } from "../handler/listing";
import type { Handler, Parameter, StepKind } from "../handler/model";
import { hasInferredLayouts } from "../handler/read";
import { toolKey } from "../handler/toolKey";

/** Part of a line of a listing; all count from 0, `end` is behind the last column. */
export interface LineRange {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface StepSummary {
  readonly node: number;
  readonly kind: StepKind;
  readonly label: string;
  /** `module:name` of the tool, or the subroutine's name. */
  readonly tool: string;
  /** Where the listing names the tool, or the whole line where it names none. */
  readonly range: LineRange;
}

export interface PlacedFinding extends Finding {
  readonly range: LineRange;
}

/** What the index keeps of a handler: enough to find, count and check it without reading it again. */
export interface HandlerSummary {
  readonly name: string;
  readonly source: Handler["source"];
  readonly category: string;
  /** Label of the event that starts it; "" for a subroutine and where it is not known. */
  readonly initiator: string;
  /** The parameters of a subroutine; null for a handler that an event starts. */
  readonly parameters: readonly Parameter[] | null;
  readonly steps: readonly StepSummary[];
  readonly calls: readonly Call[];
  /** Tools with their signatures and the steps that use them, for comparisons with a migration's target. */
  readonly uses: readonly ToolUse[];
  /** What it depends on, by kind and name. */
  readonly dependencies: readonly Dependency[];
  /** What can be said without other handlers. */
  readonly findings: readonly PlacedFinding[];
  /** false: parts of it could not be read. */
  readonly isWhole: boolean;
  /** true: read again when inference has learned something new. */
  readonly inferred: boolean;
}

/** A damaged or made-up file may have any number; beyond this they help nobody. */
const mostFindings = 1000;

/** Makes summaries; what many handlers share (tool names, signatures) is kept once. */
export class Summaries {
  private readonly texts = new Map<string, string>();
  private readonly signatures = new Map<string, readonly Parameter[]>();
  private readonly pool = new SignaturePool();

  of(handler: Handler, listing: Listing): HandlerSummary {
    const lines = new LineRanges(listing);
    const start = handler.steps.find(({ kind }) => kind === "start");
    const [initiator] = handler.initiators;
    return {
      name: handler.name,
      source: handler.source,
      category: this.text(handler.category),
      initiator: this.text(initiator ? initiator.label || initiator.name : ""),
      parameters: start ? this.signature(start.parameters) : null,
      steps: handler.steps.map(({ node, kind, label, tool }) => ({
        node,
        kind,
        label: this.text(label),
        tool: this.text(kind === "subroutine" ? tool.name : toolKey(tool)),
        range: lines.ofTool(node),
      })),
      calls: callsOf(handler).map((call) => ({
        ...call,
        label: this.text(call.label),
        name: this.text(call.name),
        parameters: call.parameters && this.signature(call.parameters),
      })),
      uses: toolUsesOf(handler, this.pool),
      dependencies: dependenciesOf(handler, "").items.map((item) => ({
        ...item,
        name: this.text(item.name),
        label: this.text(item.label),
      })),
      findings: checkHandler(handler)
        .slice(0, mostFindings)
        .map((finding) => ({ ...finding, range: lines.ofSpot(finding.at) })),
      isWhole: isWhole(handler),
      inferred: hasInferredLayouts(handler),
    };
  }

  /** One string object for all handlers that hold the text. */
  private text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }

  private signature(parameters: readonly Parameter[]): readonly Parameter[] {
    const key = JSON.stringify(parameters);
    const known = this.signatures.get(key);
    if (known) return known;
    this.signatures.set(key, parameters);
    return parameters;
  }
}

/** Where the listing shows the parts of a handler. */
export class LineRanges {
  private lines: readonly string[] | undefined;

  constructor(private readonly listing: Listing) {}

  ofTool(node: number): LineRange {
    const line = this.listing.lineOfStep(node) ?? 0;
    const name = this.listing.lines[line]?.names.find(({ kind }) => kind === "tool" || kind === "subroutine");
    return name ? { line, start: name.start, end: name.end } : this.ofLine(line);
  }

  ofSpot({ node, argument, exit, variable }: Spot): LineRange {
    return this.ofLine(this.lineOf(node, argument, exit, variable) ?? 0);
  }

  /** The text of a line, without the space around it. */
  ofLine(line: number): LineRange {
    this.lines ??= this.listing.text.split("\n");
    const text = this.lines[line] ?? "";
    return { line, start: text.length - text.trimStart().length, end: text.trimEnd().length };
  }

  private lineOf(node?: number, argument?: number, exit?: number, variable?: string): number | undefined {
    const { listing } = this;
    if (variable !== undefined) return listing.lineOfVariable(variable);
    if (node === undefined) return undefined;
    const inside =
      argument !== undefined
        ? listing.lineOfArgument(node, argument)
        : exit !== undefined
          ? listing.lineOfExit(node, exit)
          : undefined;
    return inside ?? listing.lineOfStep(node);
  }
}
