import { pathToFileURL } from "node:url";
import { seal } from "../../client/src/packages/seal";
import { PackageContentsRequest, PackageKeyRequest, PackageReadRequest } from "../../server/src/protocol";
import { put, scratch, zipped } from "../unit/packages/making";
import { type RunningServer, startServer } from "./stdio";

export const password = "Corr3ct horse, battery";

/** A language server, and a folder with packages that are made for it. */
export class PackageServer {
  private constructor(
    readonly server: RunningServer,
    readonly place: ReturnType<typeof scratch>,
  ) {}

  static async start(): Promise<PackageServer> {
    return new PackageServer(await startServer(), scratch());
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.place.remove();
  }

  request<Result>(method: string, params?: unknown): Promise<Result> {
    return this.server.connection.sendRequest<Result>(method, params);
  }

  /** Answers the URI of a zip with these files, encrypted where a secret is given. */
  async make(
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    secret: string | undefined = undefined,
  ): Promise<string> {
    const bytes = await zipped(
      files,
      secret === undefined ? {} : { password: secret, encryptionStrength: 3 },
    );
    return uriOf(put(this.place.folder, name, bytes));
  }

  async open(uri: string, secret?: string): Promise<PackageContentsRequest.Result> {
    const { publicKey } = await this.request<PackageKeyRequest.Result>(PackageKeyRequest.method);
    return await this.request(PackageContentsRequest.method, {
      uri,
      ...(secret === undefined ? {} : { password: seal(secret, publicKey) }),
    } satisfies PackageContentsRequest.Params);
  }

  read(uri: string, path: string, most = 1000): Promise<PackageReadRequest.Result> {
    return this.request(PackageReadRequest.method, { uri, path, most } satisfies PackageReadRequest.Params);
  }
}

export const uriOf = (file: string): string => pathToFileURL(file).href;

export const textOf = (result: PackageReadRequest.Result): string =>
  "base64" in result ? Buffer.from(result.base64, "base64").toString() : `refused: ${result.refusal.reason}`;
