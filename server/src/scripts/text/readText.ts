import { decoding, inspect, type ScriptEncoding } from "./encoding";
import type { ScriptFiles } from "./files";

/** A small text file as a whole, or why it is none. */
export type TextFile =
  | { readonly text: string; readonly encoding: ScriptEncoding; readonly cut: boolean }
  | { readonly binary: string };

/** Reads a text file up to `limit` bytes; `cut` when there is more. Rejects when the file cannot be read. */
export async function readText(files: ScriptFiles, path: string, limit: number): Promise<TextFile> {
  const facts = await inspect(files.read(path), "windows-1252");
  if (facts.binary !== undefined) return { binary: facts.binary };
  const decoder = decoding(facts.encoding);
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of files.read(path)) {
    parts.push(decoder.write(chunk));
    bytes += chunk.length;
    if (bytes >= limit) break;
  }
  parts.push(decoder.end());
  return { text: parts.join(""), encoding: facts.encoding, cut: bytes < facts.bytes };
}
