/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** What the server asks the editor for: types and names only. */

/** Server to client: the bytes of a resource that is no file on disk (`git:`, virtual folders). */
export namespace ReadResourceRequest {
  export const method = "handlerWorkbench/readResource" as const;
  export interface Params {
    readonly uri: string;
  }
  export type Result =
    | { readonly base64: string }
    /** Why there are none, for people. */
    | { readonly error: string };
}

/** Server to client: handlers of a workspace folder that is not on disk. */
export namespace FindResourcesRequest {
  export const method = "handlerWorkbench/findResources" as const;
  export interface Params {
    readonly folder: string;
    /** Globs relative to the folder. */
    readonly exclude: readonly string[];
    readonly limit: number;
  }
  export interface Result {
    readonly uris: readonly string[];
  }
}
