import * as l10n from "@vscode/l10n";
import { isOn, defaultConnection, defaultObjects, globalSettings } from "../vocabulary";
import { sources } from "../sources";
import { isPager, isStatistic } from "../partTypes";
import { type DialerPart, valueOf } from "../model";
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
        l10n.t(
          '{0} is marked as deleted ({1}="{2}") and still in the file. Deleted objects stay until Dialer Tools, “Clean Up Deleted Configuration Objects”, removes them. How Dialer marks them is inferred.',
          called(object),
          object.deleted.name,
          object.deleted.value,
        ),
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
        l10n.t(
          "{0} will not migrate: only campaigns in an Active workflow do, and {1}. Which workflow holds a campaign is inferred from the file.",
          called(object),
          verdict.why,
        ),
        "inferred",
        sources.caveats,
      );
    } else if (verdict?.verdict === "unknown" && workflows.length > 0 && !model.incomplete) {
      yield finding(
        "campaign-unclear",
        "information",
        headOf(object),
        l10n.t(
          "Whether {0} migrates cannot be read: {1}. Look it up in Dialer.",
          called(object),
          verdict.why,
        ),
        "inferred",
        sources.caveats,
      );
    }
    const { id } = object;
    const title = id === undefined ? undefined : defaultObjects.get(id);
    if (title !== undefined && id !== defaultConnection && id !== globalSettings) {
      const stays = l10n.t(
        "The {0} do not migrate from Dialer 2.4 or 3.0: of all default objects only [Default Connection] does. Set them again in 4.0.",
        title,
      );
      yield finding(
        "default-stays-behind",
        target ? "hint" : "information",
        headOf(object),
        target ? `${stays} ${l10n.t("(This file says it is 4.x already.)")}` : stays,
        "documented",
        sources.defaults,
      );
    }
    if (object.kind === "global settings" && /^[23]\./.test(model.version ?? "")) {
      yield finding(
        "source-version",
        "information",
        headOf(object),
        l10n.t(
          "Version {0}: migration needs at least Dialer 2.4 SU 19 or 3.0 SU 10. The service update is not readable here; see the About page.",
          model.version ?? "",
        ),
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
        l10n.t(
          "{0} sends a page. Pager rule actions and pager policy behaviors do not migrate: plan an e-mail or a handler instead. That this item is a pager is inferred from its type.",
          withOwner(part),
        ),
        "inferred",
        sources.caveats,
      );
    }
    if (isStatistic(model.text, part) && isOn(valueOf(model.text, part, "enabled") ?? "1")) {
      yield finding(
        "statistic-by-hand",
        target ? "hint" : "information",
        headOf(part),
        l10n.t(
          "{0} depends on a statistic. Rule and policy statistics get only a minimal conversion: redo it by hand after the import.",
          withOwner(part),
        ),
        part.kind === "rule" ? "documented" : "inferred",
        sources.postMigration,
      );
    }
  },
};

function withOwner(part: DialerPart): string {
  return part.owner ? l10n.t("{0} of {1}", called(part), called(part.owner)) : called(part);
}
