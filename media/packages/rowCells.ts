import type { PackageRow, PackageView } from "../../server/src/protocol";
import { type Child, element } from "../flow/elements";
import { type Glyph, glyph } from "./glyphs";
import type { Column, RowFindings } from "./rows";
import { number, say, size, time } from "./text";

export interface Cell {
  readonly column: Column;
  readonly content: readonly Child[];
  readonly title?: string | undefined;
}

export const columns: readonly { readonly column: Column; readonly label: PackageView.StringKey }[] = [
  { column: "name", label: "name" },
  { column: "size", label: "size" },
  { column: "packed", label: "packed" },
  { column: "modified", label: "modified" },
  { column: "encryption", label: "encryption" },
  { column: "problems", label: "problems" },
];

/** What the columns show of a row. */
export function cells(row: PackageRow, findings: RowFindings | undefined): readonly Cell[] {
  const { name, path, component, closed, modified, encryption, files } = row;
  return [
    {
      column: "name",
      title: closed ? `${path}\n${say("closedZip", closed)}` : path,
      content: [
        glyph(shapeOf(row)),
        element("span", { class: "label" }, name),
        component !== undefined && element("span", { class: "badge" }, badgeText(name, component)),
        files !== undefined && element("span", { class: "count" }, filesText(files)),
      ],
    },
    { column: "size", content: [size(row.size ?? 0)], title: say("bytes", number(row.size ?? 0)) },
    {
      column: "packed",
      content: [row.packed === undefined ? "" : size(row.packed)],
      title: row.packed === undefined ? undefined : say("bytes", number(row.packed)),
    },
    { column: "modified", content: [modified === undefined ? "" : time(modified)], title: modified },
    {
      column: "encryption",
      content: [row.encrypted && glyph("lock"), encryption ?? ""],
      title: encryption ?? (row.encrypted ? say("encryptedRow") : undefined),
    },
    {
      column: "problems",
      content: findings ? [glyph(findings.worst), number(findings.count)] : [],
      title: findings && countText(findings.count),
    },
  ];
}

/** A name that is the component's own need not be said twice. */
function badgeText(name: string, component: string): string {
  const own = name.replace(/\.\w{1,4}$/, "").toLowerCase();
  return own === component.toLowerCase() ? say("componentBadge") : component;
}

/** What a screen reader says of a row: all columns in a sentence. */
export function rowLabel(row: PackageRow, findings: RowFindings | undefined): string {
  const { name, kind, closed, component, files, modified, encryption, encrypted, link } = row;
  return [
    name,
    kind === "folder" && say("folder"),
    kind === "zip" && (closed === undefined ? say("zip") : say("closedZip", closed)),
    link && say("link"),
    component !== undefined && say("component", component),
    files !== undefined && filesText(files),
    size(row.size ?? 0),
    modified !== undefined && time(modified),
    encryption ?? (encrypted && say("encryptedRow")),
    findings && `${say(findings.worst)}, ${countText(findings.count)}`,
  ]
    .filter((part) => part)
    .join(", ");
}

export function filesText(files: number): string {
  return files === 1 ? say("oneFile") : say("fileCount", number(files));
}

export function countText(count: number): string {
  return count === 1 ? say("oneProblem") : say("problemCount", number(count));
}

function shapeOf({ kind, name, link }: PackageRow): Glyph {
  if (link) return "link";
  if (kind !== "file") return kind;
  if (/\.ihd$/i.test(name)) return "handler";
  return /\.(xml|txt|csv|log|ini|cfg|config|reg|sql|js|json|html?|bat|cmd|ps1)$/i.test(name)
    ? "text"
    : "file";
}
