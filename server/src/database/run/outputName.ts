import { safeName } from "../runFolder";
import type { RunContext } from "./context";

/**
 * The name, in the run's folder `output`, of a file that a script writes with SPOOL or :OUT. Folders are dropped, so
 * two scripts of a run could mean different files by one name, or the same file by mistake: where there are several
 * scripts, the number of the script stands before the name, and no log is written over. It depends on nothing else,
 * so that a run that goes on finds its files again.
 */
export function outputName({ request }: Pick<RunContext, "request">, script: number, target: string): string {
  const { length } = request.scripts;
  const name = safeName(target);
  return length > 1 ? `${String(script + 1).padStart(String(length).length, "0")}-${name}` : name;
}
