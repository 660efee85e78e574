import { commands, Disposable, env, l10n, Uri, window } from "vscode";
import type { MigratorForm, PackageView } from "../../../server/src/protocol";
import { guarded } from "../guarded";
import type { Server } from "../server";
import { askForOther, comparePackages } from "./comparison";
import type { ComparisonDifference, ComparisonPair } from "./comparisonTree";
import type { ComparisonView } from "./comparisonView";
import type { ExtractionWish, Extractor } from "./extraction";
import type { MigratorPanel } from "./migratorPanel";
import type { ItemOpener } from "./openItem";
import type { PairOpener } from "./openPair";
import { openPackage } from "./packageEditor";
import type { PackageNode, PackagesView } from "./packagesView";
import type { PackageStore } from "./packageStore";
import type { Passwords } from "./passwords";
import { askForPackage, type Given, itemOf, packageOrAsk, type ViewContext } from "./targets";
import { verifyPackage } from "./verification";

export interface PackageParts {
  readonly server: Server;
  readonly store: PackageStore;
  readonly passwords: Passwords;
  readonly view: PackagesView;
  readonly comparison: ComparisonView;
  readonly extractor: Extractor;
  readonly opener: ItemOpener;
  readonly pairs: PairOpener;
  readonly form: MigratorPanel;
}

type GivenRow = PackageNode | ViewContext;
type ComparedRow = ComparisonPair | ComparisonDifference;

/** What packages can do, for commands and for the view of a package alike. */
export class PackageCommands implements Disposable {
  private readonly registrations: Disposable;

  constructor(private readonly parts: PackageParts) {
    this.registrations = this.register();
  }

  async run(action: PackageView.Action, uri: Uri): Promise<void> {
    await guarded(this.parts.server, async () => {
      switch (action) {
        case "password":
          return await this.givePassword(uri);
        case "forget":
          return await this.forgetPassword(uri);
        case "verify":
          return await this.verify(uri);
        case "compare":
          return await this.compare(uri);
        case "extractAll":
          return await this.parts.extractor.extract(uri, {});
      }
    });
  }

  async extract(uri: Uri, paths: readonly string[]): Promise<void> {
    await guarded(this.parts.server, () => this.parts.extractor.extract(uri, { paths }));
  }

  async open(uri: Uri, path: string, copy: number | undefined, beside: boolean): Promise<void> {
    await guarded(this.parts.server, () => this.parts.opener.open({ uri, path, copy, beside }));
  }

  dispose(): void {
    this.registrations.dispose();
  }

  private register(): Disposable {
    const { server, store, passwords, view, comparison, extractor, opener, pairs, form } = this.parts;
    const register = (name: string, action: (...args: never[]) => unknown): Disposable =>
      commands.registerCommand(`handlerWorkbench.${name}`, (...args: never[]) =>
        guarded(server, () => action(...args)),
      );
    /** Of commands that need a package: asks for one where none is given. */
    const withPackage =
      <Rest extends unknown[]>(action: (uri: Uri, ...rest: Rest) => Promise<void>) =>
      async (given: Given, ...rest: Rest): Promise<void> => {
        const uri = await packageOrAsk(given);
        if (uri) await action(uri, ...rest);
      };
    return Disposable.from(
      register("openPackage", async (given: Given) => {
        const uri = given === undefined ? await askForPackage() : await packageOrAsk(given);
        if (uri) await openPackage(uri);
      }),
      register(
        "givePackagePassword",
        withPackage((uri) => this.givePassword(uri)),
      ),
      register(
        "forgetPackagePassword",
        withPackage((uri) => this.forgetPassword(uri)),
      ),
      register("forgetAllPackagePasswords", async () => {
        const count = await passwords.forgetAll(store);
        void window.showInformationMessage(
          l10n.t("All passwords of packages are forgotten; {0} were remembered.", count),
        );
      }),
      register(
        "verifyPackage",
        withPackage((uri) => this.verify(uri)),
      ),
      register(
        "extractPackage",
        withPackage((uri, wish?: unknown) => extractor.extract(uri, wishOf(wish))),
      ),
      register("extractPackageItem", async (given: GivenRow, nodes?: readonly PackageNode[]) => {
        const item = itemOf(given, nodes);
        if (item) await extractor.extract(item.uri, { paths: item.selected });
      }),
      register(
        "comparePackage",
        withPackage((uri, other?: unknown) => this.compare(uri, other)),
      ),
      register("swapPackageComparison", async () => {
        const { current } = comparison;
        if (current) await this.showComparison(current.new, current.old, true);
      }),
      register("closePackageComparison", () => comparison.close()),
      register("showIdenticalFiles", () => comparison.showIdentical(true)),
      register("hideIdenticalFiles", () => comparison.showIdentical(false)),
      register("openComparedFiles", (row: ComparedRow) => pairs.open(row)),
      register("openComparedFlows", (row: ComparedRow) => pairs.openFlows(row)),
      register("openComparedTexts", (row: ComparedRow) => pairs.openTexts(row)),
      register("openPackageItem", async (given: GivenRow) => {
        const item = itemOf(given);
        if (item) await opener.open(item);
      }),
      register("openPackageItemAsHex", async (given: GivenRow) => {
        const item = itemOf(given);
        if (item) await opener.openAsHex(item);
      }),
      register("copyPackagePath", async (given: GivenRow) => {
        const item = itemOf(given);
        if (item) await env.clipboard.writeText(item.path);
      }),
      register("refreshPackages", () => view.search()),
      register("buildMigratorCommand", (given?: unknown) => form.open(fieldsOf(given))),
    );
  }

  private async givePassword(uri: Uri): Promise<void> {
    const { store, passwords } = this.parts;
    const { contents } = await store.open(uri);
    if (!contents.encrypted) {
      void window.showInformationMessage(l10n.t("Nothing in this package is encrypted."));
      return;
    }
    await passwords.ask(store, uri);
  }

  private async forgetPassword(uri: Uri): Promise<void> {
    await this.parts.passwords.forget(this.parts.store, uri);
  }

  private async verify(uri: Uri): Promise<void> {
    const { server, store, passwords } = this.parts;
    await verifyPackage(server, store, passwords, uri);
  }

  /** `other` is what menus hand over: all resources that are selected, this one among them. */
  private async compare(uri: Uri, other?: unknown): Promise<void> {
    const given = (Array.isArray(other) ? other : [other]).filter((each) => each instanceof Uri);
    const chosen =
      given.find((each) => each.toString() !== uri.toString()) ??
      (await askForOther(uri, await this.parts.view.packages()));
    if (chosen) await this.showComparison(uri, chosen);
  }

  private async showComparison(one: Uri, other: Uri, ordered = false): Promise<void> {
    const { server, store, passwords, comparison } = this.parts;
    const made = await comparePackages(server, store, passwords, [one, other], ordered);
    if (made) await comparison.show(made);
  }
}

/** What other extensions and tests may give: nothing else than what it should be is taken. */
function wishOf(given: unknown): ExtractionWish {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return {};
  const { paths, to, keepZips } = given as Readonly<Record<string, unknown>>;
  return {
    ...(Array.isArray(paths) ? { paths: paths.filter((path) => typeof path === "string") } : {}),
    ...(to instanceof Uri ? { to } : {}),
    ...(typeof keepZips === "boolean" ? { keepZips } : {}),
  };
}

/** A package in the explorer is the one to import. */
function fieldsOf(given: unknown): Partial<MigratorForm> | undefined {
  const uri = given instanceof Uri ? given : undefined;
  return uri && { mode: "import", importFile: uri.fsPath };
}
