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
  if (path === "") return "it has no name";
  if (path.startsWith("//")) return "it names a network share";
  if (path.startsWith("/")) return "its path is absolute";
  if (/^[a-z]:/i.test(path)) return "its path names a drive";
  const names = path.split("/");
  if (names.length > LEVELS) return `it lies more than ${LEVELS} folders deep`;
  for (const name of names) {
    const reason = unsafePart(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unsafePart(name: string): string | undefined {
  if (name === "..") return "it leads out of the folder by ..";
  if (name === "" || name === ".") return "a folder in its path has no name";
  if (FORBIDDEN.test(name)) return "its name holds a character that Windows does not allow";
  if (/[ .]$/.test(name)) return "a name in its path ends with a blank or dot, which Windows drops";
  if (DEVICE.test(name)) return "Windows takes its name for a device";
  if (name.length > NAME || Buffer.byteLength(name) > NAME)
    return `a name in its path is longer than ${NAME} characters`;
  return undefined;
}

/** @param full the path on disk */
export function tooLong(full: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === "win32") {
    return full.length > WINDOWS_PATH
      ? `its path would have ${full.length} characters, and Windows programs open up to ${WINDOWS_PATH}: extract into a folder with a shorter path`
      : undefined;
  }
  return Buffer.byteLength(full) > POSIX_PATH ? "its path would be too long for this system" : undefined;
}

/** Under this key names meet that Windows and macOS hold for the same. */
export function foldedName(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
