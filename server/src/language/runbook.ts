import { userInfo } from "node:os";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken, Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import {
  RunbookChangeRequest,
  RunbookExportRequest,
  RunbookMergeRequest,
  RunbookProveRequest,
  RunbookRequest,
  type ShownRunbook,
} from "../protocol";
import { breachText, evaluate, progressOf } from "../runbook/evaluate";
import { runbookHtml } from "../runbook/exports/html";
import { runbookMarkdown } from "../runbook/exports/markdown";
import type { Change, Marks } from "../runbook/marks";
import type { Provable } from "../runbook/model";
import type { Finding } from "../runbook/proofs/finding";
import { newlyProved } from "../runbook/proofs/newlyProved";
import { Prover } from "../runbook/proofs/prover";
import { steps } from "../runbook/runbook";
import { shownRunbook } from "../runbook/shown";
import { RunbookStore } from "../runbook/store";
import { signalOf } from "./compareShared";
import type { Session } from "./session";

type Findings = ReadonlyMap<Provable, Finding>;

/** Answers the requests about the migration runbook. */
export function registerRunbook(connection: Connection, session: Session): void {
  const prover = new Prover();
  /** What the last look at the workspace has shown. */
  let findings: Findings = new Map();

  const show = async (store: RunbookStore): Promise<ShownRunbook> =>
    shownRunbook(await store.read(), findings);

  connection.onRequest(RunbookRequest.method, ({ folder }: RunbookRequest.Params) => show(storeOf(folder)));

  connection.onRequest(
    RunbookChangeRequest.method,
    async ({ folder, changes, by }: RunbookChangeRequest.Params): Promise<RunbookChangeRequest.Result> => {
      const store = storeOf(folder);
      const before = (await store.read()).marks;
      const after = await store.change(changes as readonly Change[], by.trim() || userName());
      return { runbook: await show(store), ...difference(before, after) };
    },
  );

  connection.onRequest(RunbookMergeRequest.method, async ({ folder }: RunbookMergeRequest.Params) => {
    const store = storeOf(folder);
    await store.mergeConflict();
    return await show(store);
  });

  connection.onRequest(
    RunbookProveRequest.method,
    async (
      { folder, step, runs = [], passwords = {} }: RunbookProveRequest.Params,
      token: CancellationToken,
    ): Promise<RunbookProveRequest.Result> => {
      const asked = step === undefined ? undefined : steps.get(step)?.step.provable;
      const folders = session.folders.filter((each) => each.startsWith("file:")).map(pathOf);
      findings = await prover.prove({
        folders,
        runs: [...runs, ...folders.map((each) => join(each, ".handler-workbench", "runs"))],
        exclude: session.settings.exclude,
        ...(asked ? { asked } : {}),
        passwords: new Map(Object.entries(passwords).map(([uri, password]) => [pathOf(uri), password])),
        signal: signalOf(token),
      });
      const store = storeOf(folder);
      const { marks, writable, exists } = await store.read();
      const proved = exists && writable && marks.choice ? newlyProved(marks, findings, step) : [];
      if (proved.length > 0) await store.change(proved, userName());
      const locked = prover.lockedPackages.map((path) => URI.file(path).toString());
      return { runbook: await show(store), locked };
    },
  );

  connection.onRequest(
    RunbookExportRequest.method,
    async ({ folder, form, name }: RunbookExportRequest.Params): Promise<RunbookExportRequest.Result> => {
      const { marks, problems, writable } = await storeOf(folder).read();
      if (!writable) throw new Error(problems[0]?.message ?? l10n.t("The runbook cannot be read."));
      const options = { name, date: new Date(), chosen: marks.choice?.chosen ?? [] };
      const phases = evaluate(marks);
      const report = form === "html" ? runbookHtml(phases, options) : runbookMarkdown(phases, options);
      return { text: [...report].join("") };
    },
  );
}

const pathOf = (uri: string): string => URI.parse(uri).fsPath;

function storeOf(folder: string): RunbookStore {
  if (!folder.startsWith("file:")) {
    throw new Error(
      l10n.t("The runbook is kept in a folder on disk; this workspace has none. Open a folder on disk."),
    );
  }
  return new RunbookStore(pathOf(folder));
}

/** What changes have done to orders and phases. */
function difference(before: Marks, after: Marks): Pick<RunbookChangeRequest.Result, "broken" | "completed"> {
  const brokenIn = (marks: Marks): Set<string> =>
    new Set(
      evaluate(marks).flatMap(({ steps: own }) =>
        own.flatMap(({ number, step, broken }) =>
          broken.map((breach) => `${number} ${step.title}: ${breachText(breach)}`),
        ),
      ),
    );
  const completeIn = (marks: Marks): Set<string> =>
    new Set(
      evaluate(marks)
        .filter(({ steps: own }) => {
          const { done, needed } = progressOf(own);
          return needed > 0 && done === needed;
        })
        .map(({ phase }) => phase.title),
    );
  const [known, complete] = [brokenIn(before), completeIn(before)];
  return {
    broken: [...brokenIn(after)].filter((text) => !known.has(text)),
    completed: [...completeIn(after)].filter((title) => !complete.has(title)),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list.
    return "";
  }
}
