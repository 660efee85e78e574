/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

import type { PackageContents, PackageFinding } from "./packages";

/** Messages between the view of a package and the editor part: types only. */
export namespace PackageView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings; readonly language: string }
    | { readonly type: "show"; readonly contents: PackageContents }
    /** All findings, instead of those that came before, and what a verification showed, if there was one. */
    | {
        readonly type: "findings";
        readonly findings: readonly PackageFinding[];
        readonly verification?: { readonly text: string; readonly good: boolean };
      }
    /** Nothing to show; the message says why and what to do. */
    | { readonly type: "failed"; readonly message: string };

  export type Action = "password" | "forget" | "verify" | "compare" | "extractAll";

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "retry" }
    | { readonly type: "run"; readonly action: Action }
    | { readonly type: "extract"; readonly paths: readonly string[] }
    | { readonly type: "open"; readonly path: string; readonly copy?: number; readonly beside: boolean };

  /** Every text of the view, in the user's language. `{0}`, `{1}` are filled in by the view. */
  export type Strings = Readonly<Record<StringKey, string>>;

  export type StringKey =
    | "contents"
    | "help"
    | "reading"
    | "retry"
    | "cannotShow"
    | "empty"
    | "name"
    | "size"
    | "packed"
    | "modified"
    | "encryption"
    | "problems"
    | "filter"
    | "filterNone"
    | "filterCount"
    | "givePassword"
    | "forgetPassword"
    | "verify"
    | "extractSelected"
    | "extractSelectedCount"
    | "extractAll"
    | "compare"
    | "expandAll"
    | "collapseAll"
    | "server"
    | "exported"
    | "fileSize"
    | "files"
    | "filesAndBytes"
    | "protection"
    | "notEncrypted"
    | "encryptedWith"
    | "someNotEncrypted"
    | "locked"
    | "unlocked"
    | "oneFile"
    | "fileCount"
    | "folder"
    | "zip"
    | "closedZip"
    | "link"
    | "component"
    | "componentBadge"
    | "encryptedRow"
    | "error"
    | "warning"
    | "information"
    | "hint"
    | "oneProblem"
    | "problemCount"
    | "noProblems"
    | "hideProblems"
    | "showProblems"
    | "goTo"
    | "selectedCount"
    | "sorted"
    | "bytes";
}
