import * as l10n from "@vscode/l10n";
import { phase } from "../model";

/** Before anything is exported: the plan, and the handlers. */
export const prepare = [
  phase("plan", l10n.t("Plan"), [
    {
      id: "support",
      title: l10n.t("Tell support about the migration"),
      detail: l10n.t("Site, contact, hardware, plan and backups."),
      proof: l10n.t("A case number."),
      source: "Notify PureConnect Customer Care…",
    },
    {
      id: "versions",
      title: l10n.t("Bring the source to the versions the migration starts from"),
      detail: l10n.t(
        "CIC 2.4 SU 33 or 3.0 SU 11 at least, Interactive Update 1.0 SU 11; Dialer 2.4 SU 19 or 3.0 SU 10; Conference 3.0 SU 3 on CIC 3.0 SU 14; Director 2.4 SU 3 on CIC 2.4 SU 35 or 3.0 SU 13.",
      ),
      tool: l10n.t("The About pages of the programs"),
      proof: l10n.t("A table with the version of every program."),
      source: "Minimum requirements…",
    },
    {
      id: "licences",
      title: l10n.t("Get the new licences"),
      detail: l10n.t(
        "CIC, media server, Dialer, Recorder Client Access: the upgrade request leads to the translation form, which is signed, and that to the production licence (host id, machine, system type, mail connector).",
      ),
      tool: l10n.t("Licence site"),
      proof: l10n.t("The .i3lic file is on the server."),
      source: "Obtain the CIC 4.0 license",
    },
    {
      id: "scenario",
      title: l10n.t("Decide on the scenario"),
      detail: l10n.t(
        "One-to-one is the supported one; Survey and Optimizer never many-to-one; no TDM, HMP only; a switchover pair becomes a new pair.",
      ),
      proof: l10n.t("The decision, written down."),
      source: "…migration scenarios; Telephony; Switchover",
    },
    {
      id: "lab",
      title: l10n.t("Build a lab that mirrors production"),
      detail: l10n.t("Virtual, so that snapshots can be taken: no migration tool can roll back."),
      proof: l10n.t("A snapshot of the lab as it is before the migration."),
      source: "Appendix A",
    },
    {
      id: "image",
      title: l10n.t("Download the Migration .iso of the target's release"),
      proof: l10n.t("Its version, noted."),
      source: "Migration package",
    },
  ]),
  phase("handlers", l10n.t("Handlers, before the export"), [
    {
      id: "inventory",
      title: l10n.t("Take an inventory of the handlers: modified base, or custom"),
      tool: l10n.t("Interaction Designer, the site's documentation"),
      proof: l10n.t("Every handler is classified."),
      source: "General methodology",
    },
    {
      id: "plan",
      title: l10n.t("Understand and minimise the changes, plan what is engineered anew"),
      needs: ["inventory"],
      proof: l10n.t("A list of changes for each handler."),
      source: "General methodology",
    },
    {
      id: "backup-custom",
      title: l10n.t("Back up the custom handlers"),
      detail: l10n.t("\\I3\\CIC\\Handlers\\Custom to \\Backup Files\\Handlers\\Custom."),
      tool: l10n.t("Copy"),
      proof: l10n.t("As many files, with the same content."),
      source: "Plan for and back up handler customizations",
    },
    {
      id: "backup-published",
      title: l10n.t("Back up the handlers published last"),
      detail: l10n.t("\\I3\\CIC\\Server\\Handlers\\*.ihd to \\Backup Files\\Handlers\\Running Handlers."),
      tool: l10n.t("Copy"),
      proof: l10n.t("As many files, with the same content."),
      source: "Back up most recently published handlers",
    },
    {
      id: "compare",
      title: l10n.t("Compare the old base handlers with the new ones"),
      detail: l10n.t("Needs the target's handlers; all handlers are closed in Designer."),
      tool: l10n.t("Interaction Designer > Utilities > Power Tools > Handler Diff, or here"),
      needs: ["target/install"],
      proof: l10n.t("The comparison, saved."),
      source: "Determine which handlers have changed",
    },
  ]),
] as const;
