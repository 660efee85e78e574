/** Vendor documents that findings and reports cite, by title and section. */
const guide = "CIC Migration guide 2018 R5";

export const sources = {
  caveats: `${guide}, “Interaction Dialer migration considerations and caveats”`,
  databaseMigration: `${guide}, “Migrate the Dialer 2.4/3.0 database”`,
  databaseConsiderations: `${guide}, “Dialer database migration considerations”`,
  postMigration: `${guide}, “Complete Interaction Dialer post-migration procedures”`,
  preMigration: `${guide}, “Complete Interaction Dialer pre-migration procedures”`,
  defaults: `${guide}, “Specify default settings for Interaction Dialer Manager containers”`,
  oracle: `${guide}, “Configure Oracle TNS names/Net Service names”`,
  minimum: `${guide}, “Minimum requirements”`,
  scripts: `${guide}, “Modify custom scripts”`,
  wrapUp: `${guide}, “Review and modify Wrap-up Categories and Codes”`,
  managerHelp: "Interaction Dialer Manager help",
  zoneMap: "Interaction Dialer Manager help, “Custom time zone map data sets”",
  tables: "Interaction Dialer Manager help, “Dialer tables”",
  configurationFile: "Interaction Dialer Manager help, “Configurations stored on the CCS”",
} as const;
