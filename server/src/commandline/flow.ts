import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { flow } from "../handler/flow/flow";
import { flowSvg } from "../handler/flow/flowSvg";
import type { FlowTheme } from "../handler/flow/style";
import { escapeControls } from "../handler/quoting";
import { readHandlerFile } from "../workspace/file";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

const THEMES: readonly FlowTheme[] = ["auto", "light", "dark"];

const handlerFlow: Command = {
  words: ["handler", "flow"],
  usage: "FILE --svg OUT [--theme auto|light|dark] [--force] [--json]",
  summary:
    "Writes the flow picture as drawn in Designer to OUT ('-' for standard output). An existing OUT is kept unless --force is given.",
  run: drawFlow,
};

export const flowCommands: Command[] = [handlerFlow];

async function drawFlow(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      svg: { type: "string" },
      theme: { type: "string", default: "auto" },
      force: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError("Name one handler file.");
  if (values.svg === undefined) throw new UsageError("Say with --svg OUT where the picture goes.");
  if (values.json && values.svg === "-") throw new UsageError("--json and --svg - both want standard output");
  const theme = THEMES.find((one) => one === values.theme);
  if (!theme) throw new UsageError(`--theme is ${THEMES.join(", ")}; '${values.theme}' is none of them`);

  const handler = await readHandlerFile(resolve(io.cwd, file));
  const picture = flow(handler);
  const problems = [...handler.problems, ...picture.problems];
  for (const problem of problems)
    io.err(`${escapeControls(file)}: ${problem.severity}: ${escapeControls(problem.message)}\n`);
  if (handler.steps.length === 0 && problems.some(({ severity }) => severity === "error")) {
    io.err(`${file}: no picture written, no step could be read\n`);
    return 2;
  }
  const svg = flowSvg(picture, { theme });
  if (values.svg === "-") io.out(svg);
  else await saveOutput(resolve(io.cwd, values.svg), svg, values.force);
  if (values.json)
    io.out(
      `${JSON.stringify(
        {
          name: picture.name,
          svg: values.svg,
          steps: picture.boxes.length,
          links: picture.links.length,
          layout: picture.layout,
          problems,
        },
        null,
        2,
      )}\n`,
    );
  return problems.some(({ severity }) => severity === "error") ? 1 : 0;
}
