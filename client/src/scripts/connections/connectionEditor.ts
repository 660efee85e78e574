import { type Disposable, l10n, type Uri } from "vscode";
import { ParseServerRequest } from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { PagePanel, type PageValues } from "../pagePanel";
import { queryDatabase, type RunnerPlace } from "../runnerProcess";
import { isTrusted } from "../trust";
import { connectionPage, targetOf } from "./connectionForm";
import type { Connection, Connections } from "./connections";

/** The pages on which connections are made, changed and tested. */
export class ConnectionEditor implements Disposable {
  /** By the connection's id; new ones have none yet. */
  private readonly open = new Map<Partial<Connection>, PagePanel>();

  constructor(
    private readonly connections: Connections,
    private readonly server: Server,
    private readonly media: Uri,
    private readonly runner: RunnerPlace,
  ) {}

  /** Shows a connection, or a new one with what is known of it already. */
  async show(connection: Partial<Connection> = {}): Promise<PagePanel> {
    const same = [...this.open].find(([each]) => each.id !== undefined && each.id === connection.id);
    if (same) {
      same[1].reveal();
      return same[1];
    }
    let current = connection;
    const { id } = connection;
    const hasPassword = id !== undefined && (await this.connections.knownPassword(id)) !== undefined;
    const page = new PagePanel(
      this.media,
      this.server,
      connectionPage(connection, hasPassword),
      async (action, values) => {
        if (action === "close") page.close();
        else if (action === "test") await this.test(page, current, values);
        else if (action === "save") current = await this.save(page, current, values);
      },
      () => this.open.delete(connection),
    );
    this.open.set(connection, page);
    return page;
  }

  dispose(): void {
    for (const page of this.open.values()) page.close();
  }

  private async save(
    page: PagePanel,
    before: Partial<Connection>,
    values: PageValues,
  ): Promise<Partial<Connection>> {
    const name = values.name ?? "";
    const target = await targetOf(values, (text) => this.parse(text));
    const refusal =
      this.connections.refusalOf(name, before.id) ?? ("error" in target ? target.error : undefined);
    if (refusal !== undefined || "error" in target) {
      page.status(refusal ?? "", "bad");
      return before;
    }
    const saved = await this.connections.save({ ...(before.id && { id: before.id }), name, target });
    const remember = values.remember === "yes";
    const password = values.password || (await this.connections.knownPassword(saved.id));
    await this.connections.keepPassword(saved.id, password ?? "", remember);
    page.show({
      ...connectionPage(saved, password !== undefined),
    });
    page.status(l10n.t("Saved."), "good");
    return saved;
  }

  private async test(page: PagePanel, { id }: Partial<Connection>, values: PageValues): Promise<void> {
    if (!isTrusted()) return;
    const target = await targetOf(values, (text) => this.parse(text));
    if ("error" in target) return page.status(target.error, "bad");
    const known = id === undefined ? undefined : await this.connections.knownPassword(id);
    const password = values.password || known;
    if (password === undefined)
      return page.status(l10n.t("Fill in the password to test the connection."), "bad");
    page.status(l10n.t("Connecting..."), "none", true);
    const { text, good } = await testConnection(this.runner, { target, password });
    page.status(text, good ? "good" : "bad");
  }

  private async parse(text: string): Promise<ParseServerRequest.Result> {
    return await this.server.request<ParseServerRequest.Result>(ParseServerRequest.method, { text });
  }
}

/** Connects and says what came of it, and what to do next. */
export async function testConnection(
  runner: RunnerPlace,
  given: Parameters<typeof queryDatabase>[1],
): Promise<{ readonly text: string; readonly good: boolean }> {
  const answer = await queryDatabase(runner, given);
  if (answer.ok) {
    const database = answer.database ?? given.target.database ?? "";
    return {
      good: true,
      text: l10n.t("Connected to {0}: {1}.", database || given.target.server, answer.protection),
    };
  }
  const hint =
    answer.failure === "certificate"
      ? l10n.t(
          "Nothing was sent. Name the certificate of the server's authority, or choose to trust the certificate without checking it.",
        )
      : answer.failure === "encryption"
        ? l10n.t(
            "Nothing was sent. If the server cannot encrypt and you accept that, choose the encryption None.",
          )
        : "";
  return { good: false, text: hint === "" ? answer.message : `${answer.message}\n${hint}` };
}
