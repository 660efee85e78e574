/**
 * Must be empty before the first Tracker Configuration run. CIC Migration guide 2018 R5, "SQL Server pre-migration
 * procedures for CIC".
 */
export const trackerTables = [
  "Individual",
  "Location",
  "Organization",
  "AddrType",
  "AttributeType",
  "ConnectionType",
  "ConnSubType",
  "IndivType",
  "IntxType",
  "OrgType",
  "Title",
] as const;
