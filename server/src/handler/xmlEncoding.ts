import { TextDecoder } from "node:util";
import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import type { Problem } from "../problem";

/** Bytes; the largest real export seen is 217 KB. */
export const maxXmlBytes = 64 * 1024 * 1024;

/**
 * Text of an XML file: by byte order mark, else by the zero bytes UTF-16 has around `<`, else by the
 * declaration, else UTF-8 (XML 1.0, appendix F). Never throws: bytes that make no text become U+FFFD, with a
 * problem. More than {@link maxXmlBytes} bytes give no text at all.
 */
export function decodeXmlText(bytes: Uint8Array): { text: string; problems: Problem[] } {
  if (bytes.length > maxXmlBytes) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    const message = l10n.t(
      "The XML file has {0} MB; handler exports of more than {1} MB are not read.",
      size,
      maxXmlBytes / 1024 / 1024,
    );
    return { text: "", problems: [{ code: "xml-too-big", severity: "error", message }] };
  }
  const { label, skip } = bomOf(bytes) ?? { label: sniff(bytes) ?? declared(bytes), skip: 0 };
  const content = bytes.subarray(skip);
  if (/^utf-?(8|16[lb]e)$|^(us-)?ascii$/.test(label)) return decodeUnicode(label, content);
  // Not TextDecoder: in Node 20 it takes Windows-1252 for Latin-1.
  if (iconv.encodingExists(label)) return { text: iconv.decode(Buffer.from(content), label), problems: [] };
  const message = l10n.t(
    'The XML declaration names the encoding "{0}", which is not known; read as UTF-8. Save the file as UTF-8.',
    label,
  );
  const { text, problems } = decodeUnicode("utf-8", content);
  return { text, problems: [{ code: "xml-encoding", severity: "warning", message }, ...problems] };
}

function decodeUnicode(label: string, bytes: Uint8Array): { text: string; problems: Problem[] } {
  const encoding = label.startsWith("utf-16") ? label : "utf-8";
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), problems: [] };
  } catch {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    const line = text.slice(0, text.indexOf("\uFFFD")).split("\n").length;
    const message = l10n.t(
      "The file holds bytes that are not {0}, first in line {1}; they show as �. Save the file in the encoding its first line declares.",
      encoding.toUpperCase(),
      line,
    );
    return { text, problems: [{ code: "xml-encoding", severity: "warning", message, place: { line } }] };
  }
}

function bomOf(bytes: Uint8Array): { label: string; skip: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { label: "utf-8", skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: "utf-16le", skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: "utf-16be", skip: 2 };
  return undefined;
}

function sniff(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return "utf-16le";
  if (bytes[0] === 0 && bytes[1] === 0x3c) return "utf-16be";
  return undefined;
}

function declared(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const label = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1]?.toLowerCase() ?? "utf-8";
  // One byte a character was needed to read the declaration, so this file is no UTF-16: .NET string writers
  // declare it and save as UTF-8.
  return /^(utf-?16|ucs-?2|unicode)/.test(label) ? "utf-8" : label;
}
