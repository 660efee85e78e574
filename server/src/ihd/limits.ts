/** What reading one handler may cost. The largest real handlers known are well under a hundredth of each. */
export const limits = {
  /** Bytes of a file; larger ones are refused before they are read. */
  fileSize: 256 * 1024 * 1024,
  /** Characters of one string. */
  stringLength: 16 * 1024 * 1024,
  /** Objects of a file. */
  objects: 8_000_000,
  /** Milliseconds of a file that inference may take. */
  inference: 1000,
} as const;
