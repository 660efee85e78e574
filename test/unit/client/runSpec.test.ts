import assert from "node:assert/strict";
import { givenVariables } from "../../../client/src/scripts/generated/givenVariables";
import {
  buildRequest,
  noChoices,
  RememberedChoices,
  type RunSpec,
  wantedBy,
  withArguments,
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
    assert.deepEqual(secrets, ["Password"]);
    assert.deepEqual(missing, ["Database"]);
    assert.ok(!JSON.stringify(request).includes("oops"));
    assert.equal(request.options.startDirectory, "/scripts");
  });

  it("has arguments by their place for SQL*Plus, asked once for all scripts, secrets by name", () => {
    const spaces = [{ name: "data tablespace" }, { name: "index tablespace" }];
    const { request, secrets, missing } = buildRequest(
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
    assert.deepEqual(secrets, ["owner password"]);
    assert.deepEqual(
      request.scripts.map(({ secretArguments }) => secretArguments),
      [{ 4: "owner password" }, undefined],
    );
    assert.deepEqual(request.variables, {});
    assert.deepEqual(missing, []);
  });

  it("lets one script take a password where another one takes something else", () => {
    const { request } = buildRequest(
      spec({
        connection: oracle,
        scripts: [
          { path: "/o/a.sql", arguments: [{ name: "password", secret: true }] },
          { path: "/o/b.sql", arguments: [{ name: "schema" }] },
        ],
      }),
      { ...noChoices, values: { schema: "CIC" } },
      "/runs",
    );
    assert.deepEqual(request.scripts, [
      { path: "/o/a.sql", arguments: ["***"], secretArguments: { 1: "password" } },
      { path: "/o/b.sql", arguments: ["CIC"] },
    ]);
  });

  it("takes given arguments as they are, and asks for what a batch file leaves open", () => {
    const given = spec({
      connection: oracle,
      scripts: [
        { path: "/g/a.sql", arguments: [{ given: "a b.log" }, { given: "%LOGS%\\%DAY%.log" }] },
        {
          path: "/g/b.sql",
          arguments: [{ given: "b.log" }, { given: "%LOGS%\\b.log" }, { given: "%APPPWD%" }],
        },
      ],
    });
    assert.deepEqual(wantedBy(given), [
      { name: "%LOGS%", secret: false },
      { name: "%DAY%", secret: false },
      { name: "%APPPWD%", secret: true },
    ]);
    const { request, missing } = buildRequest(
      given,
      { ...noChoices, values: { "%LOGS%": "C:\\l" } },
      "/runs",
    );
    assert.deepEqual(
      request.scripts.map((script) => script.arguments),
      [
        ["a b.log", "C:\\l\\.log"],
        ["b.log", "C:\\l\\b.log", "***"],
      ],
    );
    assert.deepEqual(missing, ["%DAY%"]);
    assert.deepEqual(request.scripts[1]?.secretArguments, { 3: "%APPPWD%" });
  });

  it("offers arguments by the guide, or one by one, each of which may be a secret", () => {
    const two = spec({
      connection: oracle,
      scripts: [{ path: "/o/Create_User_Role.sql" }, { path: "/o/x.sql" }],
    });
    const known = withArguments(two, [
      { listed: [{ name: "schema owner" }, { name: "owner password", secret: true }], used: [] },
      { used: [{}, { secret: true }, {}] },
    ]);
    assert.deepEqual(
      wantedBy(known).map(({ name, secret, unknown }) => [name, secret, unknown ?? false]),
      [
        ["schema owner", false, false],
        ["owner password", true, false],
        ["2. x.sql &1", false, true],
        ["2. x.sql &2", true, false],
        ["2. x.sql &3", false, true],
      ],
    );
    const values = { "schema owner": "CIC", "2. x.sql &1": "oops" };
    const { request, secrets, missing } = buildRequest(
      known,
      { ...noChoices, values, hidden: ["2. x.sql &1"] },
      "/runs",
    );
    assert.deepEqual(request.scripts[1], {
      path: "/o/x.sql",
      arguments: ["***", "***"],
      secretArguments: { 1: "2. x.sql &1", 2: "2. x.sql &2" },
    });
    assert.deepEqual(secrets, ["owner password", "2. x.sql &1", "2. x.sql &2"]);
    assert.deepEqual(missing, []);
    assert.ok(!JSON.stringify(request).includes("oops"));
    const one = withArguments(spec({ connection: oracle }), [{ used: [{}] }]);
    assert.deepEqual(buildRequest(one, noChoices, "/runs").request.scripts, [{ path: "/scripts/a.sql" }]);
    assert.deepEqual(
      buildRequest(one, { ...noChoices, values: { "&1": "7" } }, "/runs").request.scripts[0]?.arguments,
      ["7"],
    );
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
    const values = {
      "data tablespace": "D",
      "owner password": "oops",
      token: "oops",
      MyPwd: "oops",
      // Nobody knows what it is: it may be a password.
      "&1": "oops",
    };
    const script = { path: "/o/a.sql", arguments: [{ name: "&1", unknown: true as const }] };
    await choices.keep(
      spec({ memory: "list a", scripts: [script] }),
      { ...noChoices, onError: "exit", values, hidden: ["&2"] },
      ["token"],
    );
    assert.deepEqual(choices.of({ memory: "list a" }).values, { "data tablespace": "D" });
    assert.equal(choices.of({ memory: "list a" }).onError, "exit");
    assert.deepEqual(choices.of({ memory: "list a" }).hidden, ["&2"]);
    assert.deepEqual(choices.of({ memory: "list b" }), noChoices);
    assert.ok(!JSON.stringify([...kept]).includes("oops"));
  });
});

describe("values that a batch file gives with sqlcmd -v", () => {
  const script = (...variables: readonly (readonly [string, string?])[]) => ({
    variables: variables.map(([name, value], index) => ({
      name,
      line: index + 3,
      ...(value !== undefined && { value }),
    })),
  });
  const taken = (...scripts: ReturnType<typeof script>[]): unknown =>
    givenVariables("/g/x.bat", scripts).map(({ name, value, refused, place }) => [
      name,
      value ?? refused,
      place.line,
    ]);

  it("are taken over where every script of the run gets the same", () => {
    assert.deepEqual(taken(script(["Db", "IC"], ["Site", "1"]), script(["DB", "IC"], ["Site", "2"])), [
      ["Db", "IC", 3],
      ["Site", "differs", 4],
    ]);
    assert.deepEqual(taken(script(["Db", "IC"]), script()), [["Db", "differs", 3]]);
    // The same script twice.
    assert.deepEqual(taken(script(["Db", "IC"], ["Db", "Other"])), [["Db", "differs", 3]]);
    assert.deepEqual(taken(script(["Db"])), [["Db", "unknown", 3]]);
    assert.deepEqual(taken(script(), script()), []);
  });

  it("are values of the run, unless somebody fills in another one or it is a secret", () => {
    const given = givenVariables("/g/x.bat", [script(["Db", "IC"], ["Site", "1"], ["Key", "k"], ["Open"])]);
    const built = (values: Readonly<Record<string, string>>, secrets: readonly string[] = []) =>
      buildRequest(spec({ given }), { ...noChoices, values }, "/runs", secrets).request.variables;
    assert.deepEqual(built({}), { Db: "IC", Site: "1", Key: "k" });
    assert.deepEqual(built({ DB: "Test" }, ["KEY"]), { DB: "Test", Site: "1" });
    const forOracle = buildRequest(spec({ given, connection: oracle }), noChoices, "/runs").request;
    assert.deepEqual(forOracle.variables, {});
  });
});
