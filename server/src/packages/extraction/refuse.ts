import type { PackageProblem } from "../entry";
import type { PackageRule } from "../rules";

/** The one problem for which nothing is extracted. */
export function refuse(code: PackageRule, message: string, path?: string): PackageProblem[] {
  return [{ code: `package/${code}`, severity: "error", message, ...(path === undefined ? {} : { path }) }];
}
