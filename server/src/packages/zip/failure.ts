import * as l10n from "@vscode/l10n";
import {
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENCRYPTED,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
  ERR_EOCDR_NOT_FOUND,
  ERR_EXTRAFIELD_ZIP64_NOT_FOUND,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_CRC32,
  ERR_INVALID_PASSWORD,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
} from "@zip.js/zip.js";
import { type FailureCode, PackageFailure } from "../failure";

const failures: Readonly<Record<string, readonly [FailureCode, string]>> = {
  [ERR_INVALID_PASSWORD]: ["wrong-password", l10n.t("the password is wrong")],
  [ERR_ENCRYPTED]: ["password-needed", l10n.t("it is encrypted: give the password of the package")],
  [ERR_INVALID_AUTHENTICATION_CODE]: [
    "damaged",
    l10n.t(
      "its AES authentication code does not match: the bytes were changed after encryption, or (1 wrong password in 65,536 gets this far) the password is wrong",
    ),
  ],
  [ERR_INVALID_CRC32]: ["damaged", l10n.t("its CRC-32 does not match: the content is damaged")],
  [ERR_INVALID_UNCOMPRESSED_SIZE]: [
    "damaged",
    l10n.t("its unpacked size is not the one the directory states"),
  ],
  [ERR_ENTRY_DATA_OUT_OF_BOUNDS]: ["damaged", l10n.t("its data would lie outside the file")],
  [ERR_LOCAL_FILE_HEADER_NOT_FOUND]: ["damaged", l10n.t("its local header is not where the directory says")],
  [ERR_EXTRAFIELD_ZIP64_NOT_FOUND]: ["damaged", l10n.t("its 64-bit sizes are missing")],
  [ERR_AMBIGUOUS_ARCHIVE]: [
    "damaged",
    l10n.t("the directory and the header beside the data say different things"),
  ],
  [ERR_UNSUPPORTED_COMPRESSION]: ["unsupported", l10n.t("its compression method is not supported")],
  [ERR_UNSUPPORTED_ENCRYPTION]: ["unsupported", l10n.t("its encryption method is not supported")],
};

const openFailures: Readonly<Record<string, readonly [FailureCode, string]>> = {
  [ERR_BAD_FORMAT]: ["not-a-zip", l10n.t("this is not a zip")],
  [ERR_EOCDR_NOT_FOUND]: ["not-a-zip", l10n.t("this is not a zip")],
  [ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND]: ["damaged", l10n.t("the 64-bit end record of the zip is missing")],
  [ERR_CENTRAL_DIRECTORY_NOT_FOUND]: ["damaged", l10n.t("the directory of the zip is damaged")],
  [ERR_EXTRAFIELD_ZIP64_NOT_FOUND]: ["damaged", l10n.t("the directory of the zip lacks 64-bit sizes")],
  [ERR_AMBIGUOUS_ARCHIVE]: [
    "damaged",
    l10n.t("the zip has more than one directory, or unknown data behind it"),
  ],
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY]: ["unsupported", l10n.t("the directory of the zip is itself encrypted")],
  [ERR_SPLIT_ZIP_FILE]: [
    "split",
    l10n.t("this is one volume of a zip that was split: join the volumes first"),
  ],
};

/** What went wrong with one entry. Errors that are not about content (aborted, disk full) stay what they are. */
export function entryFailure(error: unknown): unknown {
  return translate(error, failures);
}

/** What went wrong with a zip's directory. */
export function directoryFailure(error: unknown): unknown {
  return translate(error, openFailures);
}

function translate(error: unknown, table: Readonly<Record<string, readonly [FailureCode, string]>>): unknown {
  if (!(error instanceof Error) || error instanceof PackageFailure) return error;
  if (error.name === "AbortError" || "syscall" in error) return error;
  const known = table[error.message];
  if (known) return new PackageFailure(...known);
  // What the decompressor and the library say else is about the bytes too; their wording is not for users.
  return new PackageFailure("damaged", l10n.t("its data cannot be unpacked: it is damaged"));
}
