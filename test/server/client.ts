import {
  ConfigurationRequest,
  type Diagnostic,
  LogMessageNotification,
  type MessageConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  WorkDoneProgressCreateRequest,
} from "vscode-languageserver/node";

/** The client's side of the connection: answers requests and keeps notifications. */
export class Client {
  readonly registered = new Set<string>();
  private readonly published = new Map<string, Diagnostic[]>();
  private readonly listeners = new Set<(method: string, params: unknown) => void>();

  constructor(
    private readonly connection: MessageConnection,
    private readonly log: string[],
    private settings: Readonly<Record<string, unknown>>,
  ) {
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => sectionOf(this.settings, section)),
    );
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const { method } of registrations) this.registered.add(method);
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    // Refresh requests and the like: what a client that ignores them says.
    connection.onRequest(() => null);
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      log.push(message);
      this.tell(LogMessageNotification.method, { message });
    });
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.set(params.uri, params.diagnostics);
      this.tell(PublishDiagnosticsNotification.method, params);
    });
    connection.onNotification((method, params) => this.tell(method, params));
    connection.onUnhandledProgress((params) => this.tell("$/progress", params));
  }

  async diagnostics(
    uri: string,
    until: (diagnostics: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<Diagnostic[]> {
    const now = this.published.get(uri);
    if (now && until(now)) return now;
    const sent = this.notification<{ uri: string; diagnostics: Diagnostic[] }>(
      PublishDiagnosticsNotification.method,
      (params) => params.uri === uri && until(params.diagnostics),
    );
    try {
      return (await sent).diagnostics;
    } catch (error) {
      const last = JSON.stringify(this.published.get(uri) ?? "none");
      throw new Error(`No such diagnostics for ${uri}; the last ones: ${last}. ${String(error)}`, {
        cause: error,
      });
    }
  }

  notification<P>(method: string, until: (params: P) => boolean = () => true): Promise<P> {
    let listener: ((method: string, params: unknown) => void) | undefined;
    const sent = new Promise<P>((done) => {
      listener = (told, params) => {
        if (told === method && until(params as P)) done(params as P);
      };
      this.listeners.add(listener);
    });
    return soon(patience, sent, `No such '${method}'`)
      .catch((error: unknown) => {
        throw new Error(`${String(error)}. The server's log:\n${this.log.join("\n")}`, { cause: error });
      })
      .finally(() => listener && this.listeners.delete(listener));
  }

  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  private tell(method: string, params: unknown): void {
    for (const listener of [...this.listeners]) listener(method, params);
  }
}

/** The value of a section, made of all dotted names below it; null where there is none, as VS Code does. */
function sectionOf(settings: Readonly<Record<string, unknown>>, section = ""): unknown {
  if (section in settings) return settings[section];
  const prefix = section === "" ? "" : `${section}.`;
  const result: Record<string, unknown> = {};
  let found = false;
  for (const [name, value] of Object.entries(settings)) {
    if (!name.startsWith(prefix)) continue;
    found = true;
    const path = name.slice(prefix.length).split(".");
    const last = path.pop() ?? "";
    let parent = result;
    for (const part of path) parent = (parent[part] ??= {}) as Record<string, unknown>;
    parent[last] = value;
  }
  return found ? result : null;
}

/** How long the server may take to answer or to tell, in milliseconds. */
export const patience = 10_000;

/** The promise's value, or an error that says what did not happen in time. */
export async function soon<T>(milliseconds: number, promise: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${otherwise} in ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
