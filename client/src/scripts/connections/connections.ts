import { randomUUID } from "node:crypto";
import { type Disposable, EventEmitter, l10n, type Memento, type SecretStorage, window } from "vscode";
import { DescribeTargetsRequest, type Target } from "../../../../server/src/protocol";
import type { Server } from "../../server";

/** A database under a name. It holds no password. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly target: Target;
}

const key = "scripts.connections";

/**
 * The connections of this user, for all workspaces: a folder that somebody sent cannot bring one along. Passwords
 * are in the system's secret storage, or in memory until the window closes.
 */
export class Connections implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly entered = new Map<string, string>();

  constructor(
    private readonly memory: Memento,
    private readonly secrets: SecretStorage,
  ) {}

  get all(): readonly Connection[] {
    return [...this.memory.get<readonly Connection[]>(key, [])].sort((a, b) => a.name.localeCompare(b.name));
  }

  get(id: string | undefined): Connection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  named(name: string): Connection | undefined {
    return this.all.find((connection) => connection.name.toLowerCase() === name.trim().toLowerCase());
  }

  /** The connections that lead to one database, whoever logs in. */
  async leadingTo(targetKey: string, server: Server): Promise<readonly Connection[]> {
    const keys = await this.keys(server);
    return this.all.filter(({ id }) => keys.get(id) === targetKey);
  }

  /** What tells databases apart, by connection. */
  async keys(server: Server): Promise<ReadonlyMap<string, string>> {
    const { all } = this;
    if (all.length === 0) return new Map();
    const params: DescribeTargetsRequest.Params = { targets: all.map(({ target }) => target) };
    const { targets } = await server.request<DescribeTargetsRequest.Result>(
      DescribeTargetsRequest.method,
      params,
    );
    return new Map(all.map(({ id }, index) => [id, targets[index]?.key ?? ""]));
  }

  /** Why a connection cannot have this name. */
  refusalOf(name: string, id?: string): string | undefined {
    if (name.trim() === "") return l10n.t("A connection needs a name.");
    const other = this.named(name);
    return other && other.id !== id
      ? l10n.t("There is a connection called {0} already.", other.name)
      : undefined;
  }

  /** Adds a connection, or changes the one with this id. */
  async save(given: Omit<Connection, "id"> & { readonly id?: string }): Promise<Connection> {
    const refusal = this.refusalOf(given.name, given.id);
    if (refusal !== undefined) throw new Error(refusal);
    const connection = { id: given.id ?? randomUUID(), name: given.name.trim(), target: given.target };
    const others = this.all.filter(({ id }) => id !== connection.id);
    await this.memory.update(key, [...others, connection]);
    this.changed.fire();
    return connection;
  }

  async remove({ id }: Connection): Promise<void> {
    await this.memory.update(
      key,
      this.all.filter((connection) => connection.id !== id),
    );
    await this.forgetPassword(id);
    this.changed.fire();
  }

  /** Keeps a password: in the secret storage, or until the window closes. An empty one is none. */
  async keepPassword(id: string, password: string, remember: boolean): Promise<void> {
    await this.forgetPassword(id);
    if (password === "") return;
    if (remember) await this.secrets.store(secretOf(id), password);
    else this.entered.set(id, password);
  }

  async forgetPassword(id: string): Promise<void> {
    this.entered.delete(id);
    await this.secrets.delete(secretOf(id));
  }

  /** Forgets what was typed for this window; what is in the secret storage stays. */
  forgetEntered(id: string): void {
    this.entered.delete(id);
  }

  async knownPassword(id: string): Promise<string | undefined> {
    return this.entered.get(id) ?? (await this.secrets.get(secretOf(id)));
  }

  /** The password, asked for where it is not known; undefined when the user gives up. */
  async password({ id, name, target }: Connection): Promise<string | undefined> {
    const known = await this.knownPassword(id);
    if (known !== undefined) return known;
    const password = await window.showInputBox({
      title: l10n.t("Password of {0} for {1}", target.user, name),
      prompt: l10n.t(
        "Kept in memory until the window closes. Edit the connection to keep it in the secret storage.",
      ),
      password: true,
      ignoreFocusOut: true,
    });
    if (password !== undefined) this.entered.set(id, password);
    return password;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function secretOf(id: string): string {
  return `connection.${id}`;
}
