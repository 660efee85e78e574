import * as l10n from "@vscode/l10n";
import type { Package } from "../../packages/package";
import { PackageFailure } from "../../packages/failure";
import type { PackageItem, PackagePeekRequest, PackageReadRequest, PackageRefusal } from "../../protocol";
import { positionOf } from "./rows";

/** As many bytes tell text from anything else. */
const PEEKED = 8192;

/** The content of one file in base64, or why there is none. */
export async function readItem(
  opened: Package,
  { path, copy, most }: PackageReadRequest.Params,
): Promise<PackageReadRequest.Result> {
  return await orRefusal(async () => {
    const position = found(opened, { path, copy });
    const size = opened.entries[position]?.size ?? 0;
    if (size > most) {
      throw new PackageFailure(
        "too-large",
        l10n.t(
          "it has {0} MB; up to {1} MB are opened here. Extract it and open the file",
          megabytes(size),
          megabytes(most),
        ),
      );
    }
    const chunks: Uint8Array[] = [];
    await opened.streamAt(position, (chunk) => void chunks.push(chunk));
    return { base64: Buffer.concat(chunks).toString("base64") };
  });
}

/** Reads no more than the beginning, so damage further on does not show. */
export async function peekItem(
  opened: Package,
  item: Omit<PackageItem, "uri">,
): Promise<PackagePeekRequest.Result> {
  return await orRefusal(async () => {
    const enough = new Error("enough");
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      await opened.streamAt(found(opened, item), (chunk) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= PEEKED) throw enough;
      });
    } catch (error) {
      if (error !== enough) throw error;
    }
    return { kind: isText(Buffer.concat(chunks).subarray(0, PEEKED)) ? "text" : "binary" };
  });
}

/** Text has no zero bytes, unless it says by its first bytes that it is UTF-16. */
export function isText(start: Uint8Array): boolean {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return !start.includes(0);
}

function found(opened: Package, { path, copy }: Pick<PackageItem, "path" | "copy">): number {
  const position = positionOf(opened, path, copy);
  if (position === undefined) {
    throw opened.locked
      ? new PackageFailure(
          "password-needed",
          l10n.t("it is not listed: a zip around it may need the password"),
        )
      : new PackageFailure("damaged", l10n.t("there is no such entry in the package any more"));
  }
  return position;
}

async function orRefusal<Result>(
  work: () => Promise<Result>,
): Promise<Result | { readonly refusal: PackageRefusal }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PackageFailure)) throw error;
    return { refusal: { reason: error.code, message: error.message } };
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
