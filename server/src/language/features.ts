import type { Connection } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { Handler } from "../handler/model";
import { readHandler } from "../handler/read";
import type { Model } from "../workspace/models";
import {
  FlowRequest,
  FlowSvgRequest,
  HandlersRequest,
  ListingPlaceRequest,
  ListingRequest,
  listingScheme,
  ReindexRequest,
  RelationsRequest,
  RulesRequest,
  StepAtLineRequest,
} from "../protocol";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./callHierarchy";
import { registerCatalogue } from "./catalogue";
import { registerCompare } from "./compare";
import { registerCarry } from "./compareCarry";
import { definition } from "./definition";
import { registerDependencies } from "./dependencies";
import { flowResult, flowSvgResult } from "./flow";
import { registerFolderPlans } from "./folderPlans";
import { foldingRanges } from "./folding";
import { handlerRows, relations, ruleRows } from "./handlers";
import { hover } from "./hover";
import { registerInventory } from "./inventory";
import { handlerUri } from "./listingUri";
import { documentSymbols } from "./outline";
import { documentHighlights, references } from "./references";
import { registerScripts } from "./scripts/scripts";
import { semanticTokens } from "./semanticTokens";
import { registerRunbook } from "./runbook";
import type { Session } from "./session";
import type { OpenText } from "./texts/openText";
import type { Texts } from "./texts/texts";
import { workspaceSymbols } from "./workspaceSymbols";

interface About {
  readonly textDocument: { readonly uri: string };
}

/** Answers every request, each by the file that is named after it; text files answer what is asked of them. */
export function registerFeatures(connection: Connection, session: Session, texts: Texts): void {
  const { index, listings, models, problems, reader } = session;
  const isListing = (uri: string): boolean => uri.startsWith(`${listingScheme}:`);
  const modelOf = ({ textDocument }: About) => listings.model(textDocument.uri);
  /** What a text file or a listing says; nothing of what is neither, for example a file closed just now. */
  const ask = async <Answer>(
    about: About,
    text: (text: OpenText) => Promise<Answer> | undefined,
    listing: (model: Model) => Answer | Promise<Answer>,
  ): Promise<Answer | null> => {
    const open = texts.get(about.textDocument.uri);
    if (open) return (await text(open)) ?? null;
    return isListing(about.textDocument.uri) ? await listing(await modelOf(about)) : null;
  };

  connection.onDidOpenTextDocument(({ textDocument }) =>
    isListing(textDocument.uri) ? session.opened(textDocument.uri) : texts.opened(textDocument),
  );
  connection.onDidChangeTextDocument((params) => texts.changed(params));
  connection.onDidCloseTextDocument(({ textDocument }) =>
    isListing(textDocument.uri) ? session.closed(textDocument.uri) : texts.closed(textDocument.uri),
  );

  connection.onDocumentSymbol((params) => ask(params, (text) => text.symbols?.(), documentSymbols));
  connection.onFoldingRanges((params) => ask(params, (text) => text.folds?.(), foldingRanges));
  connection.onHover((params) =>
    ask(
      params,
      (text) => text.hover?.(params.position),
      (model) => hover(model, params.position, index, (uri) => models.get(uri), session.migration.hints),
    ),
  );
  connection.onDefinition((params) =>
    ask(
      params,
      (text) => text.definition?.(params.position),
      (model) => definition(model, params.position, index),
    ),
  );
  connection.onReferences((params) => {
    const { position, context } = params;
    return ask(
      params,
      (text) => text.references?.(position, context.includeDeclaration),
      (model) => references(model, position, index, context.includeDeclaration),
    );
  });
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
  registerCompare(connection, session);
  registerCarry(connection, session);
  registerScripts(connection);
  registerCatalogue(connection, session);
  registerDependencies(connection, session);
  registerInventory(connection, session);
  registerFolderPlans(connection);
  registerRunbook(connection, session);
}
