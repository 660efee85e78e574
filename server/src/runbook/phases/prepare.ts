import { phase } from "../model";

/** Before anything is exported: the plan, and the handlers. */
export const prepare = [
  phase("plan", "Plan", [
    {
      id: "support",
      title: "Tell support about the migration",
      detail: "Site, contact, hardware, plan and backups.",
      proof: "A case number.",
      source: "Notify PureConnect Customer Care…",
    },
    {
      id: "versions",
      title: "Bring the source to the versions the migration starts from",
      detail:
        "CIC 2.4 SU 33 or 3.0 SU 11 at least, Interactive Update 1.0 SU 11; Dialer 2.4 SU 19 or 3.0 SU 10; Conference 3.0 SU 3 on CIC 3.0 SU 14; Director 2.4 SU 3 on CIC 2.4 SU 35 or 3.0 SU 13.",
      tool: "The About pages of the programs",
      proof: "A table with the version of every program.",
      source: "Minimum requirements…",
    },
    {
      id: "licences",
      title: "Get the new licences",
      detail:
        "CIC, media server, Dialer, Recorder Client Access: the upgrade request leads to the translation form, which is signed, and that to the production licence (host id, machine, system type, mail connector).",
      tool: "Licence site",
      proof: "The .i3lic file is on the server.",
      source: "Obtain the CIC 4.0 license",
    },
    {
      id: "scenario",
      title: "Decide on the scenario",
      detail:
        "One-to-one is the supported one; Survey and Optimizer never many-to-one; no TDM, HMP only; a switchover pair becomes a new pair.",
      proof: "The decision, written down.",
      source: "…migration scenarios; Telephony; Switchover",
    },
    {
      id: "lab",
      title: "Build a lab that mirrors production",
      detail: "Virtual, so that snapshots can be taken: no migration tool can roll back.",
      proof: "A snapshot of the lab as it is before the migration.",
      source: "Appendix A",
    },
    {
      id: "image",
      title: "Download the Migration .iso of the target's release",
      proof: "Its version, noted.",
      source: "Migration package",
    },
  ]),
  phase("handlers", "Handlers, before the export", [
    {
      id: "inventory",
      title: "Take an inventory of the handlers: modified base, or custom",
      tool: "Interaction Designer, the site's documentation",
      proof: "Every handler is classified.",
      source: "General methodology",
    },
    {
      id: "plan",
      title: "Understand and minimise the changes, plan what is engineered anew",
      needs: ["inventory"],
      proof: "A list of changes for each handler.",
      source: "General methodology",
    },
    {
      id: "backup-custom",
      title: "Back up the custom handlers",
      detail: "\\I3\\CIC\\Handlers\\Custom to \\Backup Files\\Handlers\\Custom.",
      tool: "Copy",
      proof: "As many files, with the same content.",
      source: "Plan for and back up handler customizations",
    },
    {
      id: "backup-published",
      title: "Back up the handlers published last",
      detail: "\\I3\\CIC\\Server\\Handlers\\*.ihd to \\Backup Files\\Handlers\\Running Handlers.",
      tool: "Copy",
      proof: "As many files, with the same content.",
      source: "Back up most recently published handlers",
    },
    {
      id: "compare",
      title: "Compare the old base handlers with the new ones",
      detail: "Needs the target's handlers; all handlers are closed in Designer.",
      tool: "Interaction Designer > Utilities > Power Tools > Handler Diff, or here",
      needs: ["target/install"],
      proof: "The comparison, saved.",
      source: "Determine which handlers have changed",
    },
  ]),
] as const;
