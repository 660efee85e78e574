import * as l10n from "@vscode/l10n";
import { decodeIhd, type DecodeOptions } from "../ihd/decode";
import type { Problem } from "../problem";
import { handlerFromIhd, handlerName } from "./fromIhd";
import type { Handler } from "./model";
import { readXmlHandler } from "./xml";
import { decodeXmlText } from "./xmlEncoding";

export interface ReadHandlerOptions extends DecodeOptions {
  /** Names the handler, and stands in the place of every problem. */
  readonly file: string;
}

/**
 * Reads a handler, an `.ihd` file or a handler XML export: the content decides, not the file's ending. Never
 * throws for content: what is wrong stands in `problems`.
 */
export function readHandler(bytes: Uint8Array, options: ReadHandlerOptions): Handler {
  const { file } = options;
  switch (kindOf(bytes)) {
    case "xml": {
      const { text, problems } = decodeXmlText(bytes);
      const handler = readXmlHandler(text, { file });
      if (problems.length === 0) return handler;
      const placed = problems.map((problem) => ({ ...problem, place: { ...problem.place, file } }));
      return { ...handler, problems: [...placed, ...handler.problems] };
    }
    case "ihd":
      return handlerFromIhd(decodeIhd(bytes, options), file);
    case "empty":
      return noHandler(
        file,
        l10n.t(
          "The file is empty. Get it again from where it came, or export the handler from Interaction Designer once more.",
        ),
      );
    case "text":
      return noHandler(
        file,
        l10n.t(
          "The file holds text, not a handler. Choose an .ihd file written by Interaction Designer, or a handler's XML export.",
        ),
      );
    case "other":
      return noHandler(
        file,
        l10n.t(
          "The file does not begin as a handler does (found {0}). Choose an .ihd file written by Interaction Designer; an .i3pub package holds its handler inside.",
          firstBytes(bytes),
        ),
      );
  }
}

/** Whether what it says depends on what inference has learned, so that other files can change it. */
export const hasInferredLayouts = ({ problems }: Handler): boolean =>
  problems.some(({ code }) => code === "inferred-layout");

/** A handler that could not be read at all, with the reason. */
export function noHandler(file: string, message: string, code = "unreadable"): Handler {
  const problem: Problem = { code, severity: "error", message, place: { file, offset: 0 } };
  return {
    name: handlerName(file),
    source: "ihd",
    description: "",
    category: "",
    compiledName: "",
    typeCount: 0,
    canvas: null,
    subroutines: [],
    initiators: [],
    tools: [],
    variables: [],
    steps: [],
    startNode: null,
    problems: [problem],
  };
}

type Kind = "ihd" | "xml" | "empty" | "text" | "other";

/** The content decides. The version word of every handler seen is 1; a nearby one is read with a problem. */
function kindOf(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return "empty";
  if (bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 0 && bytes[0]! > 0 && bytes[0]! < 0x20) return "ihd";
  const start = skipMarks(bytes);
  if (bytes[start] === 0x3c || bytes[start + 1] === 0x3c) return "xml";
  const head = bytes.subarray(0, 512);
  const readable = head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
  if (readable) return "text";
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 ? "text" : "other";
}

/** Past byte order marks and white space. */
function skipMarks(bytes: Uint8Array): number {
  let at = 0;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
  else if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) at = 2;
  while (at < bytes.length && at < 4096 && [0, 9, 10, 13, 32].includes(bytes[at]!)) at++;
  return at;
}

const firstBytes = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
