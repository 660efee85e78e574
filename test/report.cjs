// Mocha's spec reporter, which also writes what was counted to the file that HANDLER_WORKBENCH_TEST_STATS
// names: how a test run in another process, or inside VS Code, proves that it really ran. Where
// HANDLER_WORKBENCH_TEST_OUTPUT names a file, it prints there: in VS Code the console is full of other things.
const { appendFileSync, writeFileSync } = require("node:fs");
const { format } = require("node:util");
const { reporters } = require("mocha");

class Report extends reporters.Spec {
  constructor(runner, options) {
    const output = process.env.HANDLER_WORKBENCH_TEST_OUTPUT;
    if (output) reporters.Base.consoleLog = (...args) => appendFileSync(output, format(...args) + "\n");
    super(runner, options);
    const file = process.env.HANDLER_WORKBENCH_TEST_STATS;
    if (!file) return;
    runner.once("end", () => {
      const failed = this.failures.map((test) => ({
        title: test.fullTitle(),
        file: test.file,
        message: String(test.err?.stack ?? test.err?.message ?? test.err),
      }));
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passes, failures, pending, failed }));
    });
  }
}

module.exports = Report;
