import { window } from "vscode";

/** Asks for words to filter by; the view follows while they are typed, and goes back on Escape. */
export function askForFilter(
  { title, placeholder, before }: { title: string; placeholder: string; before: readonly string[] },
  filter: (text: string) => void,
): void {
  const input = window.createInputBox();
  input.title = title;
  input.placeholder = placeholder;
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

/** The words of a filter, in small letters. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
