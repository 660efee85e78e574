import { readScript } from "../../server/src/scripts/read";
import { SqlcmdSession } from "../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../server/src/scripts/sqlplus/session";

/** A process of its own that plans one script, so that its peak memory is the planner's alone. */
async function main(path: string, dialect: string): Promise<void> {
  const variables = { db: "I3_IC" };
  const session = dialect === "sqlcmd" ? new SqlcmdSession({ variables }) : new SqlplusSession({ variables });
  let batches = 0;
  const start = performance.now();
  for await (const item of readScript(path, session)) if (item.kind === "batch") batches++;
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ seconds, batches, peak: process.resourceUsage().maxRSS * 1024 }));
}

void main(process.argv[2] ?? "", process.argv[3] ?? "");
