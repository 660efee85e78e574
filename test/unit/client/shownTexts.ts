import { readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** A place where something is shown that no translation can reach. */
export interface Untranslated {
  /** `client/src/x.ts:12` */
  readonly place: string;
  /** `literal`: English in the code. `word`: a word of a closed set, or a kind, state..., shown as it is stored. */
  readonly kind: "literal" | "word";
  readonly text: string;
}

const root = resolve(__dirname, "../../..");

/** Properties and attributes that people see or hear, in tree items, quick picks, dialogs, pages and elements. */
const shownProperties = new Set(
  `label description detail tooltip title placeHolder placeholder prompt message openLabel saveLabel textContent
   innerText lead help note alt cells aria-label aria-description aria-roledescription aria-valuetext ariaLabel`.split(
    /\s+/,
  ),
);
/** Calls that show their arguments from this one on. */
const showing: readonly (readonly [name: RegExp, first: number])[] = [
  [/^show(?:Information|Warning|Error)Message$/, 0],
  [/^(?:TreeItem|Error|announce|status|breakable|createTextNode)$/, 0],
  [/^(?:t|say|tell|filled|spoken|fill|append|iconButton)$/, 1],
  [/^element$/, 2],
];
/** What things are called that hold a word of ours for programs. */
const programWords =
  /^(?:kind|state|status|severity|phase|outcome|relation|role|mode|verdict|direction|level)$/;
/** Reads as English: several words, or one that begins a label. Tags of HTML are not read. */
const isEnglish = (text: string): boolean =>
  /[A-Za-z]{2,}[,;:.]? +[A-Za-z]{2,}/.test(text.replace(/<[^>]*>/g, "\n")) || /^[A-Z][a-z]+/.test(text);

/** Names and others' words, which are the same in every language. */
const sameEverywhere = new Set([
  "Handler Workbench",
  ...["HTML", "Markdown", "JSON", "XML", "CSV", "DOT (Graphviz)", "HEAD"],
  ...["SQL Server", "Oracle", "sqlcmd", "SQL*Plus", "SYSDBA", "SYSOPER", "sysdba", "system"],
  ...["SQL Server (sqlcmd)", "Oracle (SQL*Plus)", "sqlcmd (SQL Server)", "SQL*Plus (Oracle)"],
  // How SQL Server's tools print an error, how the guide names procedures, what a generated script says.
  ...["Procedure ……", "Level …", "State …", "Delete_…_…", "Nulls", "Dups", "NONE"],
  // Code: of a batch file, of a page's policy, the name of an icon for prompts.
  ...["@echo off", "img-src blob:", "unmute"],
]);
const isSame = (text: string): boolean => sameEverywhere.has(text) || /^[\w./-]+\.\w+$/.test(text);

export interface Sources {
  /** Below the root of the product. */
  readonly folder: string;
  readonly config: string;
  /** Instead of files of the folder, or beside them. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Everything in a folder's sources that is shown without passing l10n. */
export function untranslatedIn({ folder, config, texts = new Map() }: Sources): Untranslated[] {
  const at = join(root, folder);
  const found = readdirSync(at, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(at, name));
  const made = new Map([...texts].map(([name, text]) => [join(at, name), text]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, config), ts.sys.readFile).config,
    ts.sys,
    join(root, config, ".."),
  );
  const host = ts.createCompilerHost(options, true);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => made.has(name) || fileExists(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = made.get(resolve(name));
    return text === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, text, language, true);
  };
  const program = ts.createProgram([...found, ...made.keys()], options, host);
  const scan = new Scan(program.getTypeChecker());
  const asked = made.size > 0 ? [...made.keys()] : found;
  for (const name of asked) scan.file(program.getSourceFile(name)!);
  return scan.found;
}

class Scan {
  readonly found: Untranslated[] = [];
  private readonly seen = new Set<ts.Node>();

  constructor(private readonly checker: ts.TypeChecker) {}

  file(file: ts.SourceFile): void {
    const visit = (node: ts.Node): void => {
      this.literal(node);
      for (const shown of shownBy(node)) this.shown(shown);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }

  /** English anywhere but where programs read it. */
  private literal(node: ts.Node): void {
    const text = textOf(node);
    if (text === undefined || !isEnglish(text) || isSame(text)) return;
    if (!isForPrograms(node) && !this.isWord(node as ts.Expression)) this.add("literal", node, text);
  }

  /** The types say that it is one of a few words. */
  private isWord(node: ts.Expression): boolean {
    const expected = this.checker.getContextualType(node);
    return expected !== undefined && wordsOf(expected).length > 0;
  }

  /** What is shown here, down to where it comes from. */
  private shown(node: ts.Expression): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isSpreadElement(node))
      return this.shown(node.expression);
    if (ts.isConditionalExpression(node)) return this.each(node.whenTrue, node.whenFalse);
    if (ts.isBinaryExpression(node)) return this.each(...shownOperands(node));
    if (ts.isTemplateExpression(node))
      return this.each(...node.templateSpans.map(({ expression }) => expression));
    if (ts.isArrayLiteralExpression(node)) return this.each(...node.elements);
    if (ts.isCallExpression(node)) {
      // [a, b].filter(...).join(", ")
      if (ts.isPropertyAccessExpression(node.expression) && /^(?:join|filter|trim)$/.test(nameOf(node)))
        this.shown(node.expression.expression);
      return;
    }
    if (ts.isStringLiteralLike(node)) {
      // Longer ones are found anywhere.
      const isShort = /[a-z]{2}/i.test(node.text) && !isEnglish(node.text);
      if (isShort && !isSame(node.text) && !this.isWord(node)) this.add("literal", node, node.text);
      return;
    }
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
    const from = ts.isIdentifier(node) ? this.initializer(node) : undefined;
    if (from) return this.shown(from);
    this.word(node);
  }

  private each(...nodes: readonly ts.Expression[]): void {
    for (const node of nodes) this.shown(node);
  }

  /** A name or property whose value is one of a few words, or is called as such are. */
  private word(node: ts.Identifier | ts.PropertyAccessExpression): void {
    const type = this.checker.getTypeAtLocation(node);
    const isSet = wordsOf(type).some((word) => /[a-z]{2}/i.test(word) && !isSame(word));
    const name = ts.isIdentifier(node) ? node.text : node.name.text;
    const isText = (type.flags & ts.TypeFlags.StringLike) !== 0;
    if (isSet || (isText && programWords.test(name))) this.add("word", node, node.getText());
  }

  /** What a constant of the same function or file is made from. */
  private initializer(node: ts.Identifier): ts.Expression | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
    const made = symbol?.valueDeclaration;
    return made && ts.isVariableDeclaration(made) && ts.isIdentifier(made.name)
      ? made.initializer
      : undefined;
  }

  private add(kind: Untranslated["kind"], node: ts.Node, text: string): void {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    const path = relative(root, file.fileName).split(sep).join("/");
    this.found.push({ place: `${path}:${line + 1}`, kind, text });
  }
}

/** A literal's text; what is filled in becomes `…`. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…");
}

const wordsOf = (type: ts.Type): string[] =>
  (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isStringLiteral() ? [each.value] : []));

/** Expressions whose value a node shows. */
function shownBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyAssignment(node))
    return isShownName(node.name) || isFactValue(node) ? [node.initializer] : [];
  if (ts.isShorthandPropertyAssignment(node)) return isShownName(node.name) ? [node.name] : [];
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    const isShown = ts.isPropertyAccessExpression(left) && isShownName(left.name);
    return operatorToken.kind === ts.SyntaxKind.EqualsToken && isShown ? [right] : [];
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const name = nameOf(node);
  const given = node.arguments ?? [];
  if (name === "setAttribute") {
    const [attribute, value] = given;
    return attribute && value && ts.isStringLiteral(attribute) && shownProperties.has(attribute.text)
      ? [value]
      : [];
  }
  const [, first] = showing.find(([each]) => each.test(name)) ?? [];
  // `status(text, tone)`: only the text.
  return first === undefined ? [] : given.slice(first, name === "status" ? 1 : undefined);
}

const isShownName = (name: ts.PropertyName | ts.MemberName): boolean =>
  (ts.isIdentifier(name) || ts.isStringLiteral(name)) && shownProperties.has(name.text);

/** `{ label, value }` of a page's facts; a field has an id, and its value is for programs. */
function isFactValue({ name, parent }: ts.PropertyAssignment): boolean {
  const has = (key: string): boolean => parent.properties.some((each) => each.name?.getText() === key);
  return name.getText() === "value" && has("label") && !has("id") && !isOption(parent);
}

/** Of a choice: `options: [{ value: "x", label: ... }]`. */
const isOption = ({ parent }: ts.ObjectLiteralExpression): boolean =>
  ts.isArrayLiteralExpression(parent) &&
  ts.isPropertyAssignment(parent.parent) &&
  parent.parent.name.getText() === "options";

function shownOperands({ left, right, operatorToken }: ts.BinaryExpression): readonly ts.Expression[] {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [left, right];
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [right];
    default:
      return [];
  }
}

/** The last part of what is called. */
function nameOf({ expression }: ts.CallExpression | ts.NewExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/** Attributes that only programs read. */
const attributes = /^(?:class|className|d|viewBox|transform|sandbox|contextValue|id|rel|points|aria-hidden)$/;

/** Texts of l10n, names of modules and types, what is compared, classes of elements. */
function isForPrograms(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTemplateSpan(parent)) return isForPrograms(parent.parent);
  if (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent)
  )
    return true;
  if (ts.isPropertyAssignment(parent))
    return parent.name === node || attributes.test(parent.name.getText().replaceAll('"', ""));
  if (ts.isConditionalExpression(parent)) return isForPrograms(parent);
  if (ts.isBinaryExpression(parent)) {
    const { left, operatorToken } = parent;
    if (/^[!=]==$/.test(operatorToken.getText())) return true;
    return ts.isPropertyAccessExpression(left) && attributes.test(left.name.text);
  }
  if (ts.isCallExpression(parent)) {
    const name = nameOf(parent);
    if (name === "t") return parent.arguments[0] === node;
    // A log is read with the code at hand.
    return (
      /^(?:querySelector\w*|matchMedia|closest)$/.test(name) ||
      /\blog\.\w+$/.test(parent.expression.getText())
    );
  }
  return false;
}
