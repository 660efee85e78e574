import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import { componentById, componentNamed, unfulfilled } from "../checks/components";
import { installRootByName } from "../extraction/installRoot";
import { isPackageFileName, parsePackageName } from "../packageName";
import type { Argument, ConsoleLine, Token } from "./line";
import { type ConsoleOption, consoleOption, consoleOptions, similarOption } from "./options";
import type { ConsoleCode, ConsoleRule } from "./rules";

/** A mistake in a command line; place and length mark the piece that is wrong. */
export interface ConsoleFinding extends Problem {
  readonly code: ConsoleCode;
  readonly length: number;
}

/** What else is known of the script around the line. */
export interface ScriptContext {
  /** Environment variables that the script itself sets to a text, in lower case. */
  readonly setHere: ReadonlySet<string>;
  /** False for a line that is typed. */
  readonly inScript: boolean;
  /** Names of the options by which calls before this one chose Tracker Config. */
  readonly trackerBefore: ReadonlySet<string>;
}

const alone: ScriptContext = { setHere: new Set(), inScript: false, trackerBefore: new Set() };

export function checkConsoleLine(line: ConsoleLine, context: ScriptContext = alone): ConsoleFinding[] {
  const checker = new LineChecker(line, context);
  return checker.run();
}

/** The option by which the call chooses Tracker Config, by name or with all nodes. */
export function choosesTracker(line: ConsoleLine): string | undefined {
  for (const { name = "", value = "" } of line.arguments) {
    const option = consoleOption(name);
    if (option?.value !== "nodes") continue;
    if (nodesIn(value).some((node) => /^all$/i.test(node) || componentNamed(node)?.id === "tracker"))
      return option.name;
  }
  return undefined;
}

function nodesIn(value: string): string[] {
  return value.split(",").map((node) => node.trim());
}

interface Given {
  readonly option: ConsoleOption;
  readonly argument: Argument;
}

class LineChecker {
  private readonly findings: ConsoleFinding[] = [];
  private readonly given = new Map<string, Given>();

  constructor(
    private readonly line: ConsoleLine,
    private readonly context: ScriptContext,
  ) {}

  run(): ConsoleFinding[] {
    let before: Argument | undefined;
    for (const argument of this.line.arguments) {
      this.take(argument, before);
      before = argument;
    }
    const mode = this.mode();
    if (mode) this.checkMode(mode);
    for (const { option, argument } of this.given.values()) this.checkValue(option, argument);
    return this.findings.sort(byPlace);
  }

  private take(argument: Argument, before: Argument | undefined): void {
    const { token, name } = argument;
    if (token.unclosed) {
      this.say(
        "quotes",
        "error",
        token,
        l10n.t(
          "a quote is not closed on this line. Printed examples break lines inside of values: write the command on one line, or end lines with ^ outside of quotes",
        ),
      );
    }
    if (name === undefined) {
      this.stray(argument, before);
      return;
    }
    if (!token.text.startsWith("-")) {
      this.say("dash", "error", token, l10n.t("options begin with a plain dash: write -{0}", name));
    }
    const option = consoleOption(name);
    if (!option) {
      const similar = similarOption(name);
      this.say(
        "unknown-option",
        "error",
        token,
        similar
          ? l10n.t("there is no option -{0}; -{1} may be meant", name, similar.name)
          : l10n.t("there is no option -{0}", name),
      );
      return;
    }
    if (this.given.has(option.name)) {
      this.say("twice", "error", token, l10n.t("-{0} is given twice", option.name));
      return;
    }
    this.given.set(option.name, { option, argument });
  }

  private stray({ token }: Argument, before: Argument | undefined): void {
    const bare = consoleOption(token.text.split("=")[0] ?? "");
    if (bare) {
      this.say(
        "dash",
        "warning",
        token,
        bare.name === "noprompt"
          ? l10n.t(
              "the dash is missing: write -{0}, or it has no effect. The examples in the guide print it without dash, its table of options with it",
              bare.name,
            )
          : l10n.t("the dash is missing: write -{0}, or it has no effect.", bare.name),
      );
      return;
    }
    const option = before?.name === undefined ? undefined : consoleOption(before.name);
    const message =
      option && option.value !== "none"
        ? before?.value === undefined
          ? l10n.t(
              'this is no option: the value of -{0} follows an equals sign, without blanks: -{0}="..."',
              option.name,
            )
          : l10n.t("this is no option: put the whole value of -{0} in quotes, it holds blanks", option.name)
        : l10n.t("this is no option");
    this.say("stray", "error", token, message);
  }

  private mode(): "export" | "import" | undefined {
    const [out, into] = [this.given.get("export"), this.given.get("import")];
    if (out && into) {
      this.say("both-modes", "error", into.argument.token, l10n.t("-export and -import exclude each other"));
      return undefined;
    }
    if (!out && !into) {
      this.say("no-mode", "error", this.line.program, l10n.t("neither -export nor -import is given"));
      return undefined;
    }
    return out ? "export" : "import";
  }

  private checkMode(mode: "export" | "import"): void {
    for (const { option, argument } of this.given.values()) {
      if (option.mode !== "both" && option.mode !== mode) {
        this.say(
          "wrong-mode",
          "warning",
          argument.token,
          l10n.t("-{0} belongs to -{1} and does nothing here", option.name, option.mode),
        );
      }
    }
    for (const option of consoleOptions) {
      if (option.mode !== mode || option.value === "none" || this.given.has(option.name)) continue;
      if (option.required === "yes")
        this.say(
          "missing",
          "error",
          this.line.program,
          l10n.t("-{0} is missing: {1}", option.name, option.text),
        );
      if (option.required === "advised") {
        this.say(
          "missing",
          "warning",
          this.line.program,
          l10n.t("-{0} is not given, as all examples of the guide do: {1}", option.name, option.text),
        );
      }
    }
    const quiet = this.given.get("noprompt");
    if (quiet && mode === "export") {
      this.say(
        "dialer",
        "information",
        quiet.argument.token,
        l10n.t(
          "with -noprompt the export skips the Dialer package: on a server with Interaction Dialer its data is missing, without a message",
        ),
      );
    }
    if (
      !quiet &&
      this.context.inScript &&
      !this.line.arguments.some(({ token }) => /^noprompt$/i.test(token.text))
    ) {
      this.say(
        "waits",
        "information",
        this.line.program,
        l10n.t("without -noprompt the program waits for a key, which a scheduled script cannot press"),
      );
    }
  }

  private checkValue(option: ConsoleOption, { token, value }: Argument): void {
    if (option.value === "none") {
      if (value !== undefined)
        this.say("value", "warning", token, l10n.t("-{0} takes no value", option.name));
      return;
    }
    if (value === undefined || value.trim() === "") {
      this.say("value", "error", token, l10n.t('-{0} needs a value: -{0}="..."', option.name));
      return;
    }
    if (option.name === "password") this.checkPassword(token, value);
    else if (option.value === "importmode") this.checkImportMode(token, value);
    else if (option.value === "nodes") this.checkNodes(option, token, value);
    else if (option.value === "path") this.checkPath(option, token, value);
  }

  private checkPassword(token: Token, value: string): void {
    const variable = /^[%!]([^%!]+)[%!]$/.exec(value)?.[1]?.toLowerCase();
    if (variable === undefined) {
      this.say(
        "password",
        "warning",
        token,
        l10n.t(
          'the password stands here for everyone who can read the file or the list of processes: take it from an environment variable, -password="%NAME%"',
        ),
      );
    } else if (this.context.setHere.has(variable)) {
      this.say(
        "password",
        "warning",
        token,
        l10n.t(
          "the script itself sets %{0}%, so the password stands in it for everyone who can read the file: set the variable outside",
          variable,
        ),
      );
    }
  }

  private checkImportMode(token: Token, value: string): void {
    if (isVariable(value) || value === "0") return;
    if (value === "1") {
      this.say(
        "recovery",
        "information",
        token,
        l10n.t(
          "recovery mode wants the same CIC version on both sides, takes names and default data sources as they are, and is not possible for Interaction Media Server",
        ),
      );
      return;
    }
    this.say("value", "error", token, l10n.t("-importmode is 0 (migration) or 1 (recovery)"));
  }

  private checkNodes(option: ConsoleOption, token: Token, value: string): void {
    if (isVariable(value)) return;
    const nodes = nodesIn(value);
    if (nodes.some((node) => node === ""))
      this.say("nodes", "warning", token, l10n.t("there is a comma too many in the list of nodes"));
    const all = nodes.some((node) => /^all$/i.test(node));
    if (all) {
      if (nodes.length > 1)
        this.say("nodes", "warning", token, l10n.t("all stands for every node: the others are not needed"));
      return;
    }
    const present = new Set<string>();
    const unknown: string[] = [];
    for (const node of nodes.filter((name) => name !== "")) {
      const partIpa = /^ipa\\/i.test(node);
      const component = partIpa ? componentById("ipa") : componentNamed(node);
      if (partIpa)
        this.say(
          "partial-ipa",
          "warning",
          token,
          l10n.t(
            "only a part of IPA is chosen: Interaction Process Automation needs all of its items, choose IPA",
          ),
        );
      if (component) present.add(component.id);
      if (!partIpa && component?.spelling !== "printed") unknown.push(node);
    }
    for (const { component, needs, why } of unfulfilled(present)) {
      this.say(
        "dependency",
        "warning",
        token,
        l10n.t(
          "{0} without {1}: {2}",
          componentById(component)?.node ?? component,
          componentById(needs)?.node ?? needs,
          why,
        ),
      );
    }
    if (present.has("admin") && !present.has("tracker") && !this.context.trackerBefore.has(option.name)) {
      this.say(
        "tracker-config",
        "warning",
        token,
        l10n.t(
          "AdminConfig without Tracker Config: the administrative data are imported only together with those of Tracker Config, or after them. Choose Tracker Config too, unless the target has its data already",
        ),
      );
    }
    if (unknown.length > 0) {
      this.say(
        "unknown-node",
        "information",
        token,
        l10n.t(
          "whether these nodes are spelt so cannot be told, because no list of all is public: {0}. Compare them with the list in Interaction Migrator",
          unknown.join(", "),
        ),
      );
    }
  }

  private checkPath(option: ConsoleOption, token: Token, value: string): void {
    if (!/^([A-Za-z]:[\\/]|\\\\[^\\]|[%!])/.test(value)) {
      this.say(
        "relative-path",
        "warning",
        token,
        l10n.t("-{0} wants a full path, such as D:\\Migration", option.name),
      );
      return;
    }
    if (option.name === "exportFolder" || option.name === "extractionfolder") {
      const reason = installRootByName(withKnownVariables(value));
      if (reason !== undefined) {
        this.say(
          "install-root",
          "error",
          token,
          l10n.t(
            "{0}: {1}, and files of the same name there would be overwritten. Choose another folder",
            value,
            reason,
          ),
        );
      }
    }
    if (option.name === "importfile") {
      const base = value.split(/[\\/]/).at(-1) ?? "";
      if (isVariable(base)) return;
      if (!isPackageFileName(base)) {
        this.say("importfile", "warning", token, l10n.t("packages end with .ininmigr"));
        return;
      }
      for (const { severity, message } of parsePackageName(base).problems)
        this.say("importfile", severity, token, message);
    }
  }

  private say(code: ConsoleRule, severity: Problem["severity"], token: Token, message: string): void {
    this.findings.push({
      code: `console/${code}`,
      severity,
      message,
      place: { line: token.line, column: token.column },
      length: token.length,
    });
  }
}

/**
 * A path with variables, for a judgement by what of it is fixed: those that Windows itself sets stand for what they
 * hold, `%X%:` for a drive, and `%~dp0` for a folder with its backslash. Others stay names that say nothing.
 */
function withKnownVariables(path: string): string {
  return path
    .replace(/^[%!](SystemDrive|HomeDrive)[%!]/i, "C:")
    .replace(/^[%!]Program(Files(\(x86\))?|W6432)[%!]/i, "C:\\Program Files")
    .replace(/^(%[^%]+%|![^!]+!|%%\w):/, "C:")
    .replace(/^%~\w*p\d/i, "$&\\");
}

function isVariable(value: string): boolean {
  return /[%!]/.test(value);
}

function byPlace(a: ConsoleFinding, b: ConsoleFinding): number {
  const line = (a.place?.line ?? 0) - (b.place?.line ?? 0);
  return line === 0 ? (a.place?.column ?? 0) - (b.place?.column ?? 0) : line;
}
