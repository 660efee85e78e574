import { readFile, stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { type Decoded, decodeText } from "../../config/decode";
import { limits } from "../../dialer/xml";
import { readDialerConfiguration } from "../../dialer/read";
import type { ReadResourceRequest } from "../../protocol";
import { versionOf } from "../../workspace/stableContent";
import type { TextHost } from "../texts/openText";
import type { DialerText, ReadConfiguration } from "./dialerText";
import { around } from "./surroundings";

export interface Configuration extends ReadConfiguration {
  readonly uri: string;
  /** File name without folders. */
  readonly name: string;
}

/** Two can be compared without reading one of them again. */
const mostKept = 2;
/** Two bytes a character at most; a longer text is refused anyway. */
const mostBytes = 2 * limits.length;

interface Kept {
  readonly version: string;
  readonly configuration: Promise<ReadConfiguration>;
}

/** Dialer configurations by URI: as they are in the editor where they are open, otherwise as they are on disk. */
export class Configurations {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly open: (uri: string) => DialerText | undefined,
    private readonly host: Pick<TextHost, "settings" | "folders">,
    private readonly remote: (uri: string) => Promise<ReadResourceRequest.Result>,
  ) {}

  /** Rejects with a message for people where it cannot be read. */
  async get(uri: string): Promise<Configuration> {
    const text = this.open(uri);
    const read = text ? await text.read() : await this.onDisk(uri);
    const { path } = URI.parse(uri);
    return { uri, name: path.slice(path.lastIndexOf("/") + 1), ...read };
  }

  /** How the file is written, so that another one can be written the same way. */
  async encodingOf(uri: string): Promise<Omit<Decoded, "text">> {
    const { encoding, bom } = decodeText(await this.bytes(uri));
    return { encoding, bom };
  }

  private async onDisk(uri: string): Promise<ReadConfiguration> {
    const { scheme, fsPath } = URI.parse(uri);
    const settings = this.host.settings();
    const marker = settings.deletedMarker;
    const onDisk = scheme === "file" ? await stat(fsPath).catch(explain(fsPath)) : undefined;
    const version = onDisk && `${versionOf(onDisk)}:${marker}`;
    const before = this.kept.get(uri);
    this.kept.delete(uri);
    const configuration =
      version !== undefined && before?.version === version ? before.configuration : this.fresh(uri, marker);
    if (version !== undefined) {
      this.kept.set(uri, { version, configuration });
      for (const old of [...this.kept.keys()].slice(0, -mostKept)) this.kept.delete(old);
      configuration.catch(() => this.kept.delete(uri));
    }
    const { surroundings } = await around(uri, settings, this.host.folders());
    return { ...(await configuration), surroundings };
  }

  private async fresh(uri: string, marker: string): Promise<ReadConfiguration> {
    const { text } = decodeText(await this.bytes(uri));
    const model = await readDialerConfiguration(text, marker === "" ? {} : { deletedMarker: marker });
    if (!model.tree.root) {
      const { path } = URI.parse(uri);
      throw new Error(
        model.incomplete?.code === "dialer/reader-limit"
          ? l10n.t("{0} cannot be read: {1}", path, model.incomplete.message)
          : l10n.t("{0} is not XML, so it is no Dialer configuration.", path),
      );
    }
    return { document: TextDocument.create(uri, "xml", 0, text), model, surroundings: {} };
  }

  private async bytes(uri: string): Promise<Uint8Array> {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme === "file") {
      const { size } = await stat(fsPath).catch(explain(fsPath));
      if (size > mostBytes)
        throw new Error(l10n.t("{0} has {1} bytes; more than {2} are not read.", fsPath, size, mostBytes));
      return await readFile(fsPath).catch(explain(fsPath));
    }
    const answer = await this.remote(uri);
    if ("error" in answer) throw new Error(answer.error);
    return Buffer.from(answer.base64, "base64");
  }
}

function explain(path: string): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(l10n.t("{0} cannot be read: {1}", path, why), { cause: error });
  };
}
