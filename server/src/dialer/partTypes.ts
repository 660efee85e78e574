import { type DialerPart, valueOf } from "./model";

/** The property that says what a part does; `type` attributes cover unknown layouts. */
const typeProperties = ["actiontype", "behaviortype", "conditiontype", "ruletype", "policytype", "type"];

function typesOf(text: string, part: DialerPart): string[] {
  return typeProperties
    .map((name) => valueOf(text, part, name)?.toLowerCase())
    .filter((value) => value !== undefined && value !== "") as string[];
}

/** A rule action or policy behavior that pages. The stored word is not public: anything like page or pager. */
export function isPager(text: string, part: DialerPart): boolean {
  if (part.kind !== "action" && part.kind !== "behavior" && part.kind !== "part") return false;
  return typesOf(text, part).some((type) => /pag(?:e|er|ing)/.test(type) && !type.includes("script"));
}

/** A rule on a statistic (`ruletype` `stat`, seen) or a policy condition on one (its word is inferred). */
export function isStatistic(text: string, part: DialerPart): boolean {
  if (part.kind !== "rule" && part.kind !== "condition") return false;
  return typesOf(text, part).some((type) => type.startsWith("stat"));
}

/**
 * A rule action or policy behavior that sends an e-mail. Items write all properties of all types, so the type
 * decides where there is one; its word is inferred.
 */
export function isMail(text: string, part: DialerPart): boolean {
  if (part.kind !== "action" && part.kind !== "behavior" && part.kind !== "part") return false;
  const types = typesOf(text, part);
  if (types.length > 0) return types.some((type) => /mail/.test(type));
  return (valueOf(text, part, "emailto") ?? "") !== "";
}
