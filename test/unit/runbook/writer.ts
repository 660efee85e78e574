// A process that marks steps of a runbook: `writer.ts FOLDER NAME COUNT`; each step gets a note, one after another.
import { steps } from "../../../server/src/runbook/runbook";
import { RunbookStore } from "../../../server/src/runbook/store";

async function main([folder = "", name = "", count = "0"]: readonly string[]): Promise<void> {
  const store = new RunbookStore(folder);
  const ids = [...steps.keys()];
  for (let at = 0; at < Number(count); at++) {
    const step = ids[at % ids.length] ?? "";
    const what =
      name === "one"
        ? { what: "note" as const, note: `${name} ${at}` }
        : { what: "evidence" as const, evidence: `${name} ${at}` };
    await store.change([{ ...what, step }], name);
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
