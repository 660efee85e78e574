// A group of benchmarks in a process of its own, called by main.ts with the group's bundle: memory and compiled code
// are this group's alone.
import { createRequire } from "node:module";
import type { Row } from "./row";

async function main(file: string): Promise<void> {
  const { default: run } = createRequire(file)(file) as { default: () => Promise<Row[]> };
  const rows = await run();
  process.send?.(rows, () => process.exit(0));
}

void main(process.argv[2] ?? "");
