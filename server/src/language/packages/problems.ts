import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import type { Level } from "../../analysis/checks/rating";
import { printable } from "../../packages/entry";
import type { PackageFinding } from "../../protocol";
import { severities } from "../severities";

interface Found {
  readonly checked: readonly PackageFinding[];
  readonly verified: readonly PackageFinding[];
}

/** Publishes what is wrong with the packages that are looked at. A package has no lines: all of it is at its start. */
export class PackageProblems {
  private readonly found = new Map<string, Found>();

  /** @param rules the levels of the settings, by code */
  constructor(
    private readonly publish: (params: PublishDiagnosticsParams) => Promise<void>,
    private readonly rules: () => ReadonlyMap<string, Level>,
  ) {}

  /** What the settings make of findings. */
  rated(findings: readonly PackageFinding[]): PackageFinding[] {
    const rules = this.rules();
    return findings.flatMap((finding) => {
      const level = rules.get(finding.code) ?? finding.severity;
      return level === "off" ? [] : [{ ...finding, severity: level }];
    });
  }

  /** The settings changed. */
  async recheck(): Promise<void> {
    for (const [uri, found] of [...this.found]) await this.set(uri, found);
  }

  /** What was verified before was other content, perhaps. */
  async checked(uri: string, checked: readonly PackageFinding[]): Promise<void> {
    await this.set(uri, { checked, verified: [] });
  }

  async verified(uri: string, verified: readonly PackageFinding[]): Promise<void> {
    await this.set(uri, { checked: this.found.get(uri)?.checked ?? [], verified });
  }

  async clear(uri: string): Promise<void> {
    this.found.delete(uri);
    await this.publish({ uri, diagnostics: [] });
  }

  private async set(uri: string, found: Found): Promise<void> {
    this.found.set(uri, found);
    await this.publish({
      uri,
      diagnostics: this.rated([...found.checked, ...found.verified]).map(diagnosticOf),
    });
  }
}

function diagnosticOf({ severity, message, code, path }: PackageFinding): Diagnostic {
  const start = { line: 0, character: 0 };
  // Messages about an entry do not always name it.
  const name = printable(path ?? "");
  const place = message.includes(name) ? "" : ` (${name})`;
  return {
    range: { start, end: start },
    severity: severities[severity],
    source: "Handler Workbench",
    code,
    message: `${message}${place}`,
  };
}
