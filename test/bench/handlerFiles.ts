import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { corpus } from "../corpus";

/** Real handlers where they are at hand, the sample's otherwise. */
export function handlerFiles(): { name: string; bytes: Buffer }[] {
  const real = corpus();
  if (real.length > 0) return real.map(({ name, path }) => ({ name, bytes: readFileSync(path) }));
  const sample = join(__dirname, "../fixtures/sample");
  return (readdirSync(sample, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".ihd"))
    .map((name) => ({ name, bytes: readFileSync(join(sample, name)) }));
}
