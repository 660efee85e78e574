/* eslint-disable @typescript-eslint/no-namespace -- one namespace a message keeps its name, parameters and result together */

/** The requests about packages (`.ininmigr`): types and names only. A package is named by the URI of its file. */

/** Scheme of files inside packages: the path is shown, the query is the URI of the package. */
export const packageScheme = "ininmigr";

/**
 * A password on its way to the server, encrypted for this server alone: whatever writes down messages between
 * editor and server (the trace, a log) has no password to write.
 */
export interface SealedPassword {
  /** Of the sender, P-256, uncompressed, in base64; made for this one message. */
  readonly publicKey: string;
  readonly nonce: string;
  /** AES-256-GCM, with its tag behind it. */
  readonly content: string;
}

/** Client to server: the key that passwords are sealed for. */
export namespace PackageKeyRequest {
  export const method = "handlerWorkbench/packageKey" as const;
  export interface Result {
    /** P-256, uncompressed, in base64. */
    readonly publicKey: string;
  }
}

/** A file, folder or zip inside a package; one line of the tree. What is left out is zero, none or false. */
export interface PackageRow {
  /** Safe to show: control characters are written as escapes. */
  readonly name: string;
  /** In the package, as stored. */
  readonly path: string;
  /** Of several entries with one path: which of them, from 1. */
  readonly copy?: number;
  readonly depth: number;
  readonly kind: "file" | "folder" | "zip";
  /** Unpacked and packed bytes; of folders and zips those of all that is in them. */
  readonly size?: number;
  readonly packed?: number;
  /** Files in a folder or zip. */
  readonly files?: number;
  /** `AES-256`, `ZipCrypto` ...; of the entry itself. */
  readonly encryption?: string;
  /** By itself, or because a zip around it is. */
  readonly encrypted?: true;
  /** ISO 8601, without zone when only local time is known. */
  readonly modified?: string;
  /** The data component that the name stands for. */
  readonly component?: string;
  readonly link?: true;
  /** A zip whose content is not listed: why. */
  readonly closed?: string;
}

/** One message about a package, as it is shown. */
export interface PackageFinding {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  /** Of the entry it is about. */
  readonly path?: string;
}

export interface PackageContents {
  /** Of the package. */
  readonly uri: string;
  readonly base: string;
  readonly server?: string;
  /** When it was exported: ISO 8601, local time of that server. */
  readonly exported?: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly encrypted: boolean;
  /** Encrypted, and its password is not known. */
  readonly locked: boolean;
  /** Not even the directory could be read: the findings say why. */
  readonly unreadable: boolean;
  /** In the order in which a tree shows them: what is in a folder follows it, one deeper. */
  readonly rows: readonly PackageRow[];
  /** What reading showed. */
  readonly findings: readonly PackageFinding[];
}

export type PasswordVerdict = "right" | "wrong" | "not-needed";

/** Client to server: what is in a package. A password opens it for all later requests. */
export namespace PackageContentsRequest {
  export const method = "handlerWorkbench/packageContents" as const;
  export interface Params {
    readonly uri: string;
    readonly password?: SealedPassword;
  }
  export interface Result {
    readonly contents: PackageContents;
    /** Of the password, if one was given. */
    readonly verdict?: PasswordVerdict;
  }
}

/** Client to server: forget the package's password. */
export namespace PackageForgetRequest {
  export const method = "handlerWorkbench/packageForget" as const;
  export interface Params {
    readonly uri: string;
  }
}

/** Client to server: nobody looks at the package any more; its file is closed and its problems are taken back. */
export namespace PackageReleaseRequest {
  export const method = "handlerWorkbench/packageRelease" as const;
  export interface Params {
    readonly uri: string;
  }
}

/** Client to server: what can be said about a package before it is imported. The Problems view gets it too. */
export namespace PackageCheckRequest {
  export const method = "handlerWorkbench/packageCheck" as const;
  export interface Params {
    readonly uri: string;
  }
  export interface Result {
    readonly findings: readonly PackageFinding[];
  }
}

/** One entry of a package. */
export interface PackageItem {
  readonly uri: string;
  readonly path: string;
  readonly copy?: number;
}

/** Why an entry's content cannot be had; `password-needed` when a password would help. */
export interface PackageRefusal {
  readonly reason: string;
  readonly message: string;
}

/** Client to server: the content of one file. */
export namespace PackageReadRequest {
  export const method = "handlerWorkbench/packageRead" as const;
  export interface Params extends PackageItem {
    /** Larger content is refused. */
    readonly most: number;
  }
  export type Result = { readonly base64: string } | { readonly refusal: PackageRefusal };
}

/** Client to server: whether a file holds text, judged by how it begins. */
export namespace PackagePeekRequest {
  export const method = "handlerWorkbench/packagePeek" as const;
  export type Params = PackageItem;
  export type Result = { readonly kind: "text" | "binary" } | { readonly refusal: PackageRefusal };
}

/** Server to client: how far long work is. Not sent for every byte. */
export namespace PackageProgressNotification {
  export const method = "handlerWorkbench/packageProgress" as const;
  export interface Params {
    /** As the request named it. */
    readonly progress: string;
    readonly bytes: number;
    readonly totalBytes: number;
    readonly items: number;
    readonly totalItems: number;
    /** Safe to show. */
    readonly path: string;
  }
}

/** Client to server: reads all content and lets it prove itself. Can be cancelled. */
export namespace PackageVerifyRequest {
  export const method = "handlerWorkbench/packageVerify" as const;
  export interface Params {
    readonly uri: string;
    readonly progress: string;
  }
  export interface Result {
    /** Entries that were proven, and that need a password. */
    readonly proven: number;
    readonly locked: number;
    readonly bytes: number;
    readonly failed: number;
    readonly findings: readonly PackageFinding[];
  }
}

/** What to extract, and where to. */
export interface ExtractionChoice {
  readonly uri: string;
  /** A path on the disk of the server process. */
  readonly to: string;
  /** A folder or zip stands for all that is in it; everything when absent. */
  readonly paths?: readonly string[];
  /** Zips inside are written as they are. */
  readonly keepZips: boolean;
}

/** Client to server: what an extraction would do. Nothing is written. */
export namespace PackagePlanRequest {
  export const method = "handlerWorkbench/packagePlan" as const;
  export type Params = ExtractionChoice;
  export interface Result {
    /** What would be written, in the order of the package; folders are left out. */
    readonly files: readonly { readonly path: string; readonly size: number }[];
    readonly bytes: number;
    /** Paths of those that are there already. */
    readonly existing: readonly string[];
    /** Entries that must not be written, and why. */
    readonly unsafe: readonly { readonly path: string; readonly reason: string }[];
    /** Why nothing can be extracted; empty when something can. */
    readonly refusals: readonly PackageFinding[];
    /** A password is missing. */
    readonly locked: boolean;
  }
}

/** Client to server: extracts. Can be cancelled: then nothing is left of it. */
export namespace PackageExtractRequest {
  export const method = "handlerWorkbench/packageExtract" as const;
  export interface Params extends ExtractionChoice {
    readonly progress: string;
    /** Leave out what must not be written, instead of extracting nothing. */
    readonly skipUnsafe: boolean;
    /** Files that are there already, by what the user said. One that is in neither list stops everything. */
    readonly skip: readonly string[];
    readonly replace: readonly string[];
  }
  export interface Result {
    readonly status: "done" | "partly" | "refused" | "cancelled" | "failed";
    readonly written: number;
    readonly skipped: number;
    readonly bytes: number;
    readonly findings: readonly PackageFinding[];
  }
}

export type PackagePairStatus = "changed" | "added" | "removed" | "identical" | "unreadable";

/** What a comparison by meaning found, for example a step or a campaign. */
export interface PackageDifference {
  readonly status: "changed" | "added" | "removed";
  readonly label: string;
  readonly old?: string;
  readonly new?: string;
  readonly children?: readonly PackageDifference[];
  /** Node id, in the new handler, of the step it is about; absent when the step was removed. */
  readonly node?: number;
  /** The same in the old handler; absent when the step was added. */
  readonly oldNode?: number;
}

/** What a pair was compared as, by its meaning. */
export type ComparedKind = "handler" | "dialer";

/** Where one side of a pair is: a file on disk, or an entry of a package (`uri`) on disk. */
export interface ComparedFile {
  readonly uri: string;
  /** In the package; absent for a file on disk. */
  readonly path?: string;
  readonly copy?: number;
  readonly size: number;
}

export interface PackagePair {
  /** Safe to show; the server's name in it is `<SERVER>`. */
  readonly path: string;
  readonly status: PackagePairStatus;
  readonly old?: ComparedFile;
  readonly new?: ComparedFile;
  /** What a comparison by meaning found, in a few words. */
  readonly what?: string;
  readonly differences?: readonly PackageDifference[];
  /** Absent when it was compared byte by byte alone. */
  readonly kind?: ComparedKind;
  /** Why a side could not be read. */
  readonly reason?: string;
}

/** Client to server: compares two packages, or a package and a folder, file by file. Can be cancelled. */
export namespace PackageCompareRequest {
  export const method = "handlerWorkbench/packageCompare" as const;
  export interface Params {
    /** URIs of packages or folders; zips in a folder are opened with the password of the other side. */
    readonly old: string;
    readonly new: string;
    readonly progress: string;
  }
  export interface Result {
    readonly summary: Readonly<Record<PackagePairStatus, number>>;
    readonly pairs: readonly PackagePair[];
    readonly findings: readonly PackageFinding[];
  }
}
