import { commands, type Disposable, Uri } from "vscode";
import { guarded } from "../guarded";
import type { Server } from "../server";

/** Registers a command of the extension by the name after its prefix. */
export type Register = (name: string, action: (...args: never[]) => unknown) => Disposable;

export function registrar(server: Server): Register {
  return (name, action) =>
    commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
      guarded(server, () => action(...args)),
    );
}

/** Files that a menu hands to a command: those selected, else the one it was opened on. */
export function filesOf(given: unknown, selected: unknown): Uri[] {
  const several = Array.isArray(selected) ? selected.filter((each): each is Uri => each instanceof Uri) : [];
  return several.length > 0 ? several : given instanceof Uri ? [given] : [];
}
