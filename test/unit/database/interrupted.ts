import { TdsServer } from "../../tds/server";
import { type Ran, requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

/** A run that loses its connection in a batch (`drop socket`, the first time), and what is needed to go on with it. */
export async function interrupted(
  text: string,
): Promise<{ workplace: Workplace; server: TdsServer; ran: Ran; path: string }> {
  const workplace = new Workplace();
  const server = await TdsServer.start({
    // Broken the first time only.
    reply: (batch) =>
      batch.includes("drop socket") && server.texts.filter((one) => one === batch).length > 1
        ? []
        : undefined,
  });
  const path = workplace.script("main.sql", text);
  const ran = await runHere(requestFor(workplace, sqlServerTarget(server), [path]));
  return { workplace, server, ran, path };
}
