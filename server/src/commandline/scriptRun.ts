import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { errorsByScript } from "../database/journal/history";
import type { Decisions, RunRequest, RunState, Survey } from "../database/messages";
import { type AskedQuestion, RunnerError, RunnerProcess } from "../database/process";
import { type ListedRun, markCompleted, PastRuns } from "../database/pastRuns";
import { targetKey } from "../database/target";
import { ownLog } from "../scripts/generated/ownLog";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { parseRunCall, type RunCall, runsFolder } from "./scriptRunOptions";
import { EventPrinter, forTerminal, showResult, showSurvey } from "./scriptRunShow";

/** `runner`: the program that runs scripts. */
export const scriptRunCommandsWith = (runner: string): Command[] => [
  {
    words: ["script", "run"],
    usage:
      "FILE... --dialect sqlcmd|sqlplus --server S [--port N] [--database D] --user U [--password-env NAME] " +
      "[--encryption required|strict|none] [--trust-server-certificate] [--ca FILE] [--certificate-host NAME] " +
      "[--as sysdba] [--client-folder DIR] [--config-folder DIR] [--wallet-folder DIR] " +
      "[-v NAME=VALUE]... [--secret-env NAME=ENVIRONMENT_VARIABLE]... [--arg VALUE | --arg-env ENVIRONMENT_VARIABLE]... " +
      "[--on-error exit|ignore] [--error-severity N] [--quoted-identifiers] [--send-undefined] " +
      "[--batch-timeout SECONDS] [--connect-timeout SECONDS] [--rows N] [--row-files] " +
      "[--allow-folder DIR]... [--allow-outside] [--encoding NAME] [--no-substitution] [--no-environment] [--terminator WORD] [--ssms] " +
      "[--runs DIR] [--dry-run] [--resume [--unfinished rerun|skip] [--changed-scripts] [--replay-session]] [--beside-other-run] [--yes] [--json]",
    summary:
      "Runs scripts one after another, each on a connection of its own, after showing what runs and where; at a " +
      "terminal it asks before it starts, unless --yes is given. " +
      "Progress and messages go to the error stream, results of queries to the output, the journal to --runs " +
      "(.handler-workbench/runs unless said otherwise). Passwords come from the environment variables that " +
      "--password-env, --secret-env and --arg-env name, or are asked for. Ctrl+C stops the batch, a second one cuts " +
      "the connection. --resume goes on with the latest run of these scripts that has not finished, at the first batch " +
      "that did not finish: it is sent again, or, with --unfinished skip, taken as done. " +
      "Exit code 1: errors, or not completed; 2: not started.",
    run: (args, io) => runScripts(runner, args, io),
  },
  {
    words: ["script", "runs"],
    usage: "[--runs DIR] [--user-completed RUN] [--json]",
    summary:
      "Lists runs with their states, latest first. --user-completed marks one whose rest was done by hand: it cannot be resumed then.",
    run: showRuns,
  },
];

export const scriptRunCommands = scriptRunCommandsWith(join(__dirname, "runner.js"));

/** Not started, for a reason that was told. */
const notStarted: ExitCode = 2;

async function runScripts(program: string, args: readonly string[], io: Io): Promise<ExitCode> {
  const call = await withLogs(parseRunCall(args, io), io);
  const secrets = secretsOf(call, io);
  const past = call.resume ? await findRun(call.request) : undefined;
  const printer: { current: EventPrinter | undefined } = { current: undefined };
  const { target } = call.request;
  const runner = new RunnerProcess(
    program,
    {
      onEvents: (events) => printer.current?.print(events),
      onQuestion: (question) => answer(question, io),
    },
    // Oracle's driver knows authorities by their certificates from the start of its process only.
    target.kind === "oracle" && target.caFile !== undefined
      ? { ...io.env, NODE_EXTRA_CA_CERTS: target.caFile }
      : { ...io.env },
  );
  let restore: (() => void) | undefined;
  try {
    restore = io.onInterrupt?.(() => runner.cancel());
    const survey = await runner.survey(call.request, past?.folder.path);
    showSurvey(survey, io, errorRule(call.request));
    if (survey.blocked.length > 0) {
      for (const reason of survey.blocked.slice(0, 20)) io.err(`handler-workbench: ${forTerminal(reason)}\n`);
      if (call.json && call.dryRun) io.out(`${JSON.stringify(survey, null, 2)}\n`);
      return notStarted;
    }
    if (call.dryRun) {
      if (call.json) io.out(`${JSON.stringify(survey, null, 2)}\n`);
      io.err("dry run: nothing was sent\n");
      return survey.problems.some(({ severity }) => severity === "error") ? 1 : 0;
    }
    const decisions = await decide(survey, call, io);
    if (!decisions) return notStarted;
    const password = await passwordOf(call, io);
    printer.current = new EventPrinter(io, survey.batches, call.json);
    const result = await runner.start(password, secrets, decisions);
    showResult(result, io);
    if (call.json) {
      io.out(
        `${JSON.stringify({ ...result, errorList: printer.current.firstErrors, scripts: survey.scripts }, null, 2)}\n`,
      );
    }
    return result.state === "Completed" && result.errors === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error;
    io.err(`handler-workbench: ${forTerminal(error.message)}\n`);
    return notStarted;
  } finally {
    restore?.();
    runner.dispose();
  }
}

/** Generated scripts take the name of their log; where none is given, each has one of its own name. */
async function withLogs(call: RunCall, io: Io): Promise<RunCall> {
  const { request } = call;
  if (request.dialect !== "sqlplus" || call.resume) return call;
  const scripts = await Promise.all(
    request.scripts.map(async (script) => {
      const log = script.arguments ? undefined : await ownLog(script.path);
      if (log === undefined) return script;
      io.err(
        `${forTerminal(basename(script.path))}: &1, the name of its log, is ${forTerminal(log)} (--arg)\n`,
      );
      return { ...script, arguments: [log] };
    }),
  );
  return { ...call, request: { ...request, scripts } };
}

function errorRule({ dialect, options: { onError, errorSeverity } }: RunRequest): string {
  if (dialect === "sqlplus") return "after errors the scripts' WHENEVER decides; without one they go on";
  const from = errorSeverity === undefined ? "" : ` of class ${errorSeverity} and above`;
  return onError === "exit"
    ? `errors${from} end the run, unless the script says otherwise`
    : "errors do not end the run, unless the script says otherwise (--on-error exit)";
}

/** Values of secret variables, from the environment. */
function secretsOf({ secretVariables }: RunCall, io: Io): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, variable] of Object.entries(secretVariables)) {
    const value = io.env[variable];
    if (value === undefined)
      throw new UsageError(`the environment variable ${variable}, for ${name}, is not set`);
    found[name] = value;
  }
  return found;
}

async function passwordOf({ passwordVariable, request: { target } }: RunCall, io: Io): Promise<string> {
  if (passwordVariable !== undefined) {
    const password = io.env[passwordVariable];
    if (password === undefined || password === "") {
      throw new UsageError("the environment variable that --password-env names is not set");
    }
    return password;
  }
  const password = await io.ask?.(`Password of ${target.user}:`, true);
  if (password === undefined)
    throw new UsageError("there is no password: name an environment variable with --password-env");
  return password;
}

async function answer(
  { prompt, hidden, default: fallback }: AskedQuestion,
  io: Io,
): Promise<string | undefined> {
  const given = await io.ask?.(fallback === undefined ? prompt : `${prompt} [${fallback}]`, hidden);
  return given === "" && fallback !== undefined ? fallback : given;
}

/** Everything that needs a yes; undefined when there is none. */
async function decide(survey: Survey, call: RunCall, io: Io): Promise<Decisions | undefined> {
  const { resume, otherRun } = survey;
  const given = call.decisions;
  const refuse = (text: string): undefined => {
    io.err(`handler-workbench: ${text}\n`);
    return undefined;
  };
  const yes = async (question: string): Promise<boolean> =>
    /^y(?:es)?$/i.test(((await io.ask?.(`${question} (yes/no)`, false)) ?? "").trim());
  if (survey.questions.length > 0 && !io.ask) {
    const names = [...new Set(survey.questions.map(({ name }) => name))].join(", ");
    return refuse(
      `the scripts ask for ${names}, and nobody is here to answer; give the values with -v NAME=VALUE`,
    );
  }
  let { unfinished, changedScripts, besideOtherRun } = given;
  if (otherRun && !besideOtherRun) {
    if (!(await yes("Another run works on this database. Go on beside it?"))) {
      return refuse("another run works on this database; wait for it, or give --beside-other-run");
    }
    besideOtherRun = true;
  }
  if (resume && resume.changed.length > 0 && !changedScripts) {
    if (!(await yes("Scripts have changed since they were run. Go on with them as they are now?"))) {
      return refuse(
        "scripts have changed since they were run; look at them, then give --changed-scripts, or start a new run",
      );
    }
    changedScripts = true;
  }
  if (resume && (resume.inFlight || resume.rolledBack.length > 0) && unfinished === undefined) {
    unfinished = await decideUnfinished(io);
    if (!unfinished) {
      return refuse(
        "look at the database: if what did not finish was not done, give --unfinished rerun, if it was, --unfinished skip",
      );
    }
  }
  if (io.ask && !call.yes && !(await yes(`Run ${resume ? "the rest" : "this"}?`)))
    return refuse("not started");
  return {
    ...given,
    ...(unfinished && { unfinished }),
    ...(changedScripts && { changedScripts }),
    ...(besideOtherRun && { besideOtherRun }),
  };
}

/** --resume means: go on at the first batch that did not finish. Where somebody can be asked, they are. */
async function decideUnfinished({ ask, err }: Io): Promise<Decisions["unfinished"]> {
  if (!ask) {
    err("what did not finish is sent again, as --resume says (--unfinished skip takes it as done)\n");
    return "rerun";
  }
  const question = "What did not finish: run it again, take it as done, or stop? (rerun/skip/stop)";
  const choice = (await ask(question, false))?.trim();
  return choice === "rerun" || choice === "skip" ? choice : undefined;
}

const over: readonly RunState[] = ["Completed", "User completed"];

/** The latest run on this target, of these scripts when they are named, that can go on. */
async function findRun({ target, scripts, runs }: RunRequest): Promise<ListedRun> {
  const found = await new PastRuns().list(runs);
  const candidates = found.runs.filter(
    ({ history }) =>
      !over.includes(history.state) &&
      targetKey(history.request.target) === targetKey(target) &&
      (scripts.length === 0 || sameScripts(history.request, scripts)),
  );
  const [latest] = candidates;
  if (latest) return latest;
  const damaged = found.unreadable.map(({ message }) => `\n${message}`).join("");
  throw new Error(`there is no run of these scripts on this database in ${runs} that could go on${damaged}`);
}

function sameScripts({ scripts: before }: RunRequest, now: RunRequest["scripts"]): boolean {
  return before.length === now.length && before.every(({ path }, index) => path === now[index]?.path);
}

async function showRuns(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { runs: { type: "string" }, "user-completed": { type: "string" }, json: { type: "boolean" } },
  });
  if (positionals.length > 0) throw new UsageError("script runs takes options only");
  const folder = runsFolder(values.runs, io);
  if (values["user-completed"] !== undefined) await markByHand(folder, values["user-completed"], io);
  const { runs, unreadable } = await new PastRuns().list(folder);
  const shown = runs.map(runFacts);
  if (values.json) io.out(`${JSON.stringify({ runs: shown, unreadable }, null, 2)}\n`);
  else {
    for (const { name, state, target, executed, errors, reason } of shown) {
      const where = `${target.server}${target.database === undefined ? "" : ` ${target.database}`}`;
      const line = `${name.padEnd(24)} ${state.padEnd(18)} ${where}, ${executed} batches, ${errors} errors: ${reason}`;
      io.out(`${forTerminal(line)}\n`);
    }
    for (const { path, message } of unreadable) io.err(`${forTerminal(`${path}: ${message}`)}\n`);
  }
  return unreadable.length > 0 ? 1 : 0;
}

function runFacts({ name, folder, history, running }: ListedRun) {
  return {
    name,
    folder: folder.path,
    state: running ? "Running" : history.state,
    reason: running ? "it is going on" : history.reason,
    startedAt: history.startedAt,
    endedAt: history.endedAt,
    dialect: history.request.dialect,
    target: history.request.target,
    scripts: history.request.scripts.map(({ path }) => path),
    executed: history.executions.size,
    errors: [...errorsByScript(history).values()].reduce((sum, count) => sum + count, 0),
  };
}

/** `name`: of the run's folder, or its path. */
async function markByHand(runs: string, name: string, io: Io): Promise<void> {
  const path = resolve(runs, name);
  const { runs: known } = await new PastRuns().list(runs);
  if (!known.some(({ folder }) => folder.path === path))
    throw new UsageError(`there is no run ${name} in ${runs}`);
  await markCompleted(path);
  io.err(`${name}: User completed\n`);
}
