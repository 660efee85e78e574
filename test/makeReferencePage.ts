// `tsx test/makeReferencePage.ts`: writes the lists of commands, views and settings into media/readme/reference.md.
import { writeFileSync } from "node:fs";
import { referencePage, referenceTables } from "./referencePage";

const head = `# Commands, views and settings

Written from \`package.json\` by \`npx tsx test/makeReferencePage.ts\`; the rules are on [a page of their own](rules.md).
`;
writeFileSync(referencePage, `${head}\n${referenceTables()}`);
