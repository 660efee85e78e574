import { type ChildProcess, fork } from "node:child_process";
import { l10n, Uri, workspace } from "vscode";
import type { FromRunner, Queried, Target, ToRunner } from "../../../server/src/protocol";
import { textsEnvironment } from "../texts";
import { trustedOnly } from "./trust";

/** The runner's program, and what it may not write in plain text: it is told passwords over its pipe only. */
export interface RunnerPlace {
  /** Path of `dist/runner.js`. */
  readonly module: string;
}

/**
 * A runner process: what is said to it, and what it says. One process does one thing and ends; passwords go through
 * the pipe between the two, past the language server and its log. In Restricted Mode there is none, whoever wants one.
 */
export class RunnerProcess {
  private readonly child: ChildProcess;
  private printed = "";

  constructor(
    { module }: RunnerPlace,
    target: Target,
    onMessage: (message: FromRunner) => void,
    /** `why`: what it printed last. */
    onEnd: (why: string) => void,
  ) {
    if (!workspace.isTrusted) throw new Error(trustedOnly());
    // Oracle's driver knows authorities by the certificates that its process started with only.
    const authority =
      target.kind === "oracle" && target.caFile !== undefined ? { NODE_EXTRA_CA_CERTS: target.caFile } : {};
    this.child = fork(module, [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, ...textsEnvironment(), ...authority },
      execArgv: [],
    });
    this.child.stderr?.on("data", (data: Buffer) => {
      this.printed = (this.printed + data.toString("utf8")).slice(-4000);
    });
    this.child.on("message", (message) => onMessage(message as FromRunner));
    this.child.on("error", ({ message }) => (this.printed += message));
    this.child.on("close", () => onEnd(this.printed.trim()));
  }

  get id(): number | undefined {
    return this.child.pid;
  }

  send(message: ToRunner): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** The batch at hand comes to its end, and no other starts. */
  letGo(): void {
    if (this.child.connected) this.child.disconnect();
  }
}

/** Connects, sends SELECTs, and is gone. */
export async function queryDatabase(
  place: RunnerPlace,
  {
    target,
    password,
    texts = [],
  }: {
    readonly target: Target;
    readonly password: string;
    readonly texts?: readonly { readonly id: string; readonly sql: string }[];
  },
  connectTimeout = 30,
): Promise<Queried> {
  return new Promise((resolve) => {
    const runner = new RunnerProcess(
      place,
      target,
      (message) => {
        if (message.type === "queried") resolve(message.queried);
        else if (message.type === "refused")
          resolve({ ok: false, failure: "other", message: message.message });
      },
      (why) =>
        resolve({ ok: false, failure: "other", message: why || l10n.t("the runner has ended unexpectedly") }),
    );
    runner.send({ type: "query", target, password, connectTimeout, texts });
  });
}

export function fileName(path: string): string {
  const { path: all } = Uri.file(path);
  return all.slice(all.lastIndexOf("/") + 1);
}
