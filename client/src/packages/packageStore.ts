import { Disposable, EventEmitter, RelativePattern, Uri, workspace } from "vscode";
import {
  PackageCheckRequest,
  PackageContentsRequest,
  type PackageFinding,
  PackageForgetRequest,
  PackageKeyRequest,
  PackageReleaseRequest,
  type PasswordVerdict,
} from "../../../server/src/protocol";
import type { Server } from "../server";
import { PackageModel } from "./packageModel";
import { baseName } from "./packageUri";
import { seal } from "./seal";

/** A package that somebody looks at. */
export interface OpenedPackage {
  readonly uri: Uri;
  /** Absent while it is read, and when it cannot be. */
  readonly model?: PackageModel;
  /** All that is known to be wrong or to be said: from reading, from the checks, from a verification. */
  readonly findings: readonly PackageFinding[];
  /** Why it could not be read. */
  readonly failure?: string;
  /** What a verification showed. */
  readonly verification?: Verification;
  /** Whether a view shows it. */
  readonly isShown: boolean;
}

/** In a sentence. */
export interface Verification {
  readonly text: string;
  readonly good: boolean;
}

interface State {
  model?: PackageModel;
  reading: readonly PackageFinding[];
  checked?: readonly PackageFinding[];
  verified: readonly PackageFinding[];
  verification?: Verification;
  failure?: string;
  loading?: Promise<PackageModel>;
  /** Counts the readings: an answer that a later one has overtaken is dropped. */
  loads: number;
  /** Views that show it. */
  holders: number;
  watcher: Disposable;
  timer?: ReturnType<typeof setTimeout>;
}

/** Programs write files in pieces; so many milliseconds after the last change a package is read again. */
const SETTLED = 500;

/** The packages that are open in this window, kept in step with their files. */
export class PackageStore implements Disposable {
  private readonly states = new Map<string, State>();
  private readonly changed = new EventEmitter<Uri>();
  private readonly contentsChanged = new EventEmitter<Uri>();
  /** A package has other contents or findings now, or was opened or closed. */
  readonly onDidChange = this.changed.event;
  /** What is read from a package may be something else now. */
  readonly onDidChangeContents = this.contentsChanged.event;
  private readonly listener: Disposable;

  constructor(
    private readonly server: Server,
    /** The password that the user wanted to be remembered. */
    private readonly remembered: (uri: Uri) => Promise<string | undefined>,
  ) {
    // A server that started anew knows no passwords.
    this.listener = server.onDidStart(() => {
      for (const [key, state] of this.states) if (state.model) this.reload(Uri.parse(key, true));
    });
  }

  get(uri: Uri): OpenedPackage | undefined {
    const state = this.states.get(uri.toString());
    if (!state) return undefined;
    const { model, failure, verification } = state;
    return {
      uri,
      ...(model ? { model } : {}),
      findings: [...(state.checked ?? state.reading), ...state.verified],
      ...(verification ? { verification } : {}),
      isShown: state.holders > 0,
      ...(failure === undefined ? {} : { failure }),
    };
  }

  all(): readonly OpenedPackage[] {
    return [...this.states.keys()].map((key) => this.get(Uri.parse(key, true))!);
  }

  /** What is in the package; read when it is not known yet. Throws what the server says. */
  async open(uri: Uri): Promise<PackageModel> {
    const state = this.state(uri);
    if (state.model) return state.model;
    return await (state.loading ?? this.load(uri, state));
  }

  /** Reads it again; whoever shows it is told. */
  reload(uri: Uri): void {
    const state = this.states.get(uri.toString());
    if (state) void this.load(uri, state).catch(() => undefined);
  }

  /** Says that a view shows the package, and when it does no more. */
  hold(uri: Uri): Disposable {
    const state = this.state(uri);
    if (++state.holders === 1) {
      this.changed.fire(uri);
      if (state.model) this.checkSoon(uri);
    }
    let held = true;
    return new Disposable(() => {
      if (!held) return;
      held = false;
      if (--state.holders === 0) void this.close(uri);
    });
  }

  /** Runs the checks and keeps what they find; again only when the contents have changed. */
  async check(uri: Uri): Promise<void> {
    const state = this.state(uri);
    if (state.checked) return;
    const { loads } = state;
    const params: PackageCheckRequest.Params = { uri: uri.toString() };
    const { findings } = await this.server.request<PackageCheckRequest.Result>(
      PackageCheckRequest.method,
      params,
    );
    if (state.loads !== loads) return;
    state.checked = findings;
    this.changed.fire(uri);
  }

  /** Its problems come when they come; a package that cannot be checked is shown all the same. */
  private checkSoon(uri: Uri): void {
    this.check(uri).catch((error: unknown) => this.server.log.warn(String(error)));
  }

  /** Keeps what a verification found, until the contents change. */
  verified(uri: Uri, findings: readonly PackageFinding[], verification: Verification): void {
    const state = this.state(uri);
    state.verified = findings;
    state.verification = verification;
    this.changed.fire(uri);
  }

  async unlock(uri: Uri, password: string): Promise<PasswordVerdict> {
    const state = this.state(uri);
    const { contents, verdict } = await this.contents(uri, password);
    if (verdict !== "wrong") {
      state.loads++;
      this.show(uri, state, new PackageModel(contents));
    }
    return verdict ?? "not-needed";
  }

  /** Forgets the password in the server; the package is locked again. */
  async lock(uri: Uri): Promise<void> {
    const params: PackageForgetRequest.Params = { uri: uri.toString() };
    await this.server.request(PackageForgetRequest.method, params);
    this.reload(uri);
  }

  dispose(): void {
    this.listener.dispose();
    for (const { watcher, timer } of this.states.values()) {
      watcher.dispose();
      clearTimeout(timer);
    }
    this.states.clear();
    this.changed.dispose();
    this.contentsChanged.dispose();
  }

  private state(uri: Uri): State {
    const key = uri.toString();
    const known = this.states.get(key);
    if (known) return known;
    const state: State = { reading: [], verified: [], loads: 0, holders: 0, watcher: this.watch(uri) };
    this.states.set(key, state);
    return state;
  }

  private async load(uri: Uri, state: State): Promise<PackageModel> {
    const load = ++state.loads;
    const loading = (async () => {
      const { contents } = await this.contents(uri, await this.remembered(uri));
      return new PackageModel(contents);
    })();
    state.loading = loading;
    try {
      const model = await loading;
      if (state.loads === load) this.show(uri, state, model);
      return model;
    } catch (error) {
      if (state.loads === load) {
        delete state.model;
        state.failure = error instanceof Error ? error.message : String(error);
        state.reading = state.verified = [];
        delete state.verification;
        delete state.checked;
        this.changed.fire(uri);
        this.contentsChanged.fire(uri);
      }
      throw error;
    } finally {
      if (state.loading === loading) delete state.loading;
    }
  }

  private show(uri: Uri, state: State, model: PackageModel): void {
    state.model = model;
    state.reading = model.contents.findings;
    state.verified = [];
    delete state.verification;
    delete state.checked;
    delete state.failure;
    this.changed.fire(uri);
    this.contentsChanged.fire(uri);
    // Somebody looks at it, so its problems are to be seen.
    if (state.holders > 0) this.checkSoon(uri);
  }

  private async contents(uri: Uri, password: string | undefined): Promise<PackageContentsRequest.Result> {
    const params: PackageContentsRequest.Params = { uri: uri.toString() };
    if (password === undefined) return await this.server.request(PackageContentsRequest.method, params);
    const { publicKey } = await this.server.request<PackageKeyRequest.Result>(PackageKeyRequest.method);
    return await this.server.request(PackageContentsRequest.method, {
      ...params,
      password: seal(password, publicKey),
    } satisfies PackageContentsRequest.Params);
  }

  private async close(uri: Uri): Promise<void> {
    const key = uri.toString();
    const state = this.states.get(key);
    if (!state || state.holders > 0) return;
    state.watcher.dispose();
    clearTimeout(state.timer);
    this.states.delete(key);
    this.changed.fire(uri);
    const params: PackageReleaseRequest.Params = { uri: key };
    await this.server.request(PackageReleaseRequest.method, params).catch(() => undefined);
  }

  private watch(uri: Uri): Disposable {
    const name = baseName(uri).replace(/[[\]{}*?]/g, "[$&]");
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), name));
    const soon = (): void => {
      const state = this.states.get(uri.toString());
      if (!state) return;
      clearTimeout(state.timer);
      state.timer = setTimeout(() => this.reload(uri), SETTLED);
    };
    return Disposable.from(
      watcher,
      watcher.onDidChange(soon),
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
    );
  }
}
