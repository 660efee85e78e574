import { l10n, type Uri, window } from "vscode";
import { PackageVerifyRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import type { PackageStore, Verification } from "./packageStore";
import { baseName } from "./packageUri";
import type { Passwords } from "./passwords";
import { Cancelled, withPackageProgress } from "./progress";
import { sizeText } from "./sizes";

/** Reads all content of a package and lets it prove itself. What that shows is with the package in the store. */
export async function verifyPackage(
  server: Server,
  store: PackageStore,
  passwords: Passwords,
  uri: Uri,
): Promise<void> {
  const { contents } = await store.open(uri);
  // Without the password only what is not encrypted can be proven; that is the user's choice.
  if (contents.locked) await passwords.ask(store, uri);
  try {
    const result = await withPackageProgress(
      server,
      l10n.t("Verifying {0}", baseName(uri)),
      (progress, token) =>
        server.request<PackageVerifyRequest.Result>(
          PackageVerifyRequest.method,
          { uri: uri.toString(), progress } satisfies PackageVerifyRequest.Params,
          token,
        ),
    );
    const said = textOf(result);
    store.verified(uri, result.findings, said);
    const show = said.good ? window.showInformationMessage : window.showWarningMessage;
    void show(`${baseName(uri)}: ${said.text}`);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  }
}

function textOf({ proven, locked, failed, bytes }: PackageVerifyRequest.Result): Verification {
  const counts = [proven.toLocaleString(), (proven + locked + failed).toLocaleString()] as const;
  if (failed > 0) {
    return {
      text: l10n.t("{0} entries are damaged; {1} of {2} were proven.", failed.toLocaleString(), ...counts),
      good: false,
    };
  }
  if (locked > 0) {
    return {
      text: l10n.t("{0} of {1} entries were proven; the others need the password.", ...counts),
      good: false,
    };
  }
  return {
    text: l10n.t("All {0} entries were proven intact ({1}).", proven.toLocaleString(), sizeText(bytes)),
    good: true,
  };
}
