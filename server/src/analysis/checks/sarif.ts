import type { Severity } from "../../problem";
import { rules } from "./checks";

/** A finding as reports show it. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Path as the user wrote it, relative to where the command ran. */
  readonly file: string;
  readonly handler: string;
  /** Node id and label of the step; null where the finding is about the handler. */
  readonly node: number | null;
  readonly label: string | null;
  readonly message: string;
}

/** The findings in the Static Analysis Results Interchange Format, version 2.1.0. */
export function sarif(findings: readonly ReportedFinding[]): object {
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Handler Workbench",
            rules: rules.map(({ id, meaning, severity, certainty }) => ({
              id,
              shortDescription: { text: meaning },
              defaultConfiguration: { level: levels[severity] },
              properties: { certainty },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ...(index.has(finding.rule) ? { ruleIndex: index.get(finding.rule) } : {}),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [locationOf(finding)],
        })),
      },
    ],
  };
}

const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** A handler is no text: what is a line elsewhere is a step here. */
function locationOf({ file, handler, node, label }: ReportedFinding): object {
  const uri = file.split(/[\\/]/).map(encodeURIComponent).join("/");
  return {
    physicalLocation: { artifactLocation: { uri } },
    logicalLocations: [
      node === null
        ? { name: handler, kind: "module" }
        : { name: `${label ?? ""} (${node})`, fullyQualifiedName: `${handler}#${node}`, kind: "member" },
    ],
  };
}
