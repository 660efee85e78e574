import { window } from "vscode";

/** Asks for words; the rows follow while they are typed, and go back on Escape. */
export function askForFilter(
  texts: { readonly title: string; readonly placeholder: string },
  before: readonly string[],
  filter: (text: string) => void,
): void {
  const input = window.createInputBox();
  input.title = texts.title;
  input.placeholder = texts.placeholder;
  input.value = before.join(" ");
  let accepted = false;
  input.onDidChangeValue(filter);
  input.onDidAccept(() => {
    accepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!accepted) filter(before.join(" "));
    input.dispose();
  });
  input.show();
}

/** The words of a filter, all of which must be found. */
export function filterWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
