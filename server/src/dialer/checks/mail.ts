import * as l10n from "@vscode/l10n";
import { field, fields } from "../model";
import { sources } from "../sources";
import { isMail } from "../partTypes";
import { type Check, called, finding, headOf } from "./check";

/** What the import fills in where a 2.4 or 3.0 e-mail rule has no From. */
export const migratedFrom = "Do.Not.Reply@inin.com";

/** E-mail rules and behaviors whose From is missing or still the one that migration fills in. */
export const mail: Check = {
  *part(part, { model: { text } }) {
    if (!isMail(text, part)) return;
    const from =
      field(text, part, "emailfrom") ??
      fields(text, part, (name) => name === "from" || name === "mailfrom")[0];
    if (!from || from.value === "") {
      const at = from && from.end > from.start ? from : headOf(part);
      yield finding(
        "mail-without-from",
        "warning",
        at,
        l10n.t(
          "The e-mail of {0} has no From. Dialer 2.4 and 3.0 had none; the import fills in {1}: set the sender you want.",
          called(part),
          migratedFrom,
        ),
        "inferred",
        sources.postMigration,
      );
    } else if (from.value.toLowerCase() === migratedFrom.toLowerCase()) {
      yield finding(
        "mail-default-from",
        "warning",
        from,
        l10n.t(
          "The e-mail of {0} is sent from {1}, which migration filled in. Set your own sender.",
          called(part),
          migratedFrom,
        ),
        "documented",
        sources.postMigration,
      );
    }
  },
};
