import { Uri } from "vscode";
import { packageScheme, type PackageRow } from "../../../server/src/protocol";
import type { PackageModel } from "./packageModel";

/** The URI of a file inside a package: its path begins with the package's name, its query is the package's URI. */
export function insideUri(uri: Uri, model: PackageModel, row: PackageRow): Uri {
  return Uri.from({
    scheme: packageScheme,
    path: `/${baseName(uri)}/${model.placeOf(row)}`,
    query: uri.toString(),
  });
}

/** The package of a file inside, and the file's place in it ("" = the package itself). */
export function outsideOf(uri: Uri): { readonly uri: Uri; readonly place: string } {
  const outside = Uri.parse(uri.query, true);
  const [, , ...place] = uri.path.split("/");
  return { uri: outside, place: place.join("/") };
}

export function baseName({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether a file is a package by its name; any zip can be opened as one. */
export function isPackageName(name: string): boolean {
  return /\.(ininmigr|inimigr)(\.zip)?$/i.test(name);
}

/** Packages of the workspace, as VS Code's patterns write it. */
export const packagePattern = "**/*.{ininmigr,inimigr,ininmigr.zip,inimigr.zip}";
