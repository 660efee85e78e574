/** As far as the setting of rules concerns it. */
export interface RatedProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
}

const severities = ["error", "warning", "information", "hint"] as const;

/**
 * Problems as the setting `handlerWorkbench.rules` has them, with those left out that it turns off; for views that
 * show problems which are not in the Problems view. `rules`: its value, as somebody wrote it.
 */
export function rated<P extends RatedProblem>(problems: readonly P[], rules: unknown): P[] {
  const levels = new Map<string, unknown>(
    typeof rules === "object" && rules !== null ? Object.entries(rules) : [],
  );
  return problems.flatMap((problem) => {
    const level = levels.get(problem.code);
    if (level === "off") return [];
    const severity = severities.find((each) => each === level);
    return [severity === undefined ? problem : { ...problem, severity }];
  });
}
