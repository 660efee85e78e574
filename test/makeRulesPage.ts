// `tsx test/makeRulesPage.ts`: writes the lists of rules and codes into media/readme/rules.md, between their marks.
import { writeRulesPage } from "./rulesPage";

writeRulesPage();
