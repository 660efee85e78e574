import * as l10n from "@vscode/l10n";
import type { SeverityOf } from "../ruleTable";
import type { PackageProblem } from "./entry";
import type { PackageRule, packageRules } from "./rules";

/**
 * What a package's file name says. Form `<server>_<MMDDYYYYHHMMSS>.ininmigr` (CIC Migration guide 2018 R5 and
 * Interaction Migrator Technical Reference 2023 R1, their examples); one printed example has 12 digits.
 */
export interface PackageName {
  readonly base: string;
  readonly server?: string;
  /** The digits. */
  readonly stamp?: string;
  /** The stamp as ISO 8601 local time of the server. */
  readonly exported?: string;
  readonly problems: readonly PackageProblem[];
}

const EXTENSION = /\.(?<extension>ininmigr|inimigr)(?<zip>\.zip)?$/i;

/** Both spellings, and both with `.zip` behind them. */
export function isPackageFileName(name: string): boolean {
  return EXTENSION.test(name);
}

/** Whether a file may be opened as a zip, to go by its name: packages, and what lies in them. */
export function isZipName(path: string): boolean {
  return /\.(zip|inin?migr)$/i.test(path);
}

/** @param now for tests; a stamp after tomorrow is questioned */
export function parsePackageName(base: string, now = new Date()): PackageName {
  const problems: PackageProblem[] = [];
  const say = <Code extends PackageRule>(
    code: Code,
    severity: SeverityOf<typeof packageRules, Code>,
    message: string,
  ): void => {
    problems.push({ code: `package/${code}`, severity, message: `${base}: ${message}` });
  };
  const extension = EXTENSION.exec(base);
  if (!extension) {
    say(
      "name-extension",
      "information",
      l10n.t("Interaction Migrator names its packages <server>_<stamp>.ininmigr"),
    );
    return { base, problems };
  }
  if (extension.groups?.["extension"]?.toLowerCase() === "inimigr") {
    say(
      "name-misspelt",
      "warning",
      l10n.t(
        "the extension is .inimigr. The guides print it so in places, but Interaction Migrator writes .ininmigr: rename the file before it is imported",
      ),
    );
  }
  if (extension.groups?.["zip"] !== undefined) {
    say(
      "name-zip",
      "information",
      l10n.t("it was renamed to .zip to look inside; Interaction Migrator wants .ininmigr"),
    );
  }
  const stem = base.slice(0, extension.index);
  const parts = /^(?<server>.+)_(?<stamp>\d+)$/.exec(stem)?.groups;
  const server = parts?.["server"];
  const stamp = parts?.["stamp"];
  if (server === undefined || stamp === undefined) {
    say(
      "name-stamp",
      "warning",
      l10n.t(
        "the name has no stamp (server, underscore, MMDDYYYYHHMMSS): it was renamed, so its age and server cannot be told",
      ),
    );
    return { base, problems };
  }
  if (stamp.length !== 14 && stamp.length !== 12) {
    say(
      "name-stamp",
      "warning",
      l10n.t("the stamp has {0} digits instead of 14 (MMDDYYYYHHMMSS)", stamp.length),
    );
    return { base, server, stamp, problems };
  }
  const exported = dateOf(stamp);
  if (exported === undefined) {
    say("name-stamp", "warning", l10n.t("the stamp {0} is no date in the form MMDDYYYYHHMMSS", stamp));
    return { base, server, stamp, problems };
  }
  if (new Date(exported).getTime() > now.getTime() + 24 * 60 * 60 * 1000) {
    say("name-stamp", "warning", l10n.t("the stamp {0} lies in the future ({1})", stamp, exported));
  }
  return { base, server, stamp, exported, problems };
}

function dateOf(stamp: string): string | undefined {
  const [, month, day, year, hour, minute, second = "00"] =
    /^(\d\d)(\d\d)(\d{4})(\d\d)(\d\d)(\d\d)?$/.exec(stamp) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  // 31 February becomes 3 March: only what survives the way there and back is a date.
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso) ? undefined : iso;
}
