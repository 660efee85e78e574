import * as l10n from "@vscode/l10n";
import { phase } from "../model";

/** Out of the source server, and the target server made ready. */
export const servers = [
  phase("export", l10n.t("Export the configuration of the source"), [
    {
      id: "recorder-prep",
      title: l10n.t("Run the Interaction Recorder migration prep utility"),
      detail: l10n.t("Only where the source is 3.0 before SU 14; from a folder outside \\I3\\CIC\\Server."),
      tool: "IRSvrCategoryU.exe",
      only: ["recorder"],
      proof: l10n.t("DSEditU.exe shows CategoryXML in the class Interaction Recorder."),
      source: "Run the Interaction Recorder Migration Prep Utility",
    },
    {
      id: "migrator",
      title: l10n.t("Install .NET and the right Interaction Migrator"),
      tool: l10n.t("Installer"),
      proof: l10n.t("The version on its Welcome page."),
      source: "Install Interaction Migrator",
    },
    {
      id: "dialer-files",
      title: l10n.t("Copy Dialer's data links and configuration to the CIC or ODS server"),
      detail: l10n.t(
        "The UDL folder to \\i3\\CIC\\server\\UDL and dialer_config.xml to \\i3\\CIC\\server, not over a share.",
      ),
      tool: l10n.t("Copy"),
      only: ["dialer"],
      proof: l10n.t("Every .udl file that the configuration names is there."),
      provable: "udlFiles",
      source: "Complete Interaction Dialer pre-migration procedures",
    },
    {
      id: "site-ids",
      title: l10n.t("Give each source its own site id, where several are consolidated"),
      detail: l10n.t("The script for the history comes from support, and first."),
      tool: "Interaction Administrator > Collective > Home Site",
      proof: l10n.t("The ids differ."),
      source: "Change site ID on CIC 2.4/3.0 servers",
    },
    {
      id: "stop",
      title: l10n.t("Stop the CIC service"),
      detail: l10n.t("Or use the stopped backup, or the console."),
      proof: l10n.t("The service is stopped."),
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "export",
      title: l10n.t("Export the configuration"),
      detail: l10n.t(
        "Select All, and tick IPA by hand; into a folder other than the install root; with the folder of the handlers and a password.",
      ),
      tool: "Interaction Migrator",
      needs: ["migrator", "stop", "dialer-files"],
      proof: l10n.t("One .ininmigr package that can be read to its end."),
      provable: "package",
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "dialer-package",
      title: l10n.t("Load Dialer's configuration and create its migration package"),
      tool: l10n.t("Dialer page of Interaction Migrator"),
      only: ["dialer"],
      needs: ["dialer-files"],
      proof: l10n.t("The OK message."),
      source: "Export CIC 2.4/3.0 configuration data",
    },
    {
      id: "move",
      title: l10n.t("Start the service again, move the package to safe media"),
      needs: ["export"],
      proof: l10n.t("The copy has the same hash."),
      source: "Export CIC 2.4/3.0 configuration data",
    },
  ]),
  phase("target", l10n.t("Target server"), [
    {
      id: "platform",
      title: l10n.t("Prepare operating system, .NET and database platform"),
      needs: ["plan/versions"],
      proof: l10n.t("Everything is in the matrix of supported versions."),
      source: "…software requirements; Database server requirements CIC 2015 R1 or later",
    },
    {
      id: "install",
      title: l10n.t("Install CIC and run Setup Assistant with a new database"),
      detail: l10n.t(
        "Defaults and “create new database”, never “upgrade”; no dial plan, stations, users, workgroups, roles or attendant profiles; then restart.",
      ),
      tool: "Setup Assistant",
      needs: ["plan/licences", "platform"],
      proof: l10n.t("Its last page says that it is completed."),
      source: "Make recommended selections…",
    },
    {
      id: "site-id",
      title: l10n.t("Give the target a site id that differs from the source's"),
      detail: l10n.t("Otherwise users cannot be imported."),
      tool: "Interaction Administrator > Collective > Home Site",
      needs: ["install"],
      proof: l10n.t("The ids differ."),
      source: "Change site ID on the CIC 2015 R1…",
    },
    {
      id: "network",
      title: l10n.t("Name network card or team as on the source"),
      tool: "Windows",
      proof: l10n.t("The names are equal."),
      source: "Before you run Interaction Migrator…",
    },
    {
      id: "migrator",
      title: l10n.t("Install Interaction Migrator on the target"),
      tool: l10n.t("Installer"),
      proof: l10n.t("Its version fits the target's."),
      source: "Install Interaction Migrator",
    },
    {
      id: "dialer",
      title: l10n.t("Prepare the Dialer environment"),
      detail: l10n.t(
        "Central Campaign Server and ODS; SQL Server: command line utilities x64 (BCP); Oracle: 32-bit client; a new .udl on the Central Campaign Server.",
      ),
      only: ["dialer"],
      needs: ["install"],
      proof: l10n.t("BCP runs, and the test of the .udl is fine."),
      source: "Prepare the Interaction Dialer… Environment",
    },
  ]),
] as const;
