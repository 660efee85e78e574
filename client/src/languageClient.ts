import { l10n, type LogOutputChannel, RelativePattern, Uri, workspace } from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import {
  FindResourcesRequest,
  listingLanguage,
  listingScheme,
  ReadResourceRequest,
} from "../../server/src/protocol";
import { textsEnvironment } from "./texts";

export { type LanguageClient, State } from "vscode-languageclient/node";

/** The largest resource that is read for the server; it refuses larger files on disk as well. */
const mostBytes = 256 * 1024 * 1024;

/** The client of the language server. In a file of its own, because it is loaded when it is needed. */
export function createLanguageClient(
  module: string,
  log: LogOutputChannel,
  /** Called when the server is gone; answers whether it is to be started again. */
  onClosed: () => boolean,
): LanguageClient {
  const options = { env: textsEnvironment() };
  const run = { module, transport: TransportKind.ipc, options };
  const client = new LanguageClient(
    "handlerWorkbench",
    "Handler Workbench",
    { run, debug: { ...run, options: { ...options, execArgv: ["--nolazy", "--inspect=6019"] } } },
    {
      documentSelector: [{ scheme: listingScheme, language: listingLanguage }],
      outputChannel: log,
      traceOutputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: {
        error: (_error, _message, count) => ({
          action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
          handled: true,
        }),
        closed: () => ({
          action: onClosed() ? CloseAction.Restart : CloseAction.DoNotRestart,
          handled: true,
        }),
      },
      initializationFailedHandler: (error) => {
        log.error(error instanceof Error ? error : String(error));
        return false;
      },
    },
  );
  client.onRequest(ReadResourceRequest.method, readResource);
  client.onRequest(FindResourcesRequest.method, findResources);
  return client;
}

/** Reads what the server cannot: older versions (`git:`) and folders that are not on disk. */
async function readResource({ uri }: ReadResourceRequest.Params): Promise<ReadResourceRequest.Result> {
  try {
    const resource = Uri.parse(uri, true);
    const { size } = await workspace.fs.stat(resource);
    if (size > mostBytes)
      return { error: l10n.t("{0} has {1} bytes; that is too large for a handler.", resource.path, size) };
    const bytes = await workspace.fs.readFile(resource);
    return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64") };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function findResources(params: FindResourcesRequest.Params): Promise<FindResourcesRequest.Result> {
  const pattern = new RelativePattern(Uri.parse(params.folder, true), "**/*.{ihd,xml,IHD,XML}");
  const exclude = params.exclude.length > 0 ? `{${params.exclude.join(",")}}` : null;
  const uris = await workspace.findFiles(pattern, exclude, params.limit);
  return { uris: uris.map((uri) => uri.toString()) };
}
