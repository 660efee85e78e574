import { type Disposable, type InputBox, l10n, type Memento, type SecretStorage, Uri, window } from "vscode";
import type { PackageStore } from "./packageStore";
import { baseName } from "./packageUri";

/** URIs of packages whose passwords are in the secret storage, which does not list what it holds. */
const rememberedKey = "packages.remembered";

const secretKey = (uri: string): string => `package-password ${uri}`;

/**
 * Passwords of packages: asked for in an input box that hides them, held by the language server's memory alone,
 * and kept in VS Code's secret storage only when the user says so.
 */
export class Passwords {
  constructor(
    private readonly secrets: SecretStorage,
    private readonly memory: Memento,
  ) {}

  async remembered(uri: Uri): Promise<string | undefined> {
    if (!this.list().includes(uri.toString())) return undefined;
    return await this.secrets.get(secretKey(uri.toString()));
  }

  /** Asks until the password is right or the user gives up. Answers whether the package is open now. */
  async ask(store: PackageStore, uri: Uri): Promise<boolean> {
    const password = await new PasswordBox(store, uri).show();
    if (password === undefined) return false;
    if (password === "") return true;
    const before = await this.remembered(uri);
    if (before === undefined) void this.offer(uri, password);
    // The file is another one now, and so is its password.
    else if (before !== password) await this.secrets.store(secretKey(uri.toString()), password);
    return true;
  }

  /** Forgets one, in the server and in the secret storage. */
  async forget(store: PackageStore, uri: Uri): Promise<void> {
    await this.secrets.delete(secretKey(uri.toString()));
    await this.keep(this.list().filter((each) => each !== uri.toString()));
    await store.lock(uri);
  }

  /** Forgets all that are remembered or in use. Answers how many were remembered. */
  async forgetAll(store: PackageStore): Promise<number> {
    const remembered = this.list();
    for (const uri of remembered) await this.secrets.delete(secretKey(uri));
    await this.keep([]);
    const uris = new Set([...remembered, ...store.all().map(({ uri }) => uri.toString())]);
    for (const uri of uris) await store.lock(Uri.parse(uri, true));
    return remembered.length;
  }

  /** A message, not a question: who does not answer keeps nothing. */
  private async offer(uri: Uri, password: string): Promise<void> {
    const keep = l10n.t("Remember Password");
    const chosen = await window.showInformationMessage(
      l10n.t("{0} is unlocked. Remember its password in VS Code's secret storage?", baseName(uri)),
      keep,
    );
    if (chosen !== keep) return;
    await this.secrets.store(secretKey(uri.toString()), password);
    await this.keep([...new Set([...this.list(), uri.toString()])]);
  }

  private list(): readonly string[] {
    return this.memory.get<readonly string[]>(rememberedKey, []);
  }

  private async keep(list: readonly string[]): Promise<void> {
    await this.memory.update(rememberedKey, list);
  }
}

/** One input box that stays until the password is right. */
class PasswordBox implements Disposable {
  private readonly box: InputBox = window.createInputBox();

  constructor(
    private readonly store: PackageStore,
    private readonly uri: Uri,
  ) {
    this.box.title = l10n.t("Password of {0}", baseName(uri));
    this.box.prompt = l10n.t("The password that was given when the package was exported");
    this.box.password = true;
    this.box.ignoreFocusOut = true;
  }

  /** The right password, "" when none is needed; undefined when the user gave up. */
  async show(): Promise<string | undefined> {
    try {
      return await new Promise((resolve, reject) => {
        this.box.onDidChangeValue(() => (this.box.validationMessage = undefined));
        this.box.onDidAccept(() => this.tryOut().then((done) => done !== undefined && resolve(done), reject));
        this.box.onDidHide(() => resolve(undefined));
        this.box.show();
      });
    } finally {
      this.dispose();
    }
  }

  dispose(): void {
    this.box.dispose();
  }

  private async tryOut(): Promise<string | undefined> {
    const { value } = this.box;
    if (value === "") {
      this.box.validationMessage = l10n.t("Type the password, or press Escape.");
      return undefined;
    }
    this.box.busy = true;
    this.box.enabled = false;
    try {
      const verdict = await this.store.unlock(this.uri, value);
      if (verdict === "right") return value;
      if (verdict === "not-needed") return "";
      this.box.validationMessage = l10n.t("The password is wrong. Upper and lower case matter.");
      return undefined;
    } finally {
      this.box.busy = false;
      this.box.enabled = true;
    }
  }
}
