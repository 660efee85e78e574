/** What one clean-up procedure found. */
export interface AuditFinding {
  /** The table whose rows were copied. */
  readonly table: string;
  readonly kind: "duplicates" | "nulls";
  /** The table that holds the copies, `<table>_d<YYMMDDHHMM>` or `_n...`. */
  readonly copy: string;
  readonly rows: number;
}

/**
 * Reads "Rows inserted into dbo.AgentActivityLog_d1305100353 = 7" out of a message of a clean-up procedure; CIC
 * Migration guide 2018 R5, "Complete duplicate/null clean up procedures … (SQL Server)". One message may hold several.
 */
export function auditFindings(message: string): AuditFinding[] {
  const pattern = /Rows inserted into \[?dbo\]?\.\[?((\w+)_(d|n)\d{10})\]?\s*=\s*(\d{1,15})/gi;
  return [...message.matchAll(pattern)].map(([, copy = "", table = "", kind, rows]) => ({
    table,
    kind: kind?.toLowerCase() === "n" ? "nulls" : "duplicates",
    copy,
    rows: Number(rows),
  }));
}
