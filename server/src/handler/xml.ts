import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { handlerName } from "./fromIhd";
import type { Handler, Variable } from "./model";
import { readXmlDocument, type XmlElement } from "./xmlDocument";
import { childrenOf, shorten, XmlReading } from "./xmlReading";
import { readSteps } from "./xmlSteps";

/**
 * Reads a handler from the XML export of a Designer add-on, into the same model as an `.ihd` file. Structure
 * as seen in real exports of format version 2.0. Never throws for content: the handler holds what could be
 * read, and says in `problems` what was wrong, in which line of `options.file`, and what to do.
 *
 * An export does not hold bend points, types, run-time modules, labels and descriptions of tools, and which
 * exits are errors.
 */
export function readXmlHandler(text: string, options: { file: string }): Handler {
  const { root, problems } = readXmlDocument(text);
  const reading = new XmlReading(options.file);
  const name = handlerName(options.file);
  if (root === null) return emptyHandler(name, inFile(problems, options.file));
  if (root.name !== "Handler") {
    const message = l10n.t(
      "This is XML, but no handler export: its first element is <{0}>, that of an export is <Handler>. Choose a handler (.ihd) or a handler's XML export.",
      shorten(root.name),
    );
    const problem: Problem = {
      code: "xml-not-handler",
      severity: "error",
      message,
      place: { line: root.line },
    };
    return emptyHandler(name, inFile([problem], options.file));
  }
  checkVersion(reading, root);
  const stepElements = childrenOf(root, "Steps").flatMap((steps) => childrenOf(steps, "Step"));
  const isCut = problems.length > 0;
  if (stepElements.length === 0 && !isCut) {
    const message = l10n.t(
      "The export holds no steps; a handler has at least its initiator. Export the handler again.",
    );
    reading.report("xml-no-steps", "error", message, { line: root.line });
  }
  const variables = readVariables(reading, root);
  for (const variable of variables) reading.variables.add(variable.name);
  return {
    ...emptyHandler(reading.text(root, "name") || name, []),
    description: reading.text(root, "description"),
    category: reading.text(root, "category"),
    variables,
    ...readSteps(reading, stepElements, isCut),
    problems: [...inFile(problems, options.file), ...reading.problems],
  };
}

function emptyHandler(name: string, problems: readonly Problem[]): Handler {
  return {
    name,
    source: "xml",
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
    problems,
  };
}

function inFile(problems: readonly Problem[], file: string): Problem[] {
  return problems.map((problem) => ({ ...problem, place: { file, ...problem.place } }));
}

function checkVersion(reading: XmlReading, root: XmlElement): void {
  const version = reading.text(root, "version");
  if (version === "" || /^2\./.test(version)) return;
  const message = l10n.t(
    "The export's format version is {0}; 2.0 is known, and it was read as that.",
    shorten(version),
  );
  reading.report("xml-version", "warning", message, { line: root.line });
}

function readVariables(reading: XmlReading, root: XmlElement): Variable[] {
  const elements = childrenOf(root, "Variables").flatMap((variables) => childrenOf(variables, "Variable"));
  return elements.map((element) => {
    const type = { name: reading.text(element, "typeName"), module: reading.text(element, "typeModule") };
    return { name: reading.text(element, "name"), type, initial: initialOf(reading, element, type.name) };
  });
}

/** An empty text is no initial value: exports write the attribute for every variable. */
function initialOf(reading: XmlReading, element: XmlElement, type: string): Variable["initial"] {
  const text = reading.text(element, "initialValue");
  if (text === "") return null;
  const value = text.trim();
  if (type === "Boolean" && /^(true|false)$/i.test(value)) return /^true$/i.test(value);
  if (type === "Integer" && /^[+-]?\d{1,15}$/.test(value)) return Number(value);
  if (type === "Numeric" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  if (type === "Boolean" || type === "Integer" || type === "Numeric") {
    const message = l10n.t(
      'Line {0}: the initial value "{1}" of {2} is no {3}; it is kept as text.',
      element.line,
      shorten(text),
      reading.text(element, "name"),
      type,
    );
    reading.report("xml-initial-value", "warning", message, { line: element.line });
  }
  return text;
}
