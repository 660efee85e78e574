import { toolKey, type ToolName } from "../handler/toolKey";
import { compareStamps, isStamp, type ToolSignature } from "./signature";

/** One form of a tool in a release, and the number of handlers it was seen in. */
export interface LearnedVariant {
  readonly signature: ToolSignature;
  readonly handlers: number;
}

/** A tool or initiator of a release. */
export interface LearnedTool {
  readonly kind: ToolSignature["kind"];
  readonly module: string;
  readonly name: string;
  /** Most trusted first: the highest version stamp, then what most handlers have. */
  readonly variants: readonly LearnedVariant[];
  /** Handlers that have the tool in any form. */
  readonly handlers: number;
}

/** What the handlers of a release show of its tools. */
export class Catalogue {
  private readonly byKey: ReadonlyMap<string, LearnedTool>;
  private readonly byModule = new Map<string, LearnedTool[]>();

  constructor(
    /** The release, in the words of whoever learned it. */
    readonly target: string,
    /** How many handlers it was learned from. */
    readonly handlers: number,
    readonly tools: readonly LearnedTool[],
  ) {
    this.byKey = new Map(tools.map((tool) => [keyOf(tool), tool]));
    for (const tool of tools) {
      const others = this.byModule.get(tool.module);
      if (others) others.push(tool);
      else this.byModule.set(tool.module, [tool]);
    }
  }

  find(tool: ToolName & { readonly kind: ToolSignature["kind"] }): LearnedTool | undefined {
    return this.byKey.get(keyOf(tool));
  }

  /** All tools and initiators of a module. */
  ofModule(module: string): readonly LearnedTool[] {
    return this.byModule.get(module) ?? [];
  }
}

function keyOf(tool: ToolName & { readonly kind: ToolSignature["kind"] }): string {
  return `${tool.kind} ${toolKey(tool)}`;
}

/** The order in which forms of a tool are trusted; a stamp that is no version number comes last. */
export function byTrust(one: LearnedVariant, other: LearnedVariant): number {
  const [a, b] = [one.signature.version, other.signature.version];
  const stamps = compareStamps(b, a) ?? Number(isStamp(b)) - Number(isStamp(a));
  return stamps !== 0 ? stamps : other.handlers - one.handlers;
}
