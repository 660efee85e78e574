import type { ExtensionContext } from "vscode";

/** Starts the features and nothing else. */
export function activate(_context: ExtensionContext): void {}

export function deactivate(): void {}
