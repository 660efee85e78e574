import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type LogOutputChannel,
  window,
} from "vscode";
import {
  CompareProgressNotification,
  DialerCheckedNotification,
  HandlersChangedNotification,
  ListingsChangedNotification,
  PackageProgressNotification,
  StateNotification,
  TargetNotification,
} from "../../server/src/protocol";
import type { LanguageClient } from "./languageClient";

/** What the language server is doing: what it says itself, or that there is none. */
export type ServerState = StateNotification.Params | { readonly state: "stopped" | "failed" };

/** Thrown when a request cannot be sent; the user is told what to do about it. */
export class NotRunning extends Error {}

/** How often the server is started again in so many milliseconds before it is left alone. */
const mostRestarts = 4;
const restartTime = 180_000;

/** The language server: started when it is first needed, and again when it dies. */
export class Server implements Disposable {
  readonly log: LogOutputChannel = window.createOutputChannel("Handler Workbench", { log: true });
  private readonly stateChanged = new EventEmitter<ServerState>();
  private readonly handlersChanged = new EventEmitter<void>();
  private readonly listingsChanged = new EventEmitter<readonly string[]>();
  private readonly packageProgress = new EventEmitter<PackageProgressNotification.Params>();
  private readonly dialerChecked = new EventEmitter<DialerCheckedNotification.Params>();
  private readonly started = new EventEmitter<void>();
  private readonly targetChanged = new EventEmitter<TargetNotification.Params>();
  private readonly compareProgress = new EventEmitter<CompareProgressNotification.Params>();
  readonly onDidChangeState = this.stateChanged.event;
  /** Handlers came, went or changed, or their problems did. */
  readonly onDidChangeHandlers = this.handlersChanged.event;
  /** URIs of listings that have another text now. */
  readonly onDidChangeListings = this.listingsChanged.event;
  /** How far work on packages is. */
  readonly onDidProgress = this.packageProgress.event;
  /** An open Dialer configuration was read and checked. */
  readonly onDidCheckDialer = this.dialerChecked.event;
  /** The server runs; what it was told before it died it has to be told again. */
  readonly onDidStart = this.started.event;
  /** How far a comparison is. */
  readonly onDidCompare = this.compareProgress.event;
  /** Handlers are compared with something else, or with nothing. */
  readonly onDidChangeTarget = this.targetChanged.event;

  private current: ServerState = { state: "stopped" };
  private client: LanguageClient | undefined;
  private starting: Promise<LanguageClient> | undefined;
  private deaths: number[] = [];

  constructor(
    /** Path of the server's bundle. */
    private readonly module: string,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** Starts the server unless it runs. Rejects with `NotRunning` when it does not come up. */
  async start(): Promise<void> {
    await this.running();
  }

  /** Throws `NotRunning` when the server is gone and does not come back, and what the server says when cancelled. */
  async request<Result>(method: string, params?: unknown, token?: CancellationToken): Promise<Result> {
    const client = await this.running();
    try {
      // A token that is not there must not be passed: it would count as a parameter.
      return await (token
        ? client.sendRequest<Result>(method, params, token)
        : client.sendRequest<Result>(method, params));
    } catch (error) {
      if (client.isRunning()) throw error;
      throw notRunning();
    }
  }

  /** Tells the server something; nobody needs to know when there is none. */
  notify(method: string, params: unknown): void {
    const { client } = this;
    if (client?.isRunning())
      client.sendNotification(method, params).catch((error: unknown) => this.log.warn(String(error)));
  }

  async restart(): Promise<void> {
    this.deaths = [];
    const { client } = this;
    this.client = this.starting = undefined;
    this.setState({ state: "stopped" });
    await client?.dispose().catch((error: unknown) => this.log.warn(String(error)));
    await this.running();
  }

  dispose(): void {
    void this.client?.dispose().catch(() => undefined);
    this.client = undefined;
    for (const each of [
      this.stateChanged,
      this.handlersChanged,
      this.listingsChanged,
      this.packageProgress,
      this.dialerChecked,
      this.started,
      this.compareProgress,
      this.targetChanged,
      this.log,
    ]) {
      each.dispose();
    }
  }

  private async running(): Promise<LanguageClient> {
    if (this.current.state === "failed") throw notRunning();
    const starting = (this.starting ??= this.create());
    return await starting;
  }

  private async create(): Promise<LanguageClient> {
    this.setState(nothingYet);
    try {
      const { createLanguageClient, State } = await import("./languageClient");
      const client = createLanguageClient(this.module, this.log, () => this.died());
      this.client = client;
      client.onNotification(StateNotification.method, (state: StateNotification.Params) =>
        this.setState(state),
      );
      client.onNotification(HandlersChangedNotification.method, () => this.handlersChanged.fire());
      client.onNotification(
        ListingsChangedNotification.method,
        ({ uris }: ListingsChangedNotification.Params) => this.listingsChanged.fire(uris),
      );
      client.onNotification(
        PackageProgressNotification.method,
        (progress: PackageProgressNotification.Params) => this.packageProgress.fire(progress),
      );
      client.onNotification(DialerCheckedNotification.method, (checked: DialerCheckedNotification.Params) =>
        this.dialerChecked.fire(checked),
      );
      client.onNotification(
        CompareProgressNotification.method,
        (progress: CompareProgressNotification.Params) => this.compareProgress.fire(progress),
      );
      client.onNotification(TargetNotification.method, (target: TargetNotification.Params) =>
        this.targetChanged.fire(target),
      );
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running && this.client === client) this.started.fire();
      });
      await client.start();
      return client;
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      this.failed();
      throw notRunning();
    }
  }

  /** Answers whether to start the server again. */
  private died(): boolean {
    const now = Date.now();
    this.deaths = [...this.deaths, now].filter((at) => now - at < restartTime);
    this.log.warn(`The language server ended unexpectedly (${this.deaths.length}).`);
    if (this.deaths.length <= mostRestarts) {
      this.setState(nothingYet);
      return true;
    }
    this.failed();
    void offerRestart(
      l10n.t("The language server of Handler Workbench ended {0} times in a row.", this.deaths.length),
    );
    return false;
  }

  private failed(): void {
    this.client = this.starting = undefined;
    this.setState({ state: "failed" });
  }

  private setState(state: ServerState): void {
    this.current = state;
    this.stateChanged.fire(state);
  }
}

const nothingYet: ServerState = { state: "starting", read: 0, found: 0, capped: null, unreadable: [] };

function notRunning(): NotRunning {
  return new NotRunning(l10n.t("The language server of Handler Workbench is not running."));
}

/** Says what went wrong with the server, and offers what helps. */
export async function offerRestart(message: string): Promise<void> {
  const restart = l10n.t("Restart");
  const log = l10n.t("Show Log");
  const chosen = await window.showErrorMessage(message, restart, log);
  if (chosen === restart) await commands.executeCommand("handlerWorkbench.restartServer");
  if (chosen === log) await commands.executeCommand("handlerWorkbench.showLog");
}
