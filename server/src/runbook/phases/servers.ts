import { phase } from "../model";

/** Out of the source server, and the target server made ready. */
export const servers = [
  phase("export", "Export the configuration of the source", [
    {
      id: "recorder-prep",
      title: "Run the Interaction Recorder migration prep utility",
      detail: "Only where the source is 3.0 before SU 14; from a folder outside \\I3\\CIC\\Server.",
      tool: "IRSvrCategoryU.exe",
      only: ["recorder"],
      proof: "DSEditU.exe shows CategoryXML in the class Interaction Recorder.",
      source: "Run the Interaction Recorder Migration Prep Utility",
    },
    {
      id: "migrator",
      title: "Install .NET and the right Interaction Migrator",
      tool: "Installer",
      proof: "The version on its Welcome page.",
      source: "Install Interaction Migrator",
    },
    {
      id: "dialer-files",
      title: "Copy Dialer's data links and configuration to the CIC or ODS server",
      detail:
        "The UDL folder to \\i3\\CIC\\server\\UDL and dialer_config.xml to \\i3\\CIC\\server, not over a share.",
      tool: "Copy",
      only: ["dialer"],
      proof: "Every .udl file that the configuration names is there.",
      provable: "udlFiles",
      source: "Complete Interaction Dialer pre-migration procedures",
    },
    {
      id: "site-ids",
      title: "Give each source its own site id, where several are consolidated",
      detail: "The script for the history comes from support, and first.",
      tool: "Interaction Administrator > Collective > Home Site",
      proof: "The ids differ.",
      source: "Change site ID on CIC 2.4/3.0 servers",
    },
    {
      id: "stop",
      title: "Stop the CIC service",
      detail: "Or use the stopped backup, or the console.",
      proof: "The service is stopped.",
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "export",
      title: "Export the configuration",
      detail:
        "Select All, and tick IPA by hand; into a folder other than the install root; with the folder of the handlers and a password.",
      tool: "Interaction Migrator",
      needs: ["migrator", "stop", "dialer-files"],
      proof: "One .ininmigr package that can be read to its end.",
      provable: "package",
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "dialer-package",
      title: "Load Dialer's configuration and create its migration package",
      tool: "Dialer page of Interaction Migrator",
      only: ["dialer"],
      needs: ["dialer-files"],
      proof: "The OK message.",
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "move",
      title: "Start the service again, move the package to safe media",
      needs: ["export"],
      proof: "The copy has the same hash.",
      source: "Export CIC 2.4/3.0 configuration data",
    },
  ]),
  phase("target", "Target server", [
    {
      id: "platform",
      title: "Prepare operating system, .NET and database platform",
      needs: ["plan/versions"],
      proof: "Everything is in the matrix of supported versions.",
      source: "…software requirements; Database server requirements CIC 2015 R1 or later",
    },
    {
      id: "install",
      title: "Install CIC and run Setup Assistant with a new database",
      detail:
        "Defaults and “create new database”, never “upgrade”; no dial plan, stations, users, workgroups, roles or attendant profiles; then restart.",
      tool: "Setup Assistant",
      needs: ["plan/licences", "platform"],
      proof: "Its last page says that it is completed.",
      source: "Make recommended selections…",
    },
    {
      id: "site-id",
      title: "Give the target a site id that differs from the source's",
      detail: "Otherwise users cannot be imported.",
      tool: "Interaction Administrator > Collective > Home Site",
      needs: ["install"],
      proof: "The ids differ.",
      source: "Change site ID on the CIC 2015 R1…",
    },
    {
      id: "network",
      title: "Name network card or team as on the source",
      tool: "Windows",
      proof: "The names are equal.",
      source: "Before you run Interaction Migrator…",
    },
    {
      id: "migrator",
      title: "Install Interaction Migrator on the target",
      tool: "Installer",
      proof: "Its version fits the target's.",
      source: "Install Interaction Migrator",
    },
    {
      id: "dialer",
      title: "Prepare the Dialer environment",
      detail:
        "Central Campaign Server and ODS; SQL Server: command line utilities x64 (BCP); Oracle: 32-bit client; a new .udl on the Central Campaign Server.",
      only: ["dialer"],
      needs: ["install"],
      proof: "BCP runs, and the test of the .udl is fine.",
      source: "Prepare the Interaction Dialer… Environment",
    },
  ]),
] as const;
