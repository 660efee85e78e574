import { isAnsiEncoding } from "../ihd/ansi";
import { isLevel, type Level } from "../analysis/checks/rating";

/** What users can set, as far as the server needs it. Names are those of the manifest, without the prefix. */
export interface Settings {
  /** Globs of paths that are not indexed, relative to the workspace folder. */
  readonly exclude: readonly string[];
  /** Most handlers that are indexed. */
  readonly maximumFiles: number;
  /** Folders with handlers that are called, but not checked. */
  readonly referenceFolders: readonly string[];
  /** By rule. */
  readonly rules: ReadonlyMap<string, Level>;
  /** By rule (`*` = all): handler names, or `handler#node`; `*` stands for any text. */
  readonly ignored: ReadonlyMap<string, readonly string[]>;
  /** Code page of handlers that are not written in Unicode. */
  readonly encoding: string;
  /** Name of the attribute or property that marks deleted objects of a Dialer configuration; "" = not known. */
  readonly deletedMarker: string;
  /** Path of the tnsnames.ora that Oracle data links are held against; "" = the one beside the configuration. */
  readonly tnsnames: string;
  /** Path of a learned tool catalogue, absolute or relative to a workspace folder; "" = none. */
  readonly targetCatalogue: string;
  /** Folders with the base handlers of the release that the handlers were made for. */
  readonly baseFolders: readonly string[];
}

export const section = "handlerWorkbench";

/** The settings the server reads, by their names in the manifest. */
export const keys = {
  exclude: "index.exclude",
  maximumFiles: "index.maximumFiles",
  referenceFolders: "referenceFolders",
  rules: "rules",
  ignored: "ignoredFindings",
  encoding: "ansiEncoding",
  deletedMarker: "dialer.deletedMarker",
  tnsnames: "dialer.tnsnames",
  targetCatalogue: "migration.targetCatalogue",
  baseFolders: "migration.baseFolders",
} as const satisfies Record<keyof Settings, string>;

export const defaultSettings: Settings = {
  exclude: ["**/node_modules/**", "**/.git/**"],
  maximumFiles: 10_000,
  referenceFolders: [],
  rules: new Map(),
  ignored: new Map(),
  encoding: "windows-1252",
  deletedMarker: "",
  tnsnames: "",
  targetCatalogue: "",
  baseFolders: [],
};

/** Takes what fits and the defaults for the rest: settings files are written by hand. */
export function readSettings(value: unknown): Settings {
  const at = (key: string): unknown =>
    key.split(".").reduce<unknown>((inside, name) => (isRecord(inside) ? inside[name] : undefined), value);
  const maximum = at(keys.maximumFiles);
  const encoding = at(keys.encoding);
  const text = (key: string): string => {
    const value = at(key);
    return typeof value === "string" ? value.trim() : "";
  };
  return {
    exclude: texts(at(keys.exclude)) ?? defaultSettings.exclude,
    maximumFiles:
      typeof maximum === "number" && maximum >= 1 ? Math.floor(maximum) : defaultSettings.maximumFiles,
    referenceFolders: texts(at(keys.referenceFolders)) ?? defaultSettings.referenceFolders,
    rules: new Map(entries(at(keys.rules)).filter((entry): entry is [string, Level] => isLevel(entry[1]))),
    ignored: new Map(
      entries(at(keys.ignored)).flatMap(([rule, patterns]) => {
        const list = typeof patterns === "string" ? [patterns] : texts(patterns);
        return list ? [[rule, list] as const] : [];
      }),
    ),
    encoding: typeof encoding === "string" && isAnsiEncoding(encoding) ? encoding : defaultSettings.encoding,
    deletedMarker: text(keys.deletedMarker),
    tnsnames: text(keys.tnsnames),
    targetCatalogue: text(keys.targetCatalogue),
    baseFolders: texts(at(keys.baseFolders)) ?? defaultSettings.baseFolders,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function texts(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((each): each is string => typeof each === "string" && each !== "");
}
