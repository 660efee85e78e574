/**
 * What here does or checks a step, best first: ids of commands (without `handlerWorkbench.`), or `view:` and the id of
 * a view to show. A link more is a line more.
 */
export const links: Readonly<Record<string, readonly string[]>> = {
  "handlers/inventory": ["view:handlers"],
  "handlers/plan": ["compareFolders", "view:handlers"],
  "handlers/backup-custom": ["compareFolders"],
  "handlers/backup-published": ["compareFolders"],
  "handlers/compare": ["compareFolders", "carryForward"],
  "export/dialer-files": ["view:dialer", "showMigration"],
  "dialer/prepare": ["view:dialer"],
  "dialer/workflows": ["listWorkflows", "removeDeletedWorkflows", "showMigration"],
  "dialer/migrate": ["showMigration", "listWorkflows"],
  "import/dialer": ["compareDialer"],
  "review/custom-handlers": ["carryForward", "configureRules", "view:handlers"],
  "review/base-handlers": ["carryForward", "compareFolders"],
  "review/dialer": ["compareDialer", "view:dialer"],
  "phones/push-file": ["checkAs"],
  "one-x/ports": ["checkAs"],
  "one-x/java": ["checkAs"],
  "one-x/clients": ["checkAs"],
};
