/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The form that builds calls of `ININ.Migrator.Console`: types and names only. */

/** A data component ("node") that an export or import can be told to take. */
export interface MigratorNode {
  readonly name: string;
  /** The guides print the name as the option takes it; otherwise it is only mentioned in their text. */
  readonly printed: boolean;
}

export interface MigratorOption {
  readonly name: string;
  readonly text: string;
}

/** Client to server: what the form offers. */
export namespace MigratorFormRequest {
  export const method = "handlerWorkbench/migratorForm" as const;
  export interface Result {
    readonly nodes: readonly MigratorNode[];
    readonly options: readonly MigratorOption[];
  }
}

/** What the form holds. A password is never part of it, only the name of the variable that holds it at run time. */
export interface MigratorForm {
  readonly mode: "export" | "import";
  readonly program: string;
  readonly allNodes: boolean;
  readonly nodes: readonly string[];
  readonly exportFolder: string;
  readonly customHandlerPath: string;
  readonly importFile: string;
  readonly extractionFolder: string;
  /** 0 migration, 1 recovery. */
  readonly importMode: 0 | 1;
  readonly devMode: boolean;
  readonly passwordVariable: string;
  readonly noPrompt: boolean;
}

export interface MigratorFinding {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
}

/** Client to server: the command line of a form. */
export namespace MigratorCommandRequest {
  export const method = "handlerWorkbench/migratorCommand" as const;
  export type Params = MigratorForm;
  export interface Result {
    readonly line: string;
    readonly findings: readonly MigratorFinding[];
    /** Nodes that chosen ones need, and why; they are in the line. */
    readonly added: readonly { readonly node: string; readonly because: string }[];
  }
}

/** Messages between the form and the editor part. */
export namespace MigratorView {
  export type ToView =
    | { readonly type: "strings"; readonly strings: Strings; readonly form: MigratorFormRequest.Result }
    | { readonly type: "start"; readonly fields: Partial<MigratorForm> }
    | { readonly type: "command"; readonly command: MigratorCommandRequest.Result }
    | { readonly type: "copied" }
    | { readonly type: "failed"; readonly message: string };

  export type ToEditor =
    | { readonly type: "ready" }
    | { readonly type: "changed"; readonly form: MigratorForm }
    | { readonly type: "copy"; readonly line: string }
    | { readonly type: "script"; readonly form: MigratorForm; readonly line: string };

  export type Strings = Readonly<Record<StringKey, string>>;

  export type StringKey =
    | "title"
    | "intro"
    | "mode"
    | "export"
    | "import"
    | "nodes"
    | "allNodes"
    | "chosenNodes"
    | "mentioned"
    | "otherNodes"
    | "otherNodesHint"
    | "neededBy"
    | "folders"
    | "exportFolder"
    | "customHandlerPath"
    | "importFile"
    | "extractionFolder"
    | "pathHint"
    | "importMode"
    | "migration"
    | "recovery"
    | "devMode"
    | "running"
    | "program"
    | "programHint"
    | "passwordVariable"
    | "passwordHint"
    | "noPrompt"
    | "command"
    | "copy"
    | "copied"
    | "script"
    | "noMistakes"
    | "mistakes"
    | "error"
    | "warning"
    | "information"
    | "hint"
    | "required";
}
