import * as l10n from "@vscode/l10n";
import { BIDI_CONTROLS, printable } from "../entry";

/** The longest path most Windows programs can open, and the longest one elsewhere, in characters and bytes. */
const WINDOWS_PATH = 259;
const POSIX_PATH = 4095;
const NAME = 255;
const LEVELS = 64;

const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f<>:"|?*]/;
const BIDI = new RegExp(`[${BIDI_CONTROLS}]`);

/**
 * Why an entry must not be written under its name. Windows' rules hold on every system, because what is extracted
 * on one is carried to another.
 * @param path of the entry, `/` between names
 * @returns the reason, or undefined when the name is safe
 */
export function unsafeName(path: string): string | undefined {
  if (path === "") return l10n.t("it has no name");
  if (path.startsWith("//")) return l10n.t("it names a network share");
  if (path.startsWith("/")) return l10n.t("its path is absolute");
  if (/^[a-z]:/i.test(path)) return l10n.t("its path names a drive");
  const names = path.split("/");
  if (names.length > LEVELS) return l10n.t("it lies more than {0} folders deep", LEVELS);
  for (const name of names) {
    const reason = unsafePart(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unsafePart(name: string): string | undefined {
  if (name === "..") return l10n.t("it leads out of the folder by ..");
  if (name === "" || name === ".") return l10n.t("a folder in its path has no name");
  if (FORBIDDEN.test(name)) return l10n.t("its name holds a character that Windows does not allow");
  if (BIDI.test(name))
    return l10n.t("a character in its name changes the direction of writing, so that it looks like another");
  if (/[ .]$/.test(name)) return l10n.t("a name in its path ends with a blank or dot, which Windows drops");
  if (DEVICE.test(name)) return l10n.t("Windows takes its name for a device");
  if (name.length > NAME || Buffer.byteLength(name) > NAME)
    return l10n.t("a name in its path is longer than {0} characters", NAME);
  return undefined;
}

/** @param full the path on disk */
export function tooLong(full: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === "win32") {
    return full.length > WINDOWS_PATH
      ? l10n.t(
          "its path would have {0} characters, and Windows programs open up to {1}: extract into a folder with a shorter path",
          full.length,
          WINDOWS_PATH,
        )
      : undefined;
  }
  return Buffer.byteLength(full) > POSIX_PATH
    ? l10n.t("its path would be too long for this system")
    : undefined;
}

/** Finds names that would meet on a disk that ignores case, or how letters with accents are stored. */
export class TargetNames {
  private readonly taken = new Map<string, { readonly path: string; readonly folder: boolean }>();

  /** @returns why the path cannot be written beside those before, or undefined */
  clash(path: string, folder: boolean): string | undefined {
    const parts = path.split("/");
    for (let length = 1; length < parts.length; length++) {
      const reason = this.take(parts.slice(0, length).join("/"), true);
      if (reason !== undefined) return reason;
    }
    return this.take(path, folder);
  }

  private take(path: string, folder: boolean): string | undefined {
    const key = path.normalize("NFC").toLowerCase();
    const other = this.taken.get(key);
    if (!other) {
      this.taken.set(key, { path, folder });
      return undefined;
    }
    if (other.path === path)
      return folder && other.folder ? undefined : l10n.t("another entry has the same name");
    if (other.path.toLowerCase() !== path.toLowerCase()) {
      return l10n.t(
        "its name is the same text as {0}, only that letters with accents are stored in another way (Unicode NFC and NFD)",
        printable(other.path),
      );
    }
    return folder && other.folder
      ? l10n.t("its folder differs from {0} in upper and lower case only", printable(other.path))
      : l10n.t("its name differs from {0} in upper and lower case only", printable(other.path));
  }
}
