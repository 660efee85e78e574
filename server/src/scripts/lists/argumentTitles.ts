import * as l10n from "@vscode/l10n";
import type { ScriptArgument } from "../script";
import type { ArgumentName } from "./scriptLists";

/** What people read for names of ours. Only who shows arguments loads it. */
const titles: Readonly<Record<ArgumentName, string>> = {
  "data tablespace": l10n.t("data tablespace"),
  "index tablespace": l10n.t("index tablespace"),
  "schema owner": l10n.t("schema owner"),
  "owner password": l10n.t("owner password"),
  "host:port/service": l10n.t("host:port/service"),
  "action code": l10n.t("action code"),
  "CIC user": l10n.t("CIC user"),
  "CIC read-only user": l10n.t("CIC read-only user"),
  "user password": l10n.t("user password"),
  "read-only password": l10n.t("read-only password"),
  "target schema": l10n.t("target schema"),
  "migration user": l10n.t("migration user"),
  "migration password": l10n.t("migration password"),
  owner: l10n.t("owner"),
  "new site id": l10n.t("new site id"),
  "old site id": l10n.t("old site id"),
};

/** An argument of a list with what people read for it; the script's own names stay. */
export const titled = (argument: ScriptArgument): ScriptArgument =>
  Object.hasOwn(titles, argument.name)
    ? { ...argument, title: titles[argument.name as ArgumentName] }
    : argument;
