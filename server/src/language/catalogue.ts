import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { isAboutTools, summaryText, toolSummaries } from "../analysis/hints/estate";
import { helpPageOf, mappingMarkdown } from "../analysis/hints/markdown";
import { type ToolUse, toolUsesOf } from "../analysis/hints/uses";
import { writeCatalogue } from "../catalogue/catalogueFile";
import { expressionText } from "../handler/expressionText";
import type { Step } from "../handler/model";
import { SECRET } from "../handler/secrets";
import { toolKey } from "../handler/toolKey";
import {
  LearnCatalogueRequest,
  StepToolRequest,
  type ToolFinding,
  ToolFindingsRequest,
  ToolSummariesRequest,
} from "../protocol";
import { learnFolder } from "../workspace/learnFolder";
import type { Model } from "../workspace/models";
import type { Migration } from "../workspace/migration";
import { progressOf, signalOf } from "./compareShared";
import { handlerUri } from "./listingUri";
import { stepOf } from "./names";
import type { Session } from "./session";

/** Answers the requests about tool catalogues and what they make of the handlers. */
export function registerCatalogue(connection: Connection, session: Session): void {
  const { migration, models, reader } = session;
  connection.onRequest(
    LearnCatalogueRequest.method,
    async (params: LearnCatalogueRequest.Params, token): Promise<LearnCatalogueRequest.Result> => {
      const { memory, ansi } = reader;
      const leftOut: string[] = [];
      const catalogue = await learnFolder(URI.parse(params.folder).fsPath, params.target, {
        memory,
        ansi,
        leftOut: (path, reason) => leftOut.push(`${path}: ${reason}`),
        progress: progressOf(connection, params.id),
        signal: signalOf(token),
      });
      const { handlers, tools } = catalogue;
      const text = tools.length === 0 ? null : writeCatalogue(catalogue);
      return { text, handlers, tools: tools.length, leftOut };
    },
  );
  connection.onRequest(
    StepToolRequest.method,
    async ({ uri, node }: StepToolRequest.Params): Promise<StepToolRequest.Result> => {
      const handler = handlerUri(uri);
      return stepTool(await models.get(handler, (await reader.version(handler)) ?? ""), node, migration);
    },
  );
  connection.onRequest(ToolSummariesRequest.method, (): ToolSummariesRequest.Result => {
    const estate = [...session.findings()].map(({ handler, findings }) => ({
      uses: handler.summary.uses,
      findings: findings.map(({ finding }) => finding),
    }));
    const tools = toolSummaries(estate).filter(({ rules }) => Object.keys(rules).length > 0);
    return {
      tools: tools.map(({ kind, tool, label, steps, handlers, rules, ...rest }) => ({
        ...{ kind, tool, label, steps, handlers, rules },
        text: summaryText({ kind, tool, label, steps, handlers, rules, ...rest }),
      })),
    };
  });
  connection.onRequest(
    ToolFindingsRequest.method,
    (params: ToolFindingsRequest.Params): ToolFindingsRequest.Result => ({
      findings: [...findingsOfTool(session, params)],
    }),
  );
}

/** The use of a tool by a step; undefined where the step uses none. */
export function useOf({ handler }: Model, node: number): ToolUse | undefined {
  return toolUsesOf(handler).find(({ steps }) => steps.some((step) => step.node === node));
}

function stepTool(model: Model, node: number, { hints }: Migration): StepToolRequest.Result {
  const use = useOf(model, node);
  const step = stepOf(model, node);
  if (!use || !step) return { tool: null, help: null, mapping: null };
  const { signature } = use;
  const counterpart = hints?.counterpart(signature);
  const about = { node, label: step.label, handler: model.handler.name };
  return {
    tool: toolKey(signature),
    help: helpPageOf(signature) ?? null,
    mapping:
      counterpart && "signature" in counterpart
        ? mappingMarkdown(about, signature, counterpart, valuesOf(step, use.offset))
        : null,
  };
}

/** The step's values by parameter, secrets masked. */
function valuesOf(step: Step, offset: number): (string | null)[] {
  return step.arguments
    .slice(offset)
    .map(({ value, secret }) => (value === null ? null : secret ? SECRET : expressionText(value)));
}

function* findingsOfTool(
  session: Session,
  { kind, tool }: ToolFindingsRequest.Params,
): Iterable<ToolFinding> {
  for (const { handler, findings } of session.findings()) {
    const { uri, summary } = handler;
    const nodes = new Map(
      summary.uses
        .filter(({ signature }) => signature.kind === kind && toolKey(signature) === tool)
        .flatMap(({ steps }) => steps.map((step) => [step.node, step.label] as const)),
    );
    if (nodes.size === 0) continue;
    for (const { finding, level } of findings) {
      const { node } = finding.at;
      const label = node === undefined ? undefined : nodes.get(node);
      if (node === undefined || label === undefined || !isAboutTools(finding.rule)) continue;
      const { rule, message } = finding;
      yield { uri, handler: summary.name, node, label, rule, severity: level, message };
    }
  }
}
