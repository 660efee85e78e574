import { Disposable, type ExtensionContext, l10n, Uri, window } from "vscode";
import type { Compare } from "../compare/compare";
import type { Dialer } from "../dialer/dialer";
import type { Server } from "../server";
import { PackageCommands } from "./commands";
import { ComparisonView } from "./comparisonView";
import { Extractor } from "./extraction";
import { ExtractionPlans } from "./extractionPlans";
import { HexDocuments } from "./hexDocuments";
import { MigratorPanel } from "./migratorPanel";
import { ItemOpener } from "./openItem";
import { PairOpener } from "./openPair";
import { PackageEditors } from "./packageEditor";
import { PackageFiles } from "./packageFiles";
import { PackageStore } from "./packageStore";
import { PackagesView } from "./packagesView";
import { baseName } from "./packageUri";
import { Passwords } from "./passwords";

/** Everything about packages: their editor, the views, the files inside, commands, the form for the Migrator. */
export function startPackages(
  server: Server,
  { extensionUri, secrets, globalState }: ExtensionContext,
  { compare, dialer }: { readonly compare: Compare; readonly dialer: Dialer },
): Disposable {
  const media = Uri.joinPath(extensionUri, "dist", "media");
  const passwords = new Passwords(secrets, globalState);
  const store = new PackageStore(server, (uri) => passwords.remembered(uri));
  const plans = new ExtractionPlans();
  const view = new PackagesView(store);
  const comparison = new ComparisonView();
  const form = new MigratorPanel(media, server);
  const commands = new PackageCommands({
    server,
    store,
    passwords,
    view,
    comparison,
    extractor: new Extractor(server, store, passwords, plans),
    opener: new ItemOpener(server, store, passwords),
    pairs: new PairOpener(server, store, compare, dialer),
    form,
  });
  return Disposable.from(
    store,
    plans,
    view,
    comparison,
    form,
    commands,
    new PackageEditors(media, store, commands),
    new PackageFiles(server, store, askOnce(store, passwords)),
    new HexDocuments(store),
  );
}

/** Offers to give the password when a file could not be read without it; once a package, not for every file. */
function askOnce(store: PackageStore, passwords: Passwords): (uri: Uri) => void {
  const asked = new Set<string>();
  return (uri) => {
    if (asked.has(uri.toString())) return;
    asked.add(uri.toString());
    const give = l10n.t("Give Password...");
    void window
      .showWarningMessage(l10n.t("{0} is encrypted, so a file in it cannot be shown.", baseName(uri)), give)
      .then(async (chosen) => {
        if (chosen === give) await passwords.ask(store, uri);
      })
      .then(
        () => asked.delete(uri.toString()),
        () => asked.delete(uri.toString()),
      );
  };
}
