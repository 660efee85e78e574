import { type Disposable, l10n, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import type { ExtractionChoice, PackageFinding, PackagePlanRequest } from "../../../server/src/protocol";
import { baseName } from "./packageUri";
import { sizeText } from "./sizes";

const scheme = "ininmigr-plan";

/** What an extraction would do, file by file, and what went wrong with one: read-only text. */
export class ExtractionPlans implements TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration: Disposable;
  private count = 0;

  constructor() {
    this.registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async show(uri: Uri, { to }: ExtractionChoice, plan: PackagePlanRequest.Result): Promise<void> {
    const existing = new Set(plan.existing);
    const fresh = l10n.t("new");
    const there = l10n.t("is there already");
    await this.open(l10n.t("Extraction Plan"), [
      l10n.t("From {0}", baseName(uri)),
      l10n.t("To {0}", to),
      l10n.t("{0} files, {1}", plan.files.length.toLocaleString(), sizeText(plan.bytes)),
      "",
      ...plan.unsafe.map(({ path, reason }) => l10n.t("left out: {0}, because {1}", path, reason)),
      ...(plan.unsafe.length > 0 ? [""] : []),
      ...plan.files.map(
        ({ path, size }) => `${existing.has(path) ? there : fresh}: ${path} (${sizeText(size)})`,
      ),
    ]);
  }

  async showFindings(title: string, findings: readonly PackageFinding[]): Promise<void> {
    await this.open(l10n.t("Extraction"), [title, "", ...findings.map(({ message }) => message)]);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.query) ?? l10n.t("This plan is gone; extract again to see a new one.");
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async open(title: string, lines: readonly string[]): Promise<void> {
    // Only the last one is of any use.
    this.texts.clear();
    const id = String(++this.count);
    this.texts.set(id, lines.join("\n"));
    const uri = Uri.from({ scheme, path: `/${title}`, query: id });
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }
}
