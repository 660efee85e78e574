import type { PackageProblem } from "../entry";

/** The one problem for which nothing is extracted. */
export function refuse(code: string, message: string, path?: string): PackageProblem[] {
  return [{ code: `package/${code}`, severity: "error", message, ...(path === undefined ? {} : { path }) }];
}
