import type { GeneratedScript } from "../../../../server/src/protocol";
import { type GivenValue, sameVariable } from "../runs/runSpec";

/**
 * What a batch file sets with `sqlcmd -v` for the scripts of one run. A run has one value for all of its scripts: it is
 * taken over where the batch file gives the same one to each of them.
 */
export function givenVariables(
  batch: string,
  scripts: readonly Pick<GeneratedScript, "variables">[],
): readonly GivenValue[] {
  const all = scripts.flatMap(({ variables }) => variables);
  const firsts = all.filter(
    ({ name }, index) => index === all.findIndex((each) => sameVariable(each.name, name)),
  );
  return firsts.map(({ name, value, line }) => {
    const isSame = scripts.every(({ variables }) => {
      const here = variables.filter((each) => sameVariable(each.name, name));
      return here.length > 0 && here.every((each) => each.value === value);
    });
    const place = { file: batch, line };
    if (!isSame) return { name, refused: "differs", place };
    return value === undefined ? { name, refused: "unknown", place } : { name, value, place };
  });
}
