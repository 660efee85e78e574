// A bundle of its own: who has no database scripts never loads it.
import "../../localisation";

export { createAnswers } from "./answers";
export { readOpenScript } from "./editor/readOpenScript";
