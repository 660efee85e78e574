import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../../server/src/database/messages";
import { RunnerProcess } from "../../../server/src/database/process";
import { bundledRunner } from "./bundledRunner";
import { oracleTarget, password, requestFor, Workplace } from "./runHelp";

describe("the bundled runner", function () {
  this.timeout(60_000);
  before(() => void bundledRunner());

  it("is the only program with database drivers in it", () => {
    const { folder } = bundledRunner();
    const withDrivers = readdirSync(folder).filter(
      (name) => name.endsWith(".js") && /tedious|NJS-\d{3}/.test(readFileSync(join(folder, name), "utf8")),
    );
    assert.deepEqual(withDrivers, ["runner.js"]);
  });

  it("loads the Oracle driver when it is needed, and its native part for thick mode only", async () => {
    using workplace = new Workplace();
    const path = workplace.script("1.sql", "select 1 from dual;\n");
    const connect = async (more: object): Promise<string> => {
      const notes: RunEvent[] = [];
      const runner = new RunnerProcess(bundledRunner().module, {
        onEvents: (events) => notes.push(...events),
        onQuestion: () => Promise.resolve(undefined),
      });
      const target = { ...oracleTarget, server: "127.0.0.1", port: 1, ...more };
      await runner.survey(requestFor(workplace, target, [path]));
      const { state, reason } = await runner.start(password, {}, {});
      assert.equal(state, "Incomplete");
      return reason;
    };
    assert.match(await connect({}), /No listener there; check server and port/);
    // The native part was found and has looked for the client: without it the driver says NJS-045.
    const thick = await connect({ clientFolder: join(workplace.folder, "no client") });
    assert.match(thick, /DPI-1047: .*"\. Oracle Instant Client cannot be loaded from the folder given/);
  });
});
