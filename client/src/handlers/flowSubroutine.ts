import { l10n, Uri, window } from "vscode";
import { RelationsRequest } from "../../../server/src/protocol";
import { type FlowServer, reasonOf } from "./flowSource";

/** The handler that a step of another one calls; says so where the workspace does not hold it. */
export async function calledHandler(server: FlowServer, caller: Uri, name: string): Promise<Uri | undefined> {
  // A version under git calls what is in the workspace.
  const file = caller.scheme === "git" ? caller.with({ scheme: "file", query: "" }) : caller;
  const params: RelationsRequest.Params = { uri: file.toString(), direction: "callees" };
  try {
    const { relations } = await server.request<RelationsRequest.Result>(RelationsRequest.method, params);
    const uri = relations.find((one) => one.name === name && one.uri !== null)?.uri;
    if (uri) return Uri.parse(uri, true);
    void window.showInformationMessage(
      l10n.t("The subroutine {0} is neither in the workspace nor in a reference folder.", name),
    );
  } catch (error) {
    void window.showErrorMessage(l10n.t("The subroutine {0} was not found: {1}", name, reasonOf(error)));
  }
  return undefined;
}
