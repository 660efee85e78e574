import type { PackageContents, PackageRow } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { glyph } from "./glyphs";
import { filesText } from "./rowCells";
import { number, say, size, time } from "./text";

/** What the package is: its name, where it is from, how much is in it, how it is protected. */
export class Header {
  readonly root = element("header", { class: "package-header" });
  private readonly title = element("h1");
  private readonly facts = element("dl");
  private readonly status = element("p", { class: "status", role: "status", hidden: true });

  constructor() {
    this.root.append(this.title, this.facts, this.status);
  }

  show(contents: PackageContents): void {
    const { base, server, exported, encrypted, locked, rows } = contents;
    const leaves = rows.filter(({ kind, closed }) => kind === "file" || closed !== undefined);
    const bytes = leaves.reduce((sum, row) => sum + (row.size ?? 0), 0);
    fill(this.title, encrypted && glyph(locked ? "lock" : "unlock"), base);
    fill(
      this.facts,
      ...fact("server", server),
      ...fact("exported", exported && time(exported)),
      ...fact("fileSize", size(contents.size)),
      ...fact("files", say("filesAndBytes", filesText(leaves.length), size(bytes))),
      ...fact("protection", protection(contents, leaves)),
    );
  }

  setStatus(status: { readonly text: string; readonly good: boolean } | undefined): void {
    this.status.hidden = status === undefined;
    if (!status) return;
    this.status.className = status.good ? "status good" : "status bad";
    fill(this.status, glyph(status.good ? "verify" : "warning"), status.text);
  }
}

function fact(label: Parameters<typeof say>[0], value: string | undefined): HTMLElement[] {
  return value ? [element("div", {}, element("dt", {}, say(label)), element("dd", {}, value))] : [];
}

function protection({ encrypted, locked, rows }: PackageContents, leaves: readonly PackageRow[]): string {
  if (!encrypted) return say("notEncrypted");
  const kinds = [...new Set(rows.flatMap(({ encryption }) => encryption ?? []))].join(", ");
  const open = leaves.filter((row) => !row.encrypted).length;
  const how = open > 0 ? say("someNotEncrypted", kinds, number(open)) : say("encryptedWith", kinds);
  return `${how} (${say(locked ? "locked" : "unlocked")})`;
}
