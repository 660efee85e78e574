import * as l10n from "@vscode/l10n";
import { isLeaf, type PackageEntry, type PackageProblem, printable, someOf } from "../entry";
import { planExtraction } from "../extraction/plan";
import type { Package } from "../package";
import { PackageFailure } from "../failure";
import { componentById, GUIDE, REFERENCE, unfulfilled } from "./components";
import { checkEncryption } from "./encryption";
import { type Components, findComponents } from "./foundComponents";
import {
  findServerParameters,
  type FoundParameter,
  mayHoldParameters,
  SEARCHED_BYTES,
} from "./findServerParameters";
import { importRules } from "./importRules";
import { explained, isMigratedName, withoutMigrated } from "./serverParameters";
import { checkSiblings } from "./siblings";

const REVIEW = `${GUIDE}, "Review migrated server parameters"`;

export interface PackageReport {
  readonly problems: readonly PackageProblem[];
  readonly components: Components;
  /** Server parameters in content that could be read. */
  readonly parameters: readonly FoundParameter[];
}

/**
 * Everything that can be said about a package before it is imported, but for the integrity of its entries, which
 * `verifyPackage` reads. Needs the password only to look for server parameters.
 * @throws the signal's reason when aborted
 */
export async function checkPackage(opened: Package, signal?: AbortSignal): Promise<PackageReport> {
  const { entries } = opened;
  const components = findComponents(entries, opened.name.server);
  const parameters = await readParameters(opened, signal);
  const problems = [
    ...opened.problems,
    ...opened.name.problems,
    ...(await checkSiblings(opened.file)),
    ...checkEncryption(entries),
    ...checkEmpty(opened),
    ...checkNames(opened),
    ...checkLocked(opened),
    ...checkComponents(components),
    ...checkImport(entries, components),
    ...checkMigratedNames(entries),
    ...checkParameters(parameters),
  ];
  return { problems, components, parameters };
}

/** A file without a single entry is a sound zip, and no export. */
function checkEmpty({ entries, unreadable }: Package): PackageProblem[] {
  if (unreadable || entries.some(isLeaf)) return [];
  return [
    {
      code: "package/empty",
      severity: "error",
      message: l10n.t(
        "the package holds no files: nothing was exported, or it is not the package. Export again",
      ),
    },
  ];
}

/** Names that try tricks are told before anybody extracts. How long the target's own path is cannot be known here. */
function checkNames(opened: Package): PackageProblem[] {
  const { refused } = planExtraction(opened, "", {}, "linux");
  if (refused.length === 0) return [];
  return [
    {
      code: "package/unsafe-names",
      severity: "warning",
      message: l10n.t(
        "{0} entries have names that nothing is extracted under, as no exporter gives them: {1}. Find out where the package comes from",
        refused.length,
        someOf(
          refused.map(({ entry, reason }) => l10n.t("{0} ({1})", printable(entry.path), reason)),
          3,
        ),
      ),
      path: refused[0]?.entry.path ?? "",
    },
  ];
}

function checkLocked(opened: Package): PackageProblem[] {
  if (!opened.locked) return [];
  const closed = opened.entries.filter(({ unopened }) => unopened?.reason === "password-needed");
  return [
    {
      code: "package/locked",
      severity: "information",
      message:
        closed.length === 0
          ? l10n.t("names and sizes are listed, contents need the password")
          : l10n.t(
              "names and sizes are listed, contents need the password; {0} zips inside stay closed ({1})",
              closed.length,
              someOf(closed.map(({ path }) => path)),
            ),
    },
  ];
}

function checkComponents({ found, unknown }: Components): PackageProblem[] {
  const problems: PackageProblem[] = [];
  const present = new Set(found.map(({ component }) => component.id));
  for (const { component, needs, why, source } of unfulfilled(present)) {
    const here = found.find((one) => one.component.id === component);
    problems.push({
      code: "package/missing-component",
      severity: "warning",
      message: l10n.t(
        "{0} is in the package, but no item named {1} was found: {2} ({3}). How packages are laid out inside is not public; if it is there under another name, this can be ignored",
        componentById(component)?.node ?? component,
        componentById(needs)?.node ?? needs,
        why,
        source,
      ),
      path: here?.path ?? "",
    });
  }
  if (unknown.length > 0 && found.length > 0) {
    problems.push({
      code: "package/unknown-component",
      severity: "hint",
      message: l10n.t(
        "{0} items at the top are none of the components that public guides name: {1}. There is no public list of all, so this is no fault",
        unknown.length,
        someOf(unknown),
      ),
      path: unknown[0] ?? "",
    });
  }
  return problems;
}

function checkImport(entries: readonly PackageEntry[], { found }: Components): PackageProblem[] {
  const problems: PackageProblem[] = [];
  const paths = new Map(found.map(({ component, path }) => [component.id, path]));
  const handlers = entries.filter(({ path }) => /\.ihd$/i.test(path)).map(({ path }) => path);
  if (handlers.length > 0) paths.set("handlers", handlers[0] ?? "");
  for (const rule of importRules) {
    const path = paths.get(rule.component);
    if (path === undefined) continue;
    const text =
      rule.component === "handlers" && handlers.length > 0
        ? l10n.t("{0} .ihd files; {1}", handlers.length, rule.text)
        : rule.text;
    const source = rule.mode === "migration" ? l10n.t("migration mode; {0}", rule.source) : rule.source;
    problems.push({
      code: `package/import-${rule.code}`,
      severity: "information",
      message: `${printable(path)}: ${text} (${source})`,
      path,
    });
  }
  return problems;
}

/** A source that was itself imported into once and never reviewed. */
function checkMigratedNames(entries: readonly PackageEntry[]): PackageProblem[] {
  const left = entries
    .map(({ path }) => path)
    .filter((path) => isMigratedName((path.split("/").at(-1) ?? "").replace(/\.\w{1,4}$/, "")));
  if (left.length === 0) return [];
  return [
    {
      code: "package/migrated-names",
      severity: "warning",
      message: l10n.t(
        "{0} items end with _migrated, left over from an earlier import into the source: {1}. Decide about them before exporting again, or they get the suffix twice ({2})",
        left.length,
        someOf(left),
        REVIEW,
      ),
      path: left[0] ?? "",
    },
  ];
}

function checkParameters(parameters: readonly FoundParameter[]): PackageProblem[] {
  const problems: PackageProblem[] = [];
  const unknown: string[] = [];
  for (const { name, path, known, migrated, how } of parameters) {
    if (migrated) {
      problems.push({
        code: "package/parameter-migrated",
        severity: "warning",
        message: l10n.t(
          "server parameter {0} is left over from an earlier import: it has no effect under this name. Compare it with {1}",
          printable(name),
          printable(withoutMigrated(name)),
        ),
        path,
      });
    }
    if (known) {
      const source = known.sources[0] ?? "";
      const gone = known.status !== "current" && known.status !== "new in 4.0";
      problems.push({
        code: gone ? "package/parameter-outdated" : "package/parameter",
        severity: gone ? "warning" : "information",
        message:
          how === "mention"
            ? l10n.t("server parameter {0} is mentioned: {1} ({2})", known.name, explained(known), source)
            : l10n.t("server parameter {0}: {1} ({2})", known.name, explained(known), source),
        path,
      });
    } else unknown.push(name);
  }
  if (unknown.length > 0) {
    problems.push({
      code: "package/parameter-unknown",
      severity: "information",
      message: l10n.t(
        "nothing is known here about {0} server parameters: {1}. The vendor's list of parameters is not public, so this does not mean that they are still valid: ask the vendor's Server Parameter Query ({2}; {3})",
        unknown.length,
        someOf(unknown),
        REVIEW,
        REFERENCE,
      ),
      path: parameters.find(({ known }) => !known)?.path ?? "",
    });
  }
  return problems;
}

async function readParameters(opened: Package, signal?: AbortSignal): Promise<FoundParameter[]> {
  const parameters: FoundParameter[] = [];
  const seen = new Set<string>();
  for (const entry of opened.entries) {
    if (!isLeaf(entry) || entry.size > SEARCHED_BYTES || !mayHoldParameters(entry.path)) continue;
    if (entry.encrypted && opened.locked) continue;
    try {
      const content = await opened.read(entry.path, SEARCHED_BYTES, signal);
      for (const parameter of findServerParameters(entry.path, content)) {
        const key = parameter.name.toLowerCase();
        if (!seen.has(key)) parameters.push(parameter);
        seen.add(key);
      }
    } catch (error) {
      // Damage is what verification reports; here it only means that nothing can be found.
      if (!(error instanceof PackageFailure)) throw error;
    }
  }
  return parameters;
}
