import { Disposable, l10n, type Uri, window, workspace } from "vscode";
import {
  JudgeReadinessRequest,
  type Page,
  type PageTone,
  type ReadinessCheck,
  type ReadinessFinding,
  ReadinessRequest,
} from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { chooseConnection } from "../connections/chooseConnection";
import type { Connection, Connections } from "../connections/connections";
import { PagePanel } from "../pagePanel";
import type { Register } from "../register";
import { queryDatabase, type RunnerPlace } from "../runnerProcess";
import { isTrusted } from "../trust";

export interface ReadinessParts {
  readonly server: Server;
  readonly connections: Connections;
  readonly media: Uri;
  readonly runner: RunnerPlace;
}

export function registerReadiness(register: Register, parts: ReadinessParts): Disposable {
  return Disposable.from(
    register("checkReadiness", async (given?: Connection) => {
      if (!isTrusted()) return undefined;
      const connection = parts.connections.get(given?.id) ?? (await chooseAny(parts.connections));
      return connection && (await showReadiness(parts, connection));
    }),
  );
}

async function chooseAny(connections: Connections): Promise<Connection | undefined> {
  const hasOracle = connections.all.some(({ target }) => target.kind === "oracle");
  const hasSqlServer = connections.all.some(({ target }) => target.kind === "sqlserver");
  if (hasOracle && hasSqlServer) {
    const items = connections.all.map((connection) => ({
      label: connection.name,
      description: connection.target.server,
      connection,
    }));
    return (await window.showQuickPick(items, { title: l10n.t("Check the Readiness of") }))?.connection;
  }
  return await chooseConnection(connections, hasOracle ? "sqlplus" : "sqlcmd", {
    title: l10n.t("Check the Readiness of"),
  });
}

/** The checks of one database: their queries first, then, when they were sent, what they found. */
export async function showReadiness(parts: ReadinessParts, connection: Connection): Promise<PagePanel> {
  const page = new ReadinessPage(parts, connection);
  await page.load();
  return page.panel;
}

class ReadinessPage {
  readonly panel: PagePanel;
  private params: ReadinessRequest.Params;
  private checks: readonly ReadinessCheck[] = [];
  private findings: readonly ReadinessFinding[] = [];

  constructor(
    private readonly parts: ReadinessParts,
    private readonly connection: Connection,
  ) {
    this.params = { kind: connection.target.kind, role: "target" };
    this.panel = new PagePanel(parts.media, parts.server, this.page(), (id, values) => this.act(id, values));
  }

  async load(): Promise<void> {
    const answer = await this.parts.server.request<ReadinessRequest.Result>(
      ReadinessRequest.method,
      this.params,
    );
    this.checks = answer.checks;
    this.panel.show(this.page());
  }

  private async act(id: string, values: Readonly<Record<string, string>>): Promise<void> {
    if (id === "close") return this.panel.close();
    const fix = id.startsWith("fix:")
      ? this.findings.find((each) => `fix:${each.id}` === id)?.fix
      : undefined;
    if (fix !== undefined) {
      const language = this.connection.target.kind === "oracle" ? "sqlplus-script" : "sqlcmd-script";
      await window.showTextDocument(await workspace.openTextDocument({ content: fix, language }));
      return;
    }
    const schema = (values.schema ?? "").trim();
    this.params = {
      kind: this.connection.target.kind,
      role: values.role === "source" ? "source" : "target",
      ...(schema !== "" && { schema }),
    };
    await this.load();
    if (id === "check") await this.check();
  }

  private async check(): Promise<void> {
    const { connection, parts, panel, checks, params } = this;
    const password = await parts.connections.password(connection);
    if (password === undefined) return;
    panel.status(l10n.t("Asking the database..."), "none", true);
    const texts = checks.map(({ id, sql }) => ({ id, sql }));
    const queried = await queryDatabase(parts.runner, { target: connection.target, password, texts });
    if (!queried.ok) {
      parts.connections.forgetEntered(connection.id);
      return panel.status(queried.message, "bad");
    }
    const judge: JudgeReadinessRequest.Params = { ...params, answers: queried.answers };
    const { findings } = await parts.server.request<JudgeReadinessRequest.Result>(
      JudgeReadinessRequest.method,
      judge,
    );
    this.findings = findings;
    panel.show(this.page());
    const open = findings.filter(({ state }) => state === "bad" || state === "attention").length;
    panel.status(
      open === 0
        ? l10n.t("Nothing found that stands in the way.")
        : l10n.t("{0} checks need attention.", open),
      open === 0 ? "good" : "attention",
    );
  }

  private page(): Page {
    const { connection, params, checks, findings } = this;
    const state = (of: ReadinessFinding["state"]): string =>
      ({
        good: l10n.t("fine"),
        attention: l10n.t("look"),
        bad: l10n.t("not ready"),
        unknown: l10n.t("not known"),
      })[of];
    const tone = (of: ReadinessFinding["state"]): PageTone => (of === "unknown" ? "none" : of);
    const isOracle = connection.target.kind === "oracle";
    return {
      title: l10n.t("Readiness of {0}", connection.name),
      lead: l10n.t(
        "These queries only read. Nothing is sent before you choose Send the Queries, and nothing is repaired by itself.",
      ),
      facts: [
        { label: l10n.t("Connection"), value: connection.name },
        { label: l10n.t("Server"), value: connection.target.server },
        { label: l10n.t("Database"), value: connection.target.database ?? "" },
        { label: l10n.t("User"), value: connection.target.user },
      ],
      blocks: [
        {
          kind: "fields",
          title: l10n.t("What is checked"),
          fields: [
            {
              id: "role",
              label: l10n.t("This database is"),
              kind: "choice",
              value: params.role,
              options: [
                { value: "target", label: l10n.t("the target of the migration") },
                { value: "source", label: l10n.t("the source of the migration") },
              ],
            },
            ...(isOracle
              ? [
                  {
                    id: "schema",
                    label: l10n.t("Owner of the 4.0 schema"),
                    kind: "text" as const,
                    value: params.schema ?? "",
                  },
                ]
              : []),
          ],
        },
        ...(findings.length > 0
          ? [
              {
                kind: "table" as const,
                title: l10n.t("Findings"),
                head: [l10n.t("Check"), l10n.t("State"), l10n.t("What was found and what to do")],
                rows: findings.map(({ title, state: of, message }) => ({
                  cells: [title, state(of), message],
                  tone: tone(of),
                })),
              },
            ]
          : []),
        ...findings.flatMap(({ id, title, fix }) =>
          fix === undefined
            ? []
            : [
                {
                  kind: "code" as const,
                  title: l10n.t("Help for: {0}", title),
                  text: fix,
                  action: { id: `fix:${id}`, label: l10n.t("Open as Script") },
                },
              ],
        ),
        ...checks.map(({ title, why, source, sql }) => ({
          kind: "code" as const,
          title: l10n.t("Query: {0}", title),
          note: `${why} (${source})`,
          text: sql,
        })),
      ],
      actions: [
        { id: "check", label: l10n.t("Send the Queries"), primary: true },
        { id: "update", label: l10n.t("Show the Queries Anew") },
        { id: "close", label: l10n.t("Close") },
      ],
    };
  }
}
