import { TabInputCustom, TabInputText, Uri, window } from "vscode";
import { listingScheme, StepAtLineRequest } from "../../../server/src/protocol";
import type { Server } from "../server";
import type { Node } from "./handlersView";
import { handlerUri } from "./listingUri";

/** Whatever a menu hands to a command: a resource, a row of the Handlers view, or nothing. */
export type Given = Uri | Node | string | undefined;

/** The handler a command is about; without an argument, that of the active editor. */
export function handlerOf(given: Given): Uri | undefined {
  const uri =
    given instanceof Uri
      ? given
      : typeof given === "string"
        ? Uri.parse(given, true)
        : given?.kind === "handler"
          ? Uri.parse(given.row.uri, true)
          : activeResource();
  return uri && handlerUri(uri);
}

function activeResource(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
}

/** The step at the cursor, when the active editor shows the listing of this handler. */
export async function stepAtCursor(server: Server, handler: Uri): Promise<number | undefined> {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.scheme !== listingScheme) return undefined;
  if (handlerUri(editor.document.uri).toString() !== handler.toString()) return undefined;
  const params: StepAtLineRequest.Params = {
    uri: editor.document.uri.toString(),
    line: editor.selection.active.line,
  };
  const { node } = await server.request<StepAtLineRequest.Result>(StepAtLineRequest.method, params);
  return node ?? undefined;
}
