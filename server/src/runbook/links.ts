/** What here does or checks a step: a command, a view to show, or a file to open. */
export interface Link {
  /** Without `handlerWorkbench.`. */
  readonly command?: string;
  /** Without `handlerWorkbench.`. */
  readonly view?: string;
  /** What the command is about, or what is opened: files of the workspace, as a glob. */
  readonly file?: string;
}

const packageFile = "**/*.ininmigr";
const dialerFile = "**/dialer_{config,backup}*.xml";

/** Best first. A link more is a line more. */
export const links: Readonly<Record<string, readonly Link[]>> = {
  "handlers/inventory": [{ command: "takeInventory" }, { view: "handlers" }],
  "handlers/plan": [{ command: "compareFolders" }, { view: "hints" }, { view: "dependencies" }],
  "handlers/backup-custom": [{ command: "backUpHandlers" }, { command: "compareFolders" }],
  "handlers/backup-published": [{ command: "backUpHandlers" }, { command: "compareFolders" }],
  "handlers/compare": [{ command: "compareFolders" }, { command: "carryForward" }],
  "export/dialer-files": [{ view: "dialer" }, { command: "showMigration", file: dialerFile }],
  "export/export": [
    { command: "verifyPackage", file: packageFile },
    { view: "packages" },
    { command: "buildMigratorCommand" },
  ],
  "export/dialer-package": [{ command: "openPackage", file: packageFile }],
  "export/move": [{ command: "comparePackage", file: packageFile }],
  "database/assistant": [{ command: "bindScriptsFolder" }, { command: "checkReadiness" }],
  "database/source-schema-sql": [{ view: "migrationScripts" }, { command: "runList" }],
  "database/source-schema-oracle": [{ view: "migrationScripts" }, { command: "runList" }],
  "database/clean-up-sql": [
    { view: "migrationScripts" },
    { command: "runProcedures" },
    { command: "showAudit" },
  ],
  "database/clean-up-oracle": [
    { view: "migrationScripts" },
    { command: "runProcedures" },
    { command: "showAudit" },
  ],
  "database/target-schema-sql": [{ view: "migrationScripts" }, { command: "runList" }],
  "database/target-schema-oracle": [{ view: "migrationScripts" }, { command: "runList" }],
  "database/recovery-model": [{ command: "checkReadiness" }, { command: "makeSetting" }],
  "database/tablespaces": [{ command: "checkReadiness" }, { file: "**/sqlnet.ora" }],
  "database/check-before": [{ command: "runList" }],
  "database/sql2000": [{ command: "runList" }],
  "database/query-timeout": [{ command: "checkReadiness" }, { command: "makeSetting" }],
  "database/migration-user": [{ command: "runList" }, { command: "checkReadiness" }],
  "database/tracker-empty": [{ command: "checkReadiness" }],
  "database/optimizer-empty": [{ command: "runScript" }],
  "database/migrate": [{ view: "generatedScripts" }, { command: "addGeneratedFolder" }],
  "database/increments": [{ view: "generatedScripts" }],
  "database/check-after": [{ command: "runList" }, { command: "compareRuns" }],
  "database/reset": [{ command: "makeSetting" }],
  "dialer/prepare": [{ view: "dialer" }, { command: "importConnections" }, { file: "**/tnsnames.ora" }],
  "dialer/workflows": [
    { command: "listWorkflows", file: dialerFile },
    { command: "removeDeletedWorkflows", file: dialerFile },
  ],
  "dialer/migrate": [
    { view: "generatedScripts" },
    { command: "showMigration", file: dialerFile },
    { command: "listWorkflows", file: dialerFile },
  ],
  "dialer/check": [{ command: "runList" }],
  "import/copy": [{ command: "verifyPackage", file: packageFile }],
  "import/import": [{ command: "openPackage", file: packageFile }, { command: "buildMigratorCommand" }],
  "import/dialer": [{ command: "compareDialer", file: dialerFile }],
  "review/custom-handlers": [
    { command: "prepareToBeMigrated" },
    { command: "moveMigrated" },
    { command: "carryForward" },
    { view: "hints" },
  ],
  "review/base-handlers": [
    { command: "carryForward" },
    { command: "chooseBaseFolder" },
    { command: "compareFolders" },
  ],
  "review/dialer": [{ command: "compareDialer", file: dialerFile }, { view: "dialer" }],
  "review/parameters": [{ command: "openPackage", file: packageFile }],
  "media/export": [{ command: "verifyPackage", file: packageFile }],
  "media/import": [{ command: "buildMigratorCommand" }],
  "conference/export": [{ command: "verifyPackage", file: packageFile }],
  "director/export": [{ command: "verifyPackage", file: packageFile }],
  "cut-over/lab": [{ command: "verifyPackage", file: packageFile }],
  "cut-over/users": [{ command: "comparePackage", file: packageFile }],
  "phones/push-file": [{ file: "**/push40.cfg" }],
  "phones/way-back": [{ file: "**/pushbackto30.cfg" }],
  "workstations/old-provider": [{ file: "**/InteractiveUpdate*.config" }],
  "one-x/ports": [{ file: "**/ports.txt" }],
  "one-x/java": [{ file: "**/*.reg" }],
};
