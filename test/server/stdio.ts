import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type MessageConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { Client, patience, soon } from "./client";

const server = resolve(__dirname, "../../dist/server.js");

export interface ServerOptions {
  /** Paths; they are sent as `file:` URIs. What has a scheme is sent as it is. */
  readonly workspaceFolders?: readonly string[];
  /** What the client answers to `workspace/configuration`: dotted names as in settings.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly initializationOptions?: unknown;
  /** Instead of the capabilities of a client that can do what VS Code can. */
  readonly capabilities?: ClientCapabilities;
  /** What the client answers to requests of the server beyond the protocol, by method. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
  readonly env?: NodeJS.ProcessEnv;
}

/** `dist/server.js --stdio` as a child process, initialized, with a client that keeps what it is told. */
export interface RunningServer {
  /** For requests: `connection.sendRequest(HoverRequest.type, ...)`. Rejects them when the server dies. */
  readonly connection: MessageConnection;
  readonly initializeResult: InitializeResult;
  readonly pid: number;
  /** What the server logged, as `window/logMessage` and on stderr. */
  readonly log: readonly string[];
  /** Capabilities that the server registered later, by method. */
  readonly registered: ReadonlySet<string>;
  /** Opens a document; `change` gives its whole new text. */
  open(uri: string, languageId: string, text: string): Promise<void>;
  change(uri: string, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /**
   * The diagnostics published for a resource, as soon as some are that `until` likes (any, if not given): at
   * once when the last ones are. Throws after ten seconds, with the last ones and the server's log.
   */
  diagnostics(uri: string, until?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  /** Waits for a notification of this method that `until` likes; only those sent after the call. */
  notification<P>(method: string, until?: (params: P) => boolean): Promise<P>;
  /** Changes the client's settings and tells the server. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Shutdown and exit. Throws when the server does not end with code 0 in five seconds. */
  stop(): Promise<void>;
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>;
}

const likeVsCode: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    symbol: {},
    semanticTokens: { refreshSupport: true },
  },
  window: { workDoneProgress: true, showMessage: {} },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ["markdown", "plaintext"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
  },
};

/** Starts the server. Throws with what it printed when it does not answer `initialize` in ten seconds. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  if (!existsSync(server)) throw new Error(`${server} is not there: run 'npm run build' first.`);
  const child = spawn(process.execPath, [server, "--stdio"], {
    env: { ...process.env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => log.push(text.trimEnd()));
  // A dead server breaks the pipe; that shows in the exit code.
  child.stdin.on("error", () => undefined);
  const exited = new Promise<number | string>((done) => {
    child.once("exit", (code, signal) => done(code ?? signal ?? "unknown"));
  });

  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  void exited.then(() => connection.dispose());
  const client = new Client(connection, log, options.settings ?? {});
  for (const [method, answer] of Object.entries(options.answers ?? {})) connection.onRequest(method, answer);
  connection.listen();

  const stopped = async (what: string): Promise<void> => {
    const code = await soon(5_000, exited, `The server did not end after ${what}`).catch((error: unknown) => {
      child.kill("SIGKILL");
      throw error;
    });
    if (code !== 0) throw new Error(`The server ended with ${code} after ${what}.\n${log.join("\n")}`);
  };
  const folders = (options.workspaceFolders ?? []).map((path) => ({
    uri: path.includes("://") ? path : pathToFileURL(path).href,
    name: basename(path),
  }));
  let initializeResult: InitializeResult;
  try {
    initializeResult = await soon(
      patience,
      connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        rootUri: folders[0]?.uri ?? null,
        workspaceFolders: folders,
        capabilities: options.capabilities ?? likeVsCode,
        initializationOptions: options.initializationOptions,
      }),
      "The server did not answer 'initialize'",
    );
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`${String(error)}\n${log.join("\n")}`, { cause: error });
  }
  await connection.sendNotification(InitializedNotification.type, {});

  const versions = new Map<string, number>();
  return {
    connection,
    initializeResult,
    pid: child.pid ?? 0,
    log,
    registered: client.registered,
    open: async (uri, languageId, text) => {
      versions.set(uri, 1);
      const textDocument = { uri, languageId, version: 1, text };
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    change: async (uri, text) => {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    close: async (uri) => {
      await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    },
    diagnostics: (uri, until) => client.diagnostics(uri, until),
    notification: (method, until) => client.notification(method, until),
    configure: (settings) => client.configure(settings),
    stop: async () => {
      await soon(
        patience,
        connection.sendRequest(ShutdownRequest.type),
        "The server did not answer 'shutdown'",
      );
      await connection.sendNotification(ExitNotification.type);
      await stopped("'exit'");
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
