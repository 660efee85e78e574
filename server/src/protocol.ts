/**
 * The requests and messages that the language server, the editor part and the views share: types and names only.
 */
export * from "./protocol/carry";
export * from "./protocol/catalogue";
export * from "./protocol/compare";
export * from "./protocol/dependencies";
export * from "./protocol/dialer";
export * from "./protocol/flow";
export * from "./protocol/grid";
export * from "./protocol/handlers";
export * from "./protocol/inventory";
export * from "./protocol/listing";
export * from "./protocol/migratorCommand";
export * from "./protocol/packageView";
export * from "./protocol/packages";
export * from "./protocol/page";
export * from "./protocol/resources";
export * from "./protocol/runbook";
export * from "./protocol/scripts";
