/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests about listings: types and names only. */

/** Scheme and language of listings: virtual documents, one a handler, whose query is the handler's URI. */
export const listingScheme = "handler-listing";
export const listingLanguage = "handler-listing";

/** Client to server: the text of a listing. */
export namespace ListingRequest {
  export const method = "handlerWorkbench/listingText" as const;
  export interface Params {
    /** Of the listing. */
    readonly uri: string;
  }
  export interface Result {
    readonly text: string;
  }
}

/** Client to server: where a handler's listing is, and the line (from 0) of a step in it. */
export namespace ListingPlaceRequest {
  export const method = "handlerWorkbench/listingPlace" as const;
  export interface Params {
    /** Of the handler, or of its listing. */
    readonly uri: string;
    readonly node?: number;
  }
  export interface Result {
    /** Of the listing. */
    readonly uri: string;
    /** 0 where no node is asked for, or the handler has no such step. */
    readonly line: number;
  }
}

/** Client to server: the handler and the step that a line of a listing is about. */
export namespace StepAtLineRequest {
  export const method = "handlerWorkbench/stepAtLine" as const;
  export interface Params {
    /** Of the listing. */
    readonly uri: string;
    /** From 0. */
    readonly line: number;
  }
  export interface Result {
    /** Of the handler. */
    readonly uri: string;
    /** Of the handler, as its problems and settings name it. */
    readonly name: string;
    readonly node: number | null;
  }
}
