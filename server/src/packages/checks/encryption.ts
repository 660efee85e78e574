import * as l10n from "@vscode/l10n";
import { type PackageEntry, type PackageProblem, someOf } from "../entry";
import type { PackageRule } from "../rules";
import type { Encryption } from "../zip/record";
import { REFERENCE } from "./components";

/**
 * Judges how content is encrypted. Migrator encrypts with AES-256 (Interaction Migrator Technical Reference 2023
 * R1, "Export Data Encryption"), so anything else was written by another program.
 */
export function checkEncryption(entries: readonly PackageEntry[]): PackageProblem[] {
  const byKind = new Map<Encryption, string[]>();
  let content = 0;
  for (const entry of entries) {
    if (entry.kind === "folder" || entry.size === 0) continue;
    // An open zip that lies in the clear is fine: what counts is what is in it.
    if (entry.kind === "zip" && entry.unopened === undefined && entry.encryption === "none") continue;
    content++;
    const kind = entry.encryption === "none" && entry.encrypted ? undefined : entry.encryption;
    if (kind === undefined) continue;
    const paths = byKind.get(kind);
    if (paths) paths.push(entry.path);
    else byKind.set(kind, [entry.path]);
  }
  const problems: PackageProblem[] = [];
  const say = (
    code: PackageRule,
    severity: PackageProblem["severity"],
    kind: Encryption,
    text: (items: string, some: string) => string,
  ): void => {
    const paths = byKind.get(kind);
    if (!paths) return;
    problems.push({
      code: `package/${code}`,
      severity,
      message: text(
        paths.length === content
          ? l10n.t("all of {0} items", content)
          : l10n.t("{0} of {1} items", paths.length, content),
        someOf(paths),
      ),
      path: paths[0] ?? "",
    });
  };
  if (byKind.get("none")?.length === content && content > 0) {
    problems.push({
      code: "package/not-encrypted",
      severity: "warning",
      message: l10n.t(
        "nothing in the package is encrypted: it was exported without password, or repacked. It holds the configuration and users of a whole server; keep it where only administrators can read it",
      ),
    });
  } else {
    say("partly-encrypted", "warning", "none", (items, some) =>
      l10n.t("{0} are not encrypted although others are: {1}", items, some),
    );
  }
  say("weak-encryption", "warning", "ZipCrypto", (items, some) =>
    l10n.t(
      "{0} are encrypted with ZipCrypto, which is broken; Interaction Migrator writes AES-256 ({1}), so the package was repacked: {2}",
      items,
      `${REFERENCE}, "Export Data Encryption"`,
      some,
    ),
  );
  for (const kind of ["AES-128", "AES-192"] as const) {
    say("other-encryption", "information", kind, (items, some) =>
      l10n.t(
        "{0} are encrypted with {1}; Interaction Migrator writes AES-256, so the package was repacked: {2}",
        items,
        kind,
        some,
      ),
    );
  }
  say("unknown-encryption", "warning", "unknown", (items, some) =>
    l10n.t("{0} are encrypted in a way that cannot be read here: {1}", items, some),
  );
  return problems;
}
