import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodeText } from "../config/decode";
import { tnsAliases } from "../config/tnsnames";
import { checkDialerConfiguration } from "../dialer/check";
import { compareDialerConfigurations, comparisonText } from "../dialer/compare";
import { describeDialerConfiguration } from "../dialer/describe";
import { incompleteNotes } from "../dialer/incomplete";
import { migrationReport } from "../dialer/migrationReport";
import { migrationHtml, migrationMarkdown } from "../dialer/migrationReportText";
import type { DialerConfiguration } from "../dialer/model";
import { purgeDiff, removeDeletedWorkflows } from "../dialer/purge";
import { readDialerConfiguration } from "../dialer/read";
import type { Surroundings } from "../dialer/surroundings";
import { viewOf } from "../dialer/view";
import { selectWorkflows, workflowsOf, type WorkflowStatus, workflowStatuses } from "../dialer/workflows";
import { dialerSurroundings } from "../workspace/dialerSurroundings";
import { type Command, type Io, UsageError } from "./command";
import { onlyFile, printProblems, readTextFile, type TextFile } from "./textFile";

/** Options that all commands take: what only the user knows. */
const common = {
  "deleted-marker": { type: "string" },
  tnsnames: { type: "string" },
  json: { type: "boolean", default: false },
} as const;
const commonUsage = "[--deleted-marker NAME] [--tnsnames FILE] [--json]";

interface Loaded {
  readonly file: TextFile;
  readonly model: DialerConfiguration;
  readonly surroundings: Surroundings;
}

interface Common {
  readonly "deleted-marker"?: string;
  readonly tnsnames?: string;
}

async function load(io: Io, name: string, values: Common): Promise<Loaded> {
  const file = await readTextFile(io, name);
  const deletedMarker = values["deleted-marker"];
  const model = await readDialerConfiguration(
    file.text,
    deletedMarker === undefined ? {} : { deletedMarker },
  );
  if (!model.tree.root) {
    const isLimit = model.incomplete?.code === "dialer/reader-limit";
    throw new Error(
      isLimit
        ? `cannot read ${name}: ${model.incomplete.message}`
        : `${name} is not XML, so it is no Dialer configuration`,
    );
  }
  return { file, model, surroundings: await surroundingsOf(io, file.path, values.tnsnames) };
}

/** What is around a configuration, with the aliases of the tnsnames.ora that was named. */
async function surroundingsOf(io: Io, path: string, tnsnames: string | undefined): Promise<Surroundings> {
  const surroundings = await dialerSurroundings(path);
  if (tnsnames === undefined) return surroundings;
  return { ...surroundings, tnsAliases: tnsAliases((await readTextFile(io, tnsnames)).text) };
}

const check: Command = {
  words: ["dialer", "check"],
  usage: `FILE ${commonUsage}`,
  summary: "Problems of a dialer_config.xml: references, connections, what will not migrate, limits.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: common });
    const { file, model, surroundings } = await load(io, onlyFile(positionals), values);
    const problems = await checkDialerConfiguration(model, surroundings);
    return printProblems(io, [{ file: file.name, problems }], values.json);
  },
};

const show: Command = {
  words: ["dialer", "show"],
  usage: `FILE [--filter WORDS] ${commonUsage}`,
  summary: "The objects of a dialer_config.xml; --json with properties, parts and references.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...common, filter: { type: "string", default: "" } },
    });
    const { file, model, surroundings } = await load(io, onlyFile(positionals), values);
    if (values.json) {
      const problems = await checkDialerConfiguration(model, surroundings);
      const { layout, version, tree } = model;
      const root = tree.root?.name;
      const objects = describeDialerConfiguration(model);
      io.out(
        `${JSON.stringify({ file: file.name, root, layout, version, objects, problems }, undefined, 2)}\n`,
      );
      return 0;
    }
    printIncomplete(io.out, file, model);
    for (const { title, items } of viewOf(model, values.filter)) {
      io.out(`${title} (${items.length})\n`);
      for (const { label, description } of items)
        io.out(`    ${label}${description === "" ? "" : `  [${description}]`}\n`);
    }
    return 0;
  },
};

const report: Command = {
  words: ["dialer", "report"],
  usage: `FILE [--html OUT] ${commonUsage}`,
  summary: "What will migrate and what is left to do, as Markdown, as a page of HTML or as JSON.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...common, html: { type: "string" } },
    });
    const { file, model, surroundings } = await load(io, onlyFile(positionals), values);
    const data = migrationReport(model, surroundings);
    if (values.html !== undefined) {
      const out = resolve(io.cwd, values.html);
      if (out === file.path) throw new UsageError("--html would overwrite the configuration");
      await writeFile(out, migrationHtml(data, file.name));
      io.err(`Wrote ${values.html}\n`);
      printIncomplete(io.err, file, model);
    } else if (values.json) {
      const workflows = data.workflows.map(workflowData);
      io.out(`${JSON.stringify({ ...data, workflows }, undefined, 2)}\n`);
    } else io.out(migrationMarkdown(data, file.name));
    return model.incomplete ? 1 : 0;
  },
};

const workflows: Command = {
  words: ["dialer", "workflows"],
  usage: `FILE [--status ${workflowStatuses.join(",")},unknown] [--paused yes|no] [--deleted yes|no] [--data-source UDL,...] [--name TEXT] ${commonUsage}`,
  summary: "The workflows to select in the Database Migration Assistant for Dialer, with its filters.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...common,
        status: { type: "string" },
        paused: { type: "string" },
        deleted: { type: "string" },
        "data-source": { type: "string" },
        name: { type: "string" },
      },
    });
    const { file, model, surroundings } = await load(io, onlyFile(positionals), values);
    const paused = yesNo("paused", values.paused);
    const deleted = yesNo("deleted", values.deleted);
    const chosen = selectWorkflows(workflowsOf(model, surroundings), {
      ...(paused !== undefined && { paused }),
      ...(deleted !== undefined && { deleted }),
      ...(values.status !== undefined && { statuses: values.status.split(",").map(statusNamed) }),
      ...(values["data-source"] !== undefined && { dataSources: values["data-source"].split(",") }),
      ...(values.name !== undefined && { name: values.name }),
    });
    const rows = chosen.map(workflowData);
    if (values.json) {
      io.out(`${JSON.stringify({ incomplete: model.incomplete, workflows: rows }, undefined, 2)}\n`);
    } else {
      printIncomplete(io.out, file, model);
      for (const { name, status, paused: isPaused, deleted: isDeleted, dataSources } of rows) {
        const state = [status ?? "status unknown", isPaused ? "paused" : "", isDeleted ? "deleted" : ""];
        const sources = dataSources.map(({ file, state: found }) => `${file} (${found})`).join(", ");
        io.out(`${name}\t${state.filter(Boolean).join(", ")}\t${sources || "no data source found"}\n`);
      }
      if (rows.length === 0) io.err("No workflow fits. A 4.x configuration has none.\n");
    }
    return model.incomplete ? 1 : 0;
  },
};

const diff: Command = {
  words: ["dialer", "diff"],
  usage: "OLD NEW [--everything] [--json]",
  summary: "What differs between two configurations, without what changes while Dialer runs.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        everything: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const [old, now, more] = positionals;
    if (old === undefined || now === undefined || more !== undefined)
      throw new UsageError("two files are compared: OLD NEW");
    const [before, after] = [await load(io, old, {}), await load(io, now, {})];
    const comparison = await compareDialerConfigurations(before.model, after.model, {
      everything: values.everything,
    });
    io.out(
      values.json ? `${JSON.stringify(comparison, undefined, 2)}\n` : comparisonText(comparison, old, now),
    );
    return comparison.objects.length > 0 || before.model.incomplete || after.model.incomplete ? 1 : 0;
  },
};

const purge: Command = {
  words: ["dialer", "purge"],
  usage: "FILE [--out NEWFILE] [--deleted-marker NAME]",
  summary:
    "Shows what removing the deleted workflows would change; with --out writes it to a new file. FILE stays as it is.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "deleted-marker": common["deleted-marker"], out: { type: "string" } },
    });
    const { file, model } = await load(io, onlyFile(positionals), values);
    const result = removeDeletedWorkflows(model);
    if (result.refused !== undefined) throw new Error(result.refused);
    if (result.removed.length === 0) {
      io.err("No workflow is marked as deleted; nothing to remove.\n");
      return 0;
    }
    io.out(purgeDiff(model, result, file.name, values.out ?? `${file.name} without deleted workflows`));
    for (const { name, marker } of result.removed)
      io.err(`Removes workflow “${name}”, marked by ${marker.name}="${marker.value}".\n`);
    for (const { property, target, from } of result.dangling)
      io.err(`Afterwards ${property} of ${from?.name ?? "an object"} leads nowhere: ${target}.\n`);
    if (values.out === undefined) {
      io.err("Nothing was written. Name a new file with --out to write it.\n");
      return 0;
    }
    try {
      await writeFile(resolve(io.cwd, values.out), encodeText(result.text, file), { flag: "wx" });
    } catch (error) {
      const exists = (error as { code?: unknown }).code === "EEXIST";
      throw exists ? new Error(`${values.out} exists already; nothing was written`) : error;
    }
    io.err(
      `Wrote ${values.out}. Check it with Dialer's own tools before use: hand edits are not supported.\n`,
    );
    return 0;
  },
};

/** One line, before all else, where the file was not read in full. */
function printIncomplete(print: Io["out"], file: TextFile, model: DialerConfiguration): void {
  for (const note of incompleteNotes([file.name, model.incomplete])) print(`${note}\n`);
}

function yesNo(option: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === "yes" || value === "no") return value === "yes";
  throw new UsageError(`--${option} is yes or no, not ${value}`);
}

function statusNamed(word: string): WorkflowStatus | undefined {
  if (/^unknown$/i.test(word)) return undefined;
  const status = workflowStatuses.find((known) => known.toLowerCase() === word.toLowerCase());
  if (!status) throw new UsageError(`--status takes ${workflowStatuses.join(", ")} and unknown, not ${word}`);
  return status;
}

/** A workflow without its elements, for JSON. */
function workflowData({ object, campaigns, ...rest }: ReturnType<typeof workflowsOf>[number]): Omit<
  ReturnType<typeof workflowsOf>[number],
  "object" | "campaigns"
> & {
  id: string | undefined;
  campaigns: string[];
} {
  return { ...rest, id: object.id, campaigns: campaigns.map(({ name, id }) => name ?? id ?? "") };
}

export const dialerCommands: Command[] = [check, show, report, workflows, diff, purge];
