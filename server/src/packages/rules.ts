import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../ruleTable";

/** What is found in packages; the codes begin with `package/`. */
export const packageRules = {
  // The package as a file.
  "not-a-zip": [
    ["error", "information"],
    l10n.t("The file is no zip, so it is no package (an information for a file inside a package)."),
  ],
  damaged: ["error", l10n.t("The package is damaged.")],
  truncated: ["error", l10n.t("The package is cut off or empty.")],
  split: ["error", l10n.t("The file is one volume of a zip that was split.")],
  unsupported: ["error", l10n.t("The package is packed or encrypted in a way that is not read here.")],
  overlapping: ["error", l10n.t("Entries claim the same bytes, as in a zip bomb; they are not unpacked.")],
  "too-large": ["error", l10n.t("There is more than what is read or written here.")],
  "password-needed": ["error", l10n.t("The content is encrypted and no password was given.")],
  "wrong-password": ["error", l10n.t("The password is wrong.")],
  locked: ["information", l10n.t("Without the password only names and sizes are known.")],
  empty: ["error", l10n.t("The package holds no files.")],
  "duplicate-name": ["warning", l10n.t("Entries have the same name; only the first of each can be reached.")],
  "unsafe-names": [
    "warning",
    l10n.t("Entries have names that nothing is extracted under, as no exporter gives them."),
  ],
  "folder-link": ["information", l10n.t("A link or device in a folder is not compared.")],
  // Its name.
  "name-extension": ["information", l10n.t("The name has not the extension of a package.")],
  "name-misspelt": ["warning", l10n.t("The extension is misspelt; the import wants .ininmigr.")],
  "name-zip": ["information", l10n.t("The package was renamed to .zip; the import wants .ininmigr.")],
  "name-stamp": ["warning", l10n.t("The name does not tell when the package was exported.")],
  "several-parts": [
    "warning",
    l10n.t("There are more packages of the same hour: the export may not have finished."),
  ],
  "newer-export": ["information", l10n.t("There is a newer export of the same server in the folder.")],
  // Its encryption.
  "not-encrypted": ["warning", l10n.t("Nothing in the package is encrypted.")],
  "partly-encrypted": ["warning", l10n.t("Some of the content is not encrypted.")],
  "weak-encryption": ["warning", l10n.t("Content is encrypted with ZipCrypto, which is broken.")],
  "other-encryption": [
    "information",
    l10n.t("Content is encrypted otherwise than Interaction Migrator does."),
  ],
  "unknown-encryption": ["warning", l10n.t("Content is encrypted in a way that cannot be read here.")],
  // Zips inside.
  "nested-damaged": ["error", l10n.t("A zip inside the package is damaged.")],
  "nested-overlapping": ["error", l10n.t("Entries of a zip inside claim the same bytes, as in a zip bomb.")],
  "nested-ratio": ["error", l10n.t("A zip inside would grow as zip bombs do; it stays closed.")],
  "nested-wrong-password": ["warning", l10n.t("The password does not open a zip inside the package.")],
  "nested-unsupported": [
    "warning",
    l10n.t("A zip inside is packed or encrypted in a way that is not read here."),
  ],
  "nested-too-large": ["warning", l10n.t("A zip inside is too large to be opened.")],
  "nested-truncated": ["warning", l10n.t("A zip inside is cut off or empty.")],
  "nested-split": ["warning", l10n.t("A zip inside is one volume of a zip that was split.")],
  "nested-depth": ["warning", l10n.t("A zip inside lies too deep to be opened.")],
  "nested-count": ["warning", l10n.t("There are more zips inside than are opened.")],
  // What an import makes of the content.
  "missing-component": [
    "warning",
    l10n.t("Something the package holds needs something that was not found in it."),
  ],
  "unknown-component": ["hint", l10n.t("The package holds items that public guides do not name.")],
  "migrated-names": [
    "warning",
    l10n.t("Items are left over from an earlier import and would be renamed again."),
  ],
  "import-handlers": ["information", l10n.t("Handlers are neither imported nor published.")],
  "import-server-parameters": [
    "information",
    l10n.t("Imported server parameters are renamed and have no effect so."),
  ],
  "import-ip-tables": ["information", l10n.t("Imported IP tables are renamed.")],
  "import-registration-groups": [
    "information",
    l10n.t("Imported registration groups of phones are renamed."),
  ],
  "import-data-sources": ["information", l10n.t("Default data sources and databases are not imported.")],
  "import-dial-plan": ["information", l10n.t("Dial plan files overwrite those of the target.")],
  "import-lra": ["information", l10n.t("LRA configuration files overwrite those of the target.")],
  "import-attendant": ["information", l10n.t("The Attendant profile of the target is overwritten.")],
  "import-users": ["information", l10n.t("Users are refused where the site ids are equal.")],
  "import-reports": ["information", l10n.t("Reports that the target has already are not imported.")],
  "import-structured-parameters": [
    "information",
    l10n.t("Secret structured parameters must be entered again."),
  ],
  "import-mail": ["information", l10n.t("Mail providers are imported inactive.")],
  "import-licences": ["information", l10n.t("License allocation comes along and needs adjusting.")],
  "import-ipa": ["information", l10n.t("Interaction Process Automation needs all of its items.")],
  "import-dialer": ["information", l10n.t("Parts of Interaction Dialer are dropped or must be set again.")],
  "import-recorder-key": [
    "information",
    l10n.t("A development target should not take over the recordings key."),
  ],
  "import-lines": [
    "information",
    l10n.t("Existing SIP lines keep their protocol and need the same network adapter."),
  ],
  "import-media-server": [
    "information",
    l10n.t("A media server's package must bear the media server's name."),
  ],
  // Server parameters.
  parameter: ["information", l10n.t("What is known about a server parameter of the package.")],
  "parameter-outdated": ["warning", l10n.t("A server parameter is outdated, or is set elsewhere now.")],
  "parameter-migrated": ["warning", l10n.t("A server parameter is left over from an earlier import.")],
  "parameter-unknown": ["information", l10n.t("Server parameters are in no public list.")],
  // Verification and extraction.
  "entry-damaged": ["error", l10n.t("The content of an entry is damaged.")],
  "entry-truncated": ["error", l10n.t("The content of an entry is cut off.")],
  "entry-overlapping": ["error", l10n.t("An entry claims the bytes of another and is not unpacked.")],
  "entry-unsupported": ["error", l10n.t("An entry is packed or encrypted in a way that is not read here.")],
  "entry-too-large": ["error", l10n.t("An entry is larger than what is read, or than it says it is.")],
  "entry-password-needed": ["error", l10n.t("An entry is encrypted and no password was given.")],
  "entry-wrong-password": ["error", l10n.t("An entry has another password.")],
  "entry-not-a-zip": ["error", l10n.t("An entry lies in something that is no zip.")],
  "entry-split": ["error", l10n.t("An entry lies in one volume of a zip that was split.")],
  "entries-failed": ["error", l10n.t("More entries cannot be read than are named.")],
  "not-verified": [
    "warning",
    l10n.t("Encrypted entries were not verified, because the password is missing."),
  ],
  "unsafe-name": ["error", l10n.t("An entry has a name that must not be written to disk.")],
  "install-root": [
    "error",
    l10n.t("Nothing is extracted where CIC is installed or onto the root of a drive."),
  ],
  "target-not-a-folder": ["error", l10n.t("The target of the extraction is no folder.")],
  "target-blocked": ["error", l10n.t("Something stands in the way of the extraction.")],
  "existing-files": ["error", l10n.t("The extraction would overwrite files.")],
  "nothing-chosen": ["error", l10n.t("Nothing in the package fits what was chosen.")],
  ratio: ["error", l10n.t("The package would grow as zip bombs do.")],
  "disk-full": ["error", l10n.t("The disk has not enough space for the extraction.")],
  "extract-cancelled": ["information", l10n.t("The extraction was cancelled and left nothing behind.")],
  "extract-failed": ["error", l10n.t("The extraction failed and left nothing behind.")],
} as const satisfies RuleTable;

export type PackageRule = keyof typeof packageRules;
export type PackageCode = `package/${PackageRule}`;

/** The codes after `import-`: what an import does with components. */
export type ImportCode = PackageRule extends infer Code
  ? Code extends `import-${infer Rest}`
    ? Rest
    : never
  : never;
