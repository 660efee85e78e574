import * as l10n from "@vscode/l10n";
import type { Surroundings } from "../surroundings";
import type { UdlReference } from "../connections";
import { udlState } from "../connections";
import { sources } from "../sources";
import { type Check, called, finding } from "./check";

/** The `.udl` files behind connections, and the Oracle aliases behind those. */
export const connections: Check = {
  *whole({ udl, surroundings, target }) {
    for (const reference of udl) {
      if (udlState(reference.file, surroundings) === "missing") {
        yield missing(reference, target);
      }
      const service = missingService(reference, surroundings);
      if (service !== undefined) {
        yield finding(
          "oracle-alias-missing",
          "warning",
          reference,
          l10n.t(
            "{0} names the Oracle service “{1}”, which the TNSNAMES.ORA at hand does not have. It must be there on the assistant's computer and on the 4.0 CIC server.",
            reference.file,
            service,
          ),
          "documented",
          sources.oracle,
        );
      }
    }
  },
};

function missing(reference: UdlReference, target: boolean): ReturnType<typeof finding> {
  const what = l10n.t(
    "{0} of {1} is neither beside this file nor in a UDL folder beside it.",
    reference.file,
    called(reference.owner),
  );
  if (target) {
    const where = l10n.t(
      "Dialer 4.0 looks for it in the folder udllocation of the global settings, on the server.",
    );
    return finding("udl-missing", "information", reference, `${what} ${where}`, "seen");
  }
  return finding(
    "udl-missing",
    "warning",
    reference,
    `${what} ${l10n.t(
      "The Database Migration Assistant will show “UDL Missing” and list its workflows as unavailable: copy the file from the Dialer server.",
    )}`,
    "documented",
    sources.databaseMigration,
  );
}

function missingService({ file }: UdlReference, surroundings: Surroundings): string | undefined {
  const service = surroundings.oracleServices?.get(file.toLowerCase());
  if (service === undefined || surroundings.tnsAliases === undefined) return undefined;
  // host:port/service and full descriptors need no alias.
  if (/[/():]/.test(service)) return undefined;
  const alias = service.toLowerCase();
  if (surroundings.tnsAliases.has(alias)) return undefined;
  // NAMES.DEFAULT_DOMAIN of sqlnet.ora adds a domain to a name without one.
  const inDomain = [...surroundings.tnsAliases].some((known) => known.startsWith(`${alias}.`));
  return inDomain ? undefined : service;
}
