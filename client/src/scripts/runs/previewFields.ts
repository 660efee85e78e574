import { basename } from "node:path";
import { l10n } from "vscode";
import type { PageField } from "../../../../server/src/protocol";
import type { PreviewFacts } from "./previewPage";
import {
  filledFor,
  givenFor,
  type GivenValue,
  type RunChoices,
  sameVariable,
  soundsSecret,
  titlesOf,
} from "./runSpec";

type Filling = Pick<PreviewFacts, "spec" | "survey" | "wanted" | "choices">;

/** Names of fields for values begin so. */
export const valueField = "value:";
export const secretField = "secret:";
export const hiddenField = "hidden:";

/** Fields for values that everybody may see. */
export function valueFields({ spec, survey, wanted, choices }: Filling): PageField[] {
  const titleOf = titlesOf(wanted);
  const names = new Set(wanted.filter(({ secret, unknown }) => !secret && !unknown).map(({ name }) => name));
  if (survey.dialect === "sqlcmd") {
    const hidden = new Set(wanted.filter(({ secret }) => secret).map(({ name }) => name.toLowerCase()));
    for (const { name, value } of spec.given ?? []) if (value !== undefined) names.add(sameName(names, name));
    for (const { name, value } of survey.variables) {
      if (hidden.has(name.toLowerCase()) || soundsSecret(name) || /^SQLCMD/i.test(name)) continue;
      // What the script sets by :setvar wins over anything said here: it stands in the table of variables.
      if (value !== undefined && choices.values[name] === undefined) continue;
      names.add(sameName(names, givenFor(spec, name)?.name ?? name));
    }
  }
  const fields = [...names].map((name): PageField => {
    const given = givenFor(spec, name);
    return {
      id: `${valueField}${name}`,
      label: titleOf(name),
      kind: "text",
      value: (given ? (filledFor(choices, name) ?? given.value) : choices.values[name]) ?? "",
      ...(given && { help: originOf(given) }),
    };
  });
  const unknown = wanted.filter((each) => each.unknown).flatMap(({ name }) => unknownFields(name, choices));
  return [...fields, ...unknown];
}

function originOf({ refused, place: { file, line } }: GivenValue): string {
  const batch = basename(file);
  switch (refused) {
    case "differs":
      return l10n.t("Not taken over from {0}: it does not give all of these scripts the same value.", batch);
    case "unknown":
      return l10n.t("Not taken over from {0}, line {1}: only the batch file knows the value.", batch, line);
    default:
      return l10n.t("From {0}, line {1} (sqlcmd -v), unless you write another value.", batch, line);
  }
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
  return [...names].find((each) => sameVariable(each, name)) ?? name;
}
