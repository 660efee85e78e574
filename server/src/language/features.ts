import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { Handler } from "../handler/model";
import { readHandler } from "../handler/read";
import {
  FlowRequest,
  FlowSvgRequest,
  HandlersRequest,
  ListingPlaceRequest,
  ListingRequest,
  ReindexRequest,
  RelationsRequest,
  RulesRequest,
  StepAtLineRequest,
} from "../protocol";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./callHierarchy";
import { definition } from "./definition";
import { flowResult, flowSvgResult } from "./flow";
import { foldingRanges } from "./folding";
import { handlerRows, relations, ruleRows } from "./handlers";
import { hover } from "./hover";
import { handlerUri } from "./listingUri";
import { documentSymbols } from "./outline";
import type { MigratorScripts } from "./packages/scripts";
import { documentHighlights, references } from "./references";
import { semanticTokens } from "./semanticTokens";
import type { Session } from "./session";
import { workspaceSymbols } from "./workspaceSymbols";

/** Answers every request, each by the file that is named after it. */
export function registerFeatures(connection: Connection, session: Session, scripts: MigratorScripts): void {
  const { index, listings, models, problems, reader } = session;
  const modelOf = ({ textDocument }: { textDocument: { uri: string } }) => listings.model(textDocument.uri);

  connection.onDidOpenTextDocument(({ textDocument }) =>
    scripts.opened(textDocument) ? undefined : session.opened(textDocument.uri),
  );
  connection.onDidCloseTextDocument(({ textDocument }) =>
    scripts.closed(textDocument.uri) ? undefined : session.closed(textDocument.uri),
  );

  connection.onDocumentSymbol(async (params) => documentSymbols(await modelOf(params)));
  connection.onFoldingRanges(async (params) => foldingRanges(await modelOf(params)));
  connection.onHover(async (params) =>
    hover(await modelOf(params), params.position, index, (uri) => models.get(uri)),
  );
  connection.onDefinition(async (params) => definition(await modelOf(params), params.position, index));
  connection.onReferences(async (params) =>
    references(await modelOf(params), params.position, index, params.context.includeDeclaration),
  );
  connection.onDocumentHighlight(async (params) =>
    documentHighlights(await modelOf(params), params.position),
  );
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(query, index));
  connection.languages.semanticTokens.on(async (params) => semanticTokens(await modelOf(params)));
  connection.languages.callHierarchy.onPrepare(async (params) =>
    prepareCallHierarchy(await modelOf(params), params.position, index),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }) => incomingCalls(item, index));
  connection.languages.callHierarchy.onOutgoingCalls(({ item }) => outgoingCalls(item, index));

  connection.onRequest(
    ListingRequest.method,
    async ({ uri }: ListingRequest.Params): Promise<ListingRequest.Result> => ({
      text: (await listings.open(uri)).listing.text,
    }),
  );
  connection.onRequest(ListingPlaceRequest.method, (params: ListingPlaceRequest.Params) =>
    listings.place(params),
  );
  connection.onRequest(StepAtLineRequest.method, (params: StepAtLineRequest.Params) => listings.step(params));
  connection.onRequest(HandlersRequest.method, () => handlerRows(index, (uri) => problems.countsOf(uri)));
  connection.onRequest(RelationsRequest.method, (params: RelationsRequest.Params) =>
    relations(params, index),
  );
  connection.onRequest(RulesRequest.method, ruleRows);
  connection.onRequest(ReindexRequest.method, () => session.reindex());

  const handlerOf = async ({ uri, bytes }: FlowRequest.Params): Promise<Handler> => {
    if (bytes !== undefined) {
      const { memory, ansi } = reader;
      return readHandler(Buffer.from(bytes, "base64"), { file: URI.parse(uri).path, memory, ansi });
    }
    const version = (await reader.version(handlerUri(uri))) ?? "";
    return (await models.get(handlerUri(uri), version)).handler;
  };
  connection.onRequest(FlowRequest.method, async (params: FlowRequest.Params) =>
    flowResult(await handlerOf(params)),
  );
  connection.onRequest(FlowSvgRequest.method, async (params: FlowSvgRequest.Params) =>
    flowSvgResult(await handlerOf(params), params.theme),
  );
}
