import { headerFields } from "../../../server/src/scripts/generated/header";

/** What can be changed in a generated script to make it wrong. */
export interface Parts {
  readonly fields?: Readonly<Record<string, string>>;
  readonly define?: string;
  readonly generated?: string;
  readonly empty?: string;
  readonly declare?: Readonly<Record<string, string>>;
  readonly insert?: string;
  readonly link?: string;
  readonly where?: string;
  /** Another statement of the block. */
  readonly more?: string;
}

const sample: Readonly<Record<string, string>> = {
  ...Object.fromEntries(headerFields.map((name) => [name, "NONE"])),
  HasSiteId: "Y",
  DateTimeColumn: "AGENTTIMEUTC",
  EndDateTime: "2013-03-13 00:00:00",
  TableHasData: "0",
  TimeZone: "(GMT-05:00) Eastern Time (US & Canada)",
  TargetSchema: "DIALER_40",
  TargetTable: "AGENTSTATS",
  DialerWorkflow: "flow1",
};

/** A script as the Database Migration Assistant generates it, right unless `parts` say otherwise. */
export function script(parts: Parts = {}): string {
  const fields = { ...sample, ...parts.fields };
  const declare = {
    v_TargetSchema: sample.TargetSchema,
    v_TargetTable: sample.TargetTable,
    v_DialerWorkflow: sample.DialerWorkflow,
    v_ZoneName: sample.TimeZone,
    ...parts.declare,
  };
  return [
    "SPool '&1'",
    parts.define ?? "SET DEFINE OFF",
    "/*",
    ...Object.entries(fields).map(([name, value]) => `${name.padEnd(28)}= ${value}`),
    "*/",
    `/* ${parts.generated ?? "2013-03-13 15:42:07.123456789."} */`,
    parts.empty ?? "/* Target table DIALER_40.AGENTSTATS is empty. */",
    "SET SERVEROUTPUT ON;",
    "DECLARE",
    "  v_RowCount NUMBER := 0;",
    ...Object.entries(declare).map(([name, value]) => `  ${name} VARCHAR2(255) := '${value ?? ""}';`),
    "BEGIN",
    `  INSERT /*+ APPEND */ INTO ${parts.insert ?? "DIALER_40.AGENTSTATS"} (SITEID, AGENTID)`,
    `  SELECT A.SITEID, A.AGENTID FROM DIALER.I3_FLOW1_AS0@${parts.link ?? "LINK30"} A, inin_migration.timezone tz`,
    `  WHERE tz.zone_name = v_ZoneName ${parts.where ?? ""};`,
    ...(parts.more === undefined ? [] : [`  ${parts.more}`]),
    "END;",
    "/",
    "SPOOL OFF",
    "",
  ].join("\n");
}
