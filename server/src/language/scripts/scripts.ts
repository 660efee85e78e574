import type { Connection } from "vscode-languageserver";
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

const requests = [
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
];

/** Answers what the editor part asks about scripts. What knows the answers is loaded with the first question. */
export function registerScripts(connection: Connection): void {
  let answers: Promise<ReadonlyMap<string, (params: unknown) => unknown>> | undefined;
  for (const { method } of requests) {
    connection.onRequest(method, async (params: unknown) => {
      answers ??= import("./scriptEngine").then(({ createAnswers }) => createAnswers());
      return (await answers).get(method)?.(params);
    });
  }
}
