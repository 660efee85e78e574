import * as l10n from "@vscode/l10n";

/** The longest path most Windows programs can open, and the longest one elsewhere, in characters and bytes. */
const WINDOWS_PATH = 259;
const POSIX_PATH = 4095;
const NAME = 255;
const LEVELS = 64;

const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f<>:"|?*]/;

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

/** Under this key names meet that Windows and macOS hold for the same. */
export function foldedName(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
