// What `npm test` ends with: runs the kinds of tests one after another and closes with one line of counts.
//   node test/run.mjs [unit] [server] [suite] [user] [package] [--grep TEXT]
// A kind whose tests did not run counts as failed: a run that proves nothing must not look green.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const mocha = "node_modules/mocha/bin/mocha.js";
/** npm's own script, which npm tells those it runs; without it, the one beside Node. */
const npm =
  process.env.npm_execpath ?? join(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
const minute = 60_000;

/** In this order: what is quick and tells most comes first. */
const kinds = [
  { name: "unit", what: "Unit tests", files: "test/unit/**/*.test.ts", limit: 15 * minute },
  {
    name: "server",
    what: "Language server over stdio",
    files: "test/server/**/*.test.ts",
    limit: 10 * minute,
  },
  {
    name: "suite",
    what: "Inside VS Code",
    script: "test/vscode/runSuite.ts",
    limit: 15 * minute,
    editor: true,
  },
  {
    name: "user",
    what: "VS Code driven as a user",
    files: "test/vscode/user/**/*.test.ts",
    limit: 30 * minute,
    timeout: minute,
    editor: true,
  },
  {
    name: "package",
    what: "The packaged extension",
    files: "test/vscode/package/**/*.test.ts",
    limit: 10 * minute,
    timeout: minute,
    editor: true,
    // What is tested is the `.vsix` itself.
    prepare: "package",
  },
];

const { values: options, positionals } = parseArgs({
  options: { grep: { type: "string", short: "g" } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !kinds.some((kind) => kind.name === name));
if (unknown.length > 0) {
  console.error(
    `No such kind of test: ${unknown.join(", ")}. There are: ${kinds.map(({ name }) => name).join(", ")}`,
  );
  process.exit(2);
}
const skipEditor = process.env.HANDLER_WORKBENCH_SKIP_EDITOR === "1";
const temporary = mkdtempSync(join(tmpdir(), "hw-test-"));
const results = [];
/** @type {import("node:child_process").ChildProcess | undefined} */
let current;
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopped = true;
    current?.kill("SIGTERM");
  });
}

for (const kind of kinds) {
  if (stopped || (positionals.length > 0 && !positionals.includes(kind.name))) continue;
  console.log(`\n=== ${kind.what}`);
  if (kind.editor && skipEditor) {
    console.log(
      "SKIPPED because HANDLER_WORKBENCH_SKIP_EDITOR=1: nothing below says anything about VS Code.",
    );
    results.push({ kind, passed: 0, skipped: 1, failed: [] });
    continue;
  }
  results.push(await run(kind));
}
rmSync(temporary, { recursive: true, force: true });
report();

/** Runs one kind; its counts come from the file that its reporter wrote, never from its exit code alone. */
async function run(kind) {
  const stats = join(temporary, `${kind.name}.json`);
  const args = kind.files
    ? [
        mocha,
        "--forbid-only",
        ...(kind.timeout ? ["--timeout", String(kind.timeout)] : []),
        ...(options.grep ? ["--grep", options.grep] : []),
        kind.files,
      ]
    : ["--import", "tsx", kind.script];
  const trouble = (message) => ({ title: kind.what, message });
  if (kind.prepare) {
    const made = await spawned([npm, "run", "--silent", kind.prepare], kind.limit, {});
    if (made !== 0) {
      const message = `'npm run ${kind.prepare}' ended with ${made}; see above.`;
      return { kind, passed: 0, skipped: 0, failed: [trouble(message)] };
    }
  }
  const code = await spawned(args, kind.limit, {
    HANDLER_WORKBENCH_TEST_STATS: stats,
    ...(options.grep ? { HANDLER_WORKBENCH_TEST_GREP: options.grep } : {}),
  });
  if (!existsSync(stats)) {
    const ended = code === 0 ? "ended early, as if all were well" : `ended with ${code}`;
    const none = kind.files && code === 1 && !hasTests(kind) ? `: there is no ${kind.files}` : "; see above";
    return { kind, passed: 0, skipped: 0, failed: [trouble(`No result: the run ${ended}${none}.`)] };
  }
  const { passes, pending, failed } = JSON.parse(readFileSync(stats, "utf8"));
  if (failed.length === 0 && code !== 0) failed.push(trouble(`The run ended with ${code}; see above.`));
  if (passes + pending + failed.length === 0 && !options.grep) failed.push(trouble("No test ran."));
  return { kind, passed: passes, skipped: pending, failed };
}

function hasTests({ files }) {
  const folder = join(root, files.slice(0, files.indexOf("/**")));
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => /\.test\.ts$/.test(String(file)))
  );
}

/** The exit code of `node ARGS`, the signal that ended it, or "no end in N minutes". */
function spawned(args, limit, env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    current = child;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // It stops its own editor on SIGTERM.
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 15_000).unref();
    }, limit);
    child.on("error", (error) => console.error(error.message));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      done(late ? `no end in ${limit / minute} minutes` : (signal ?? code));
    });
  });
}

function report() {
  const failed = results.flatMap(({ kind, failed: tests }) => tests.map((test) => ({ kind, ...test })));
  if (failed.length > 0) {
    console.log("\n=== Failures");
    for (const { kind, title, message } of failed) console.log(`\n${kind.name}: ${title}\n${message}`);
    if (results.some(({ kind, passed, failed: tests }) => kind.editor && passed === 0 && tests.length > 0)) {
      console.log("\nWhere VS Code cannot run, HANDLER_WORKBENCH_SKIP_EDITOR=1 leaves its tests out.");
    }
  }
  console.log("");
  for (const { kind, passed, skipped, failed: tests } of results) {
    console.log(`${kind.what.padEnd(28)} ${line(passed, tests.length, skipped)}`);
  }
  const sum = (of) => results.reduce((total, result) => total + of(result), 0);
  const passed = sum((result) => result.passed);
  if (stopped) console.log("\nStopped before the end.");
  else if (passed === 0) console.log("\nNo test passed.");
  process.exitCode = failed.length > 0 || passed === 0 || stopped ? 1 : 0;
  console.log(
    `\n${line(
      passed,
      failed.length,
      sum((result) => result.skipped),
    )}`,
  );
}

function line(passed, failed, skipped) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
