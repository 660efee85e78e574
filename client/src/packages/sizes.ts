const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size for people, with numbers in the user's language: `1.4 MB`. Powers of 1024, as file managers count. */
export function sizeText(bytes: number, language?: string): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 };
  return `${new Intl.NumberFormat(language, digits).format(size)} ${units[unit]}`;
}
