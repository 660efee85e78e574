import * as l10n from "@vscode/l10n";
import type { ObjectChange } from "./compare";
import type { UdlState } from "./connections";
import type { Fate } from "./migrationReport";
import type { ObjectKind, PartKind } from "./vocabulary";
import type { WorkflowStatus } from "./workflows";

// What people read for words that stay as they are in data.

export const kindWords: Readonly<Record<ObjectKind | PartKind, string>> = {
  campaign: l10n.t("campaign"),
  workflow: l10n.t("workflow"),
  "rule set": l10n.t("rule set"),
  "stage set": l10n.t("stage set"),
  schedule: l10n.t("schedule"),
  server: l10n.t("server"),
  "zone set": l10n.t("zone set"),
  "policy set": l10n.t("policy set"),
  "contact list filter": l10n.t("contact list filter"),
  "database connection": l10n.t("database connection"),
  "global settings": l10n.t("global settings"),
  "skill set": l10n.t("skill set"),
  "phone number type": l10n.t("phone number type"),
  "contact column": l10n.t("contact column"),
  "time zone map data": l10n.t("time zone map data"),
  "DNC source": l10n.t("DNC source"),
  "base script": l10n.t("base script"),
  "base script page": l10n.t("base script page"),
  "contact list": l10n.t("contact list"),
  unknown: l10n.t("unknown"),
  rule: l10n.t("rule"),
  action: l10n.t("action"),
  policy: l10n.t("policy"),
  condition: l10n.t("condition"),
  behavior: l10n.t("behavior"),
  stage: l10n.t("stage"),
  slot: l10n.t("slot"),
  part: l10n.t("part"),
};

export const statusWords: Readonly<Record<WorkflowStatus, string>> = {
  Active: l10n.t("Active"),
  Completed: l10n.t("Completed"),
  Off: l10n.t("Off"),
  Error: l10n.t("Error"),
};

export const udlStateWords: Readonly<Record<UdlState, string>> = {
  found: l10n.t("found"),
  missing: l10n.t("missing"),
  "not checked": l10n.t("not checked"),
};

export const fateWords: Readonly<Record<Fate, string>> = {
  migrates: l10n.t("migrates"),
  partly: l10n.t("partly"),
  converted: l10n.t("converted"),
  "by hand": l10n.t("by hand"),
  "stays behind": l10n.t("stays behind"),
  unknown: l10n.t("unknown"),
};

export const changeWords: Readonly<Record<ObjectChange["status"], string>> = {
  added: l10n.t("added"),
  removed: l10n.t("removed"),
  changed: l10n.t("changed"),
};
