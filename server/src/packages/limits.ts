/**
 * What a package may cost before reading it stops with a message. The numbers leave ample room for exports of
 * large servers; a caller may raise them for one package.
 */
export interface Limits {
  /** Entries over all zips of the package. */
  readonly entries: number;
  /** Bytes of one zip's directory of names. */
  readonly directoryBytes: number;
  /** How deep zips may lie in zips; the package itself is depth 0. */
  readonly depth: number;
  /** Zips inside the package that are opened. */
  readonly nestedZips: number;
  /** Unpacked bytes of one zip that is opened in memory; also what is kept in memory over all of them. */
  readonly nestedBytes: number;
  /** Unpacked bytes that are read altogether to list the zips inside. */
  readonly nestedBytesTotal: number;
  /** Unpacked size divided by packed size, from which on a zip inside, or all content together, is refused. */
  readonly ratio: number;
  /** Unpacked bytes below which the ratio says nothing. */
  readonly ratioFreeBytes: number;
  /** Bytes that one extraction may write. */
  readonly extractedBytes: number;
}

const MiB = 1024 * 1024;

export const defaultLimits: Limits = {
  entries: 200_000,
  directoryBytes: 128 * MiB,
  depth: 4,
  nestedZips: 2_000,
  nestedBytes: 256 * MiB,
  nestedBytesTotal: 4096 * MiB,
  ratio: 200,
  ratioFreeBytes: 16 * MiB,
  extractedBytes: 256 * 1024 * MiB,
};

export function withDefaults(limits: Partial<Limits> = {}): Limits {
  return { ...defaultLimits, ...limits };
}
