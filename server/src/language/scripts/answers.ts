import { exportRun } from "../../database/exportRun";
import { markCompleted, PastRuns, writeUnsentRun } from "../../database/pastRuns";
import { judged, plannedChecks } from "../../database/readiness/readiness";
import { describeProtection, describeTarget, parseServer, targetKey } from "../../database/target";
import {
  AuditRequest,
  DescribeTargetsRequest,
  ExportRunRequest,
  GeneratedFolderRequest,
  ImportConnectionsRequest,
  JudgeReadinessRequest,
  MadeScriptRequest,
  MarkRunRequest,
  ParseServerRequest,
  PastRunsRequest,
  PlanTextRequest,
  ReadinessRequest,
  ResultRowsRequest,
  RunTextRequest,
  ScriptArgumentsRequest,
  ScriptListsRequest,
} from "../../protocol/scripts";
import { readGeneratedFolder } from "../../scripts/generated/folder";
import { scriptArguments } from "./arguments";
import { importConnections } from "./importConnections";
import { boundLists, madeScript } from "./lists";
import { planText } from "./planText";
import { audit, pastRuns, ResultFiles, runText } from "./runs";

/** More runs are not shown. */
const mostListed = 500;

/** What the editor part asks about scripts, runs and databases, by the request's method. Nothing here connects to one. */
export function createAnswers(): ReadonlyMap<string, (params: unknown) => unknown> {
  const past = new PastRuns(mostListed);
  const results = new ResultFiles();
  const answers = new Map<string, (params: unknown) => unknown>();
  const on = <Params, Result>(method: string, answer: (params: Params) => Result | Promise<Result>): void => {
    answers.set(method, (params) => answer(params as Params));
  };
  const context = ({ role, schema }: ReadinessRequest.Params) => ({ role, schema });

  on(DescribeTargetsRequest.method, ({ targets }: DescribeTargetsRequest.Params) => ({
    targets: targets.map((target) => ({
      where: describeTarget(target),
      protection: describeProtection(target),
      key: targetKey(target),
    })),
  }));
  on(ParseServerRequest.method, ({ text }: ParseServerRequest.Params): ParseServerRequest.Result => {
    const parsed = parseServer(text);
    return typeof parsed === "string" ? { error: parsed } : parsed;
  });
  on(ImportConnectionsRequest.method, ({ path }: ImportConnectionsRequest.Params) => importConnections(path));
  on(ScriptListsRequest.method, ({ folder }: ScriptListsRequest.Params) => boundLists(folder));
  on(ScriptArgumentsRequest.method, (params: ScriptArgumentsRequest.Params) => scriptArguments(params));
  on(MadeScriptRequest.method, (params: MadeScriptRequest.Params) => ({ text: madeScript(params) }));
  on(GeneratedFolderRequest.method, ({ folder }: GeneratedFolderRequest.Params) =>
    readGeneratedFolder(folder),
  );
  on(PlanTextRequest.method, async (params: PlanTextRequest.Params) => ({ text: await planText(params) }));
  on(PastRunsRequest.method, ({ runs }: PastRunsRequest.Params) => pastRuns(past, runs));
  on(MarkRunRequest.method, async (params: MarkRunRequest.Params): Promise<MarkRunRequest.Result> => {
    if (params.kind === "new") return { folder: await writeUnsentRun(params.request, params.state) };
    await markCompleted(params.folder);
    return { folder: params.folder };
  });
  on(ResultRowsRequest.method, ({ file, from, count }: ResultRowsRequest.Params) =>
    results.get(file).page(from, Math.min(count, 5000)),
  );
  on(RunTextRequest.method, async ({ folder }: RunTextRequest.Params) => ({ text: await runText(folder) }));
  on(ExportRunRequest.method, ({ request, form, name }: ExportRunRequest.Params) => ({
    files: exportRun(request, form, name),
  }));
  on(AuditRequest.method, ({ folder }: AuditRequest.Params) => audit(folder));
  on(ReadinessRequest.method, (params: ReadinessRequest.Params) => ({
    checks: plannedChecks(params.kind, context(params)),
  }));
  on(JudgeReadinessRequest.method, (params: JudgeReadinessRequest.Params) => ({
    findings: judged(params.kind, context(params), params.answers),
  }));
  return answers;
}
