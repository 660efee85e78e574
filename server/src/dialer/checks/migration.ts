import { isOn, defaultConnection, defaultObjects, globalSettings } from "../vocabulary";
import { sources } from "../sources";
import { isPager, isStatistic } from "../partTypes";
import { valueOf } from "../model";
import { type Check, called, finding, headOf } from "./check";

/** What of a 2.4 or 3.0 configuration stays behind or needs hands. */
export const migration: Check = {
  *object(object, { model, verdicts, workflows, target }) {
    if (object.deleted) {
      const workflow = object.kind === "workflow";
      yield finding(
        workflow ? "deleted-workflow" : "deleted-object",
        workflow ? "warning" : "information",
        object.deleted,
        `${called(object)} is marked as deleted (${object.deleted.name}="${object.deleted.value}") and still in the ` +
          "file. Deleted objects stay until Dialer Tools, “Clean Up Deleted Configuration Objects”, removes them. " +
          "How Dialer marks them is inferred.",
        "inferred",
        sources.databaseConsiderations,
      );
    }
    const verdict = verdicts.get(object);
    if (verdict?.verdict === "stays behind") {
      yield finding(
        "campaign-stays-behind",
        "warning",
        headOf(object),
        `${called(object)} will not migrate: only campaigns in an Active workflow do, and ${verdict.why}. ` +
          "Which workflow holds a campaign is inferred from the file.",
        "inferred",
        sources.caveats,
      );
    } else if (verdict?.verdict === "unknown" && workflows.length > 0) {
      yield finding(
        "campaign-unclear",
        "information",
        headOf(object),
        `Whether ${called(object)} migrates cannot be read: ${verdict.why}. Look it up in Dialer.`,
        "inferred",
        sources.caveats,
      );
    }
    const { id } = object;
    const title = id === undefined ? undefined : defaultObjects.get(id);
    if (title !== undefined && id !== defaultConnection && id !== globalSettings) {
      yield finding(
        "default-stays-behind",
        target ? "hint" : "information",
        headOf(object),
        `The ${title} do not migrate from Dialer 2.4 or 3.0: of all default objects only [Default Connection] ` +
          `does. Set them again in 4.0.${target ? " (This file says it is 4.x already.)" : ""}`,
        "documented",
        sources.defaults,
      );
    }
    if (object.kind === "global settings" && /^[23]\./.test(model.version ?? "")) {
      yield finding(
        "source-version",
        "information",
        headOf(object),
        `Version ${model.version}: migration needs at least Dialer 2.4 SU 19 or 3.0 SU 10. The service update is ` +
          "not readable here; see the About page.",
        "documented",
        sources.minimum,
      );
    }
  },

  *part(part, { model, target }) {
    if (isPager(model.text, part)) {
      yield finding(
        "pager",
        "warning",
        headOf(part),
        `${called(part)}${inside(part)} sends a page. Pager rule actions and pager policy behaviors do not migrate: ` +
          "plan an e-mail or a handler instead. That this item is a pager is inferred from its type.",
        "inferred",
        sources.caveats,
      );
    }
    if (isStatistic(model.text, part) && isOn(valueOf(model.text, part, "enabled") ?? "1")) {
      yield finding(
        "statistic-by-hand",
        target ? "hint" : "information",
        headOf(part),
        `${called(part)}${inside(part)} depends on a statistic. Rule and policy statistics get only a minimal ` +
          "conversion: redo it by hand after the import.",
        part.kind === "rule" ? "documented" : "inferred",
        sources.postMigration,
      );
    }
  },
};

function inside(part: { readonly owner: Parameters<typeof called>[0] | undefined }): string {
  return part.owner ? ` of ${called(part.owner)}` : "";
}
