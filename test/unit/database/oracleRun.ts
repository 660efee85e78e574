import type { RunOptions, ScriptToRun } from "../../../server/src/database/messages";
import { oracleConnector } from "../../../server/src/database/oracle/connect";
import type { OracleTarget } from "../../../server/src/database/target";
import { OracleDouble } from "./oracleDouble";
import { oracleTarget, type Ran, requestFor, runHere, type RunHelp, Workplace } from "./runHelp";

/** What a run against the double needs beyond its script. */
export interface Oracle extends RunHelp {
  readonly options?: Partial<RunOptions>;
  readonly target?: OracleTarget;
  readonly double?: OracleDouble;
  readonly arguments?: readonly string[];
}

export function connectorFor(double: OracleDouble): NonNullable<RunHelp["oracle"]> {
  return oracleConnector({ load: () => Promise.resolve(double.module) });
}

/** Runs one script against the double. */
export async function runSql(
  text: string,
  help: Oracle = {},
): Promise<Ran & { readonly double: OracleDouble }> {
  using workplace = new Workplace();
  const double = help.double ?? new OracleDouble();
  const path = workplace.script("main.sql", text);
  const scripts: ScriptToRun[] = [{ path, ...(help.arguments && { arguments: help.arguments }) }];
  const request = requestFor(workplace, help.target ?? oracleTarget, [path], {
    scripts,
    ...(help.options && { options: help.options }),
  });
  const ran = await runHere(request, { oracle: connectorFor(double), ...help });
  return { ...ran, double };
}
