import assert from "node:assert/strict";
import {
  buildRequest,
  noChoices,
  RememberedChoices,
  type RunSpec,
  splitArguments,
} from "../../../client/src/scripts/runs/runSpec";

const protection = { encryption: "required", trustServerCertificate: false } as const;
const sqlServer = {
  id: "1",
  name: "target",
  target: { kind: "sqlserver", server: "db", user: "sa", ...protection },
} as const;
const oracle = {
  id: "2",
  name: "ora",
  target: { kind: "oracle", server: "db", database: "CIC", user: "system", ...protection },
} as const;
const spec = (more: Partial<RunSpec>): RunSpec => ({
  title: "x",
  connection: sqlServer,
  scripts: [{ path: "/scripts/a.sql" }],
  memory: "list x",
  ...more,
});

describe("the request of a run", () => {
  it("has named arguments as variables for sqlcmd, and never the value of a secret", () => {
    const { request, secrets, missing } = buildRequest(
      spec({
        scripts: [
          {
            path: "/scripts/SetupMigratorUser.sql",
            arguments: [{ name: "MigratorUser" }, { name: "Password", secret: true }, { name: "Database" }],
          },
        ],
      }),
      { ...noChoices, values: { MigratorUser: "mig", Password: "oops", Other: "1" } },
      "/runs",
    );
    assert.deepEqual(request.variables, { MigratorUser: "mig", Database: "", Other: "1" });
    assert.deepEqual(request.secretVariables, ["Password"]);
    assert.deepEqual(secrets, [{ name: "Password", wanted: "Password" }]);
    assert.deepEqual(missing, ["Database"]);
    assert.ok(!JSON.stringify(request).includes("oops"));
    assert.equal(request.options.startDirectory, "/scripts");
  });

  it("has arguments by their place for SQL*Plus, asked once for all scripts, secrets by number", () => {
    const spaces = [{ name: "data tablespace" }, { name: "index tablespace" }];
    const { request, secrets, missing, mixed } = buildRequest(
      spec({
        connection: oracle,
        scripts: [
          {
            path: "/o/a.sql",
            arguments: [...spaces, { name: "schema owner" }, { name: "owner password", secret: true }],
          },
          { path: "/o/b.sql", arguments: spaces },
        ],
      }),
      {
        ...noChoices,
        values: { "data tablespace": "DATA", "index tablespace": "IDX", "schema owner": "CIC" },
      },
      "/runs",
    );
    assert.deepEqual(
      request.scripts.map((script) => script.arguments),
      [
        ["DATA", "IDX", "CIC", "***"],
        ["DATA", "IDX"],
      ],
    );
    assert.deepEqual(secrets, [{ name: "4", wanted: "owner password" }]);
    assert.deepEqual(request.variables, {});
    assert.deepEqual(missing, []);
    assert.equal(mixed, undefined);
  });

  it("refuses scripts that would put a password where another one takes something else", () => {
    const { mixed } = buildRequest(
      spec({
        connection: oracle,
        scripts: [
          { path: "/o/a.sql", arguments: [{ name: "password", secret: true }] },
          { path: "/o/b.sql", arguments: [{ name: "schema" }] },
        ],
      }),
      noChoices,
      "/runs",
    );
    assert.equal(mixed, "/o/b.sql");
  });

  it("takes plain arguments as on a command line", () => {
    assert.deepEqual(splitArguments('a "b c"  "say ""x""" d'), ["a", "b c", 'say "x"', "d"]);
    const { request } = buildRequest(
      spec({ connection: oracle }),
      { ...noChoices, plainArguments: '"/logs/a b.log" 7' },
      "/runs",
    );
    assert.deepEqual(request.scripts[0]?.arguments, ["/logs/a b.log", "7"]);
  });
});

describe("remembered values", () => {
  it("hold no secret, and go with their list", async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      keys: () => [...kept.keys()],
      get: (key: string, fallback?: unknown) => kept.get(key) ?? fallback,
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
    const choices = new RememberedChoices(memory as ConstructorParameters<typeof RememberedChoices>[0]);
    const values = { "data tablespace": "D", "owner password": "oops", token: "hidden", MyPwd: "oops" };
    await choices.keep({ memory: "list a" }, { ...noChoices, onError: "exit", values }, ["token"]);
    assert.deepEqual(choices.of({ memory: "list a" }).values, { "data tablespace": "D" });
    assert.equal(choices.of({ memory: "list a" }).onError, "exit");
    assert.deepEqual(choices.of({ memory: "list b" }), noChoices);
    assert.ok(!JSON.stringify([...kept]).includes("oops"));
  });
});
