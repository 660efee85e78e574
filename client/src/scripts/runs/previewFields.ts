import { l10n } from "vscode";
import type { PageField } from "../../../../server/src/protocol";
import type { PreviewFacts } from "./previewPage";
import { type RunChoices, soundsSecret, titlesOf } from "./runSpec";

type Filling = Pick<PreviewFacts, "survey" | "wanted" | "choices">;

/** Names of fields for values begin so. */
export const valueField = "value:";
export const secretField = "secret:";
export const hiddenField = "hidden:";

/** Fields for values that everybody may see. */
export function valueFields({ survey, wanted, choices }: Filling): PageField[] {
  const titleOf = titlesOf(wanted);
  const names = new Set(wanted.filter(({ secret, unknown }) => !secret && !unknown).map(({ name }) => name));
  if (survey.dialect === "sqlcmd") {
    const hidden = new Set(wanted.filter(({ secret }) => secret).map(({ name }) => name.toLowerCase()));
    for (const { name, value } of survey.variables) {
      if (hidden.has(name.toLowerCase()) || soundsSecret(name) || /^SQLCMD/i.test(name)) continue;
      // What the script sets by :setvar wins over anything said here: it stands in the table of variables.
      if (value !== undefined && choices.values[name] === undefined) continue;
      const same = [...names].find((each) => each.toLowerCase() === name.toLowerCase());
      names.add(same ?? name);
    }
  }
  const fields = [...names].map((name): PageField => ({
    id: `${valueField}${name}`,
    label: titleOf(name),
    kind: "text",
    value: choices.values[name] ?? "",
  }));
  const unknown = wanted.filter((each) => each.unknown).flatMap(({ name }) => unknownFields(name, choices));
  return [...fields, ...unknown];
}

/** An argument whose meaning is not known: in clear text, or as a secret. */
function unknownFields(name: string, { values, hidden }: RunChoices): PageField[] {
  const field = `${hiddenField}${name}`;
  return [
    {
      id: `${valueField}${name}`,
      label: name,
      kind: "text",
      value: values[name] ?? "",
      help: l10n.t("It stands in the journal of the run. It is not kept for the next one."),
      when: { field, is: [""] },
    },
    {
      id: `${secretField}${name}`,
      label: name,
      kind: "password",
      value: "",
      help: l10n.t("Goes to the runner only. It is not kept."),
      when: { field, is: ["yes"] },
    },
    {
      id: field,
      label: l10n.t("{0} is a secret", name),
      kind: "check",
      value: hidden.includes(name) ? "yes" : "",
    },
  ];
}

/** Fields for passwords and their like. */
export function secretFields({ survey, wanted }: Filling): PageField[] {
  const names = new Set(wanted.filter(({ secret }) => secret).map(({ name }) => name));
  if (survey.dialect === "sqlcmd")
    for (const name of survey.secretVariables) names.add(sameName(names, name));
  return [...names].map((name) => ({
    id: `${secretField}${name}`,
    label: titlesOf(wanted)(name),
    kind: "password",
    value: "",
    help: l10n.t("Goes to the runner only. It is not kept."),
  }));
}

function sameName(names: ReadonlySet<string>, name: string): string {
  return [...names].find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
}
