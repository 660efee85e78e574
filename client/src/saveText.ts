import { Uri, window, workspace } from "vscode";
import { tellExported } from "./compare/report";

/** A form in which something can be saved. */
export interface SaveForm<Format extends string> {
  readonly format: Format;
  readonly label: string;
  readonly ending: string;
}

/**
 * Asks where to save (the dialog asks before it replaces a file) unless a file is given, and writes the text there;
 * the ending says in which form. Throws for an ending that stands for none.
 */
export async function saveText<Format extends string>(
  { title, name, forms }: { title: string; name: string; forms: readonly SaveForm<Format>[] },
  textOf: (format: Format) => Promise<string>,
  refuse: (endings: string) => string,
  given?: unknown,
): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target =
    given instanceof Uri
      ? given
      : await window.showSaveDialog({
          title,
          defaultUri: folder && Uri.joinPath(folder, `${name}.${forms[0]!.ending}`),
          filters: Object.fromEntries(forms.map(({ label, ending }) => [label, [ending]])),
        });
  if (!target) return;
  const ending = target.path.slice(target.path.lastIndexOf(".") + 1).toLowerCase();
  const form = forms.find((each) => each.ending === ending);
  if (!form) throw new Error(refuse(forms.map((each) => `.${each.ending}`).join(", ")));
  await workspace.fs.writeFile(target, new TextEncoder().encode(await textOf(form.format)));
  if (!(given instanceof Uri)) await tellExported(target);
}
