const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size for people, in the user's language: `1.4 MB`. Powers of 1024, as file managers count. */
export function sizeText(bytes: number, language?: string): string {
  let unit = 0;
  let size = bytes;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0,
  }).format(size);
}
