import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../server/src/commandline/main";
import { scriptCommands } from "../../../server/src/commandline/script";

/** The parts of `script plan --json` that others build on. */
interface PlanJson {
  readonly dialect: string;
  readonly batches: readonly {
    readonly text: string;
    readonly count: number;
    readonly file: string;
    readonly startLine: number;
    readonly endLine: number;
    readonly destructive: readonly { readonly kind: string; readonly line: number }[];
  }[];
  readonly commands: readonly { readonly name: string; readonly text: string; readonly line: number }[];
  readonly warnings: readonly { readonly code: string; readonly file: string; readonly line: number }[];
  readonly variables: readonly { readonly name: string; readonly defined: boolean; readonly line: number }[];
}

describe("script plan and script folder", () => {
  let root = "";
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "script-cli-")));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const run = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; out: string; err: string }> => {
    let out = "";
    let err = "";
    const io = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      env,
      cwd: root,
    };
    const code = await main(scriptCommands, args, io);
    return { code, out, err };
  };
  const write = (name: string, text: string | Buffer): void => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  };

  it("waits for whoever reads the plan", async () => {
    const batch = `print '${"x".repeat(1000)}'\nGO\n`;
    write("long.sql", batch.repeat(200));
    for (const more of [[], ["--json"]]) {
      let waiting = 0;
      let most = 0;
      let all = 0;
      const io = {
        out: (text: string) => {
          all += text.length;
          most = Math.max(most, (waiting += text.length));
        },
        err: () => undefined,
        env: {},
        cwd: root,
        drained: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          waiting = 0;
        },
      };
      assert.equal(
        await main(scriptCommands, ["script", "plan", "long.sql", "--dialect", "sqlcmd", ...more], io),
        0,
      );
      assert.ok(all > 60_000 && most < 5_000, `${most} of ${all} characters waited`);
    }
  });

  it("plans a sqlcmd script as JSON", async () => {
    write(
      "sub/main.sql",
      ":setvar t Calls\n:r inc.sql\nGO\ndelete from $(T)\nselect $(home), $(nope)\nGO 2\n",
    );
    write("sub/inc.sql", "use $(db)\n");
    const { code, out, err } = await run(
      ["script", "plan", "sub/main.sql", "--dialect", "sqlcmd", "--json", "-v", "db=IC"],
      {
        HOME: "/h",
      },
    );
    const plan = JSON.parse(out) as PlanJson;
    const [file, include] = [join(root, "sub/main.sql"), join(root, "sub/inc.sql")];
    assert.equal(plan.dialect, "sqlcmd");
    assert.deepEqual(
      plan.batches.map(({ text, count, file: at, startLine, endLine }) => [
        text,
        count,
        at,
        startLine,
        endLine,
      ]),
      [
        ["use IC", 1, include, 1, 1],
        ["delete from Calls\nselect /h, $(nope)", 2, file, 4, 5],
      ],
    );
    assert.deepEqual(
      plan.commands.map(({ name, text, line }) => [name, text, line]),
      [
        ["setvar", ":setvar t Calls", 1],
        ["include", ":r inc.sql", 2],
      ],
    );
    assert.deepEqual(
      plan.warnings.map(({ code: each, file: at, line }) => [each, at, line]),
      [["undefined-variable", file, 5]],
    );
    assert.deepEqual(
      plan.batches[1]?.destructive.map(({ kind, line }) => [kind, line]),
      [["delete-without-where", 4]],
    );
    assert.deepEqual(
      plan.variables.map(({ name, defined, line }) => [name, defined, line]),
      [
        ["DB", true, 1],
        ["T", true, 4],
        ["HOME", true, 5],
        ["NOPE", false, 5],
      ],
    );
    assert.deepEqual([code, err], [1, ""]);
  });

  it("plans a SQL*Plus script with its arguments", async () => {
    write("main.sql", "accept owner\nselect * from &owner..&1 where a = '&2';\n");
    const args = [
      "script",
      "plan",
      "main.sql",
      "--dialect",
      "sqlplus",
      "--json",
      "--arg",
      "calls",
      "--arg",
      "a b",
      "-v",
      "OWNER=ic",
    ];
    const { code, out } = await run(args);
    const plan = JSON.parse(out) as PlanJson;
    assert.deepEqual(
      plan.batches.map(({ text }) => text),
      ["select * from ic.calls where a = 'a b'"],
    );
    assert.deepEqual([plan.warnings, code], [[], 0]);
  });

  it("writes a plan for people", async () => {
    write("main.sql", `print 1\nGO 3\ndrop table t -- ${"x".repeat(1000)}\n`);
    const { code, out } = await run(["script", "plan", "main.sql", "--dialect", "sqlcmd"]);
    assert.match(out, /batch 1, 3 times: main\.sql, lines 1 to 1\n {5}1 \| print 1\n/);
    assert.match(
      out,
      /\n {5}3 \| drop table t -- x+\.\.\. \(1016 characters\)\n {5}! line 3: DROP TABLE t\n/,
    );
    assert.match(out, /2 batches, 0 commands, 0 errors, 0 other remarks, 1 destructive/);
    assert.equal(code, 0);
  });

  it("never shows passwords", async () => {
    write("main.sql", ":connect a -U sa -P topsecret\ncreate login x with password = '$(Password)'\nGO\n");
    for (const form of [[], ["--json"]]) {
      const { out, err } = await run([
        "script",
        "plan",
        "main.sql",
        "--dialect",
        "sqlcmd",
        "-v",
        "Password=hunter2",
        ...form,
      ]);
      assert.doesNotMatch(out + err, /topsecret|hunter2/);
      assert.match(out, /\*\*\*/);
    }
  });

  it("tells wrong calls and unreadable scripts apart from scripts with problems", async () => {
    write("main.sql", "print 1\n");
    write("bin.sql", Buffer.from("MZ\x90\x00\x03\x00", "latin1"));
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [["main.sql"], /--dialect must be/],
      [["main.sql", "--dialect", "mysql"], /--dialect must be/],
      [["--dialect", "sqlcmd"], /takes one file/],
      [["main.sql", "--dialect", "sqlcmd", "-v", "x"], /NAME=VALUE/],
      [["main.sql", "--dialect", "sqlcmd", "--arg", "x"], /--arg is for sqlplus/],
      [["main.sql", "--dialect", "sqlcmd", "--encoding", "klingon"], /no encoding/],
      [["none.sql", "--dialect", "sqlcmd"], /none\.sql cannot be read: there is no such file/],
      [["bin.sql", "--dialect", "sqlcmd"], /not a text file: it looks like a Windows program/],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await run(["script", "plan", ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, message);
    }
  });

  it("passes the start directory, more folders and switches on", async () => {
    write("x/a.sql", "print 'x'\n");
    write("deep/s/main.sql", ":r ../../x/a.sql\nprint '$(q)'\nquit\n");
    const args = [
      "script",
      "plan",
      join(root, "deep/s/main.sql"),
      "--dialect",
      "sqlcmd",
      "--json",
      "--no-substitution",
      "--ssms",
    ];
    const inside = JSON.parse((await run(args)).out) as PlanJson;
    assert.deepEqual(
      inside.batches.map(({ text }) => text),
      ["print 'x'\nprint '$(q)'\nquit"],
    );
  });

  it("shows a folder of generated scripts", async () => {
    write("run/g/T.sql", "/*\nHasSiteId = Y\nTargetTable = CALLS\n*/\nselect 1 from dual;\n");
    write("run/ExecuteMigrationScripts.bat", "sqlplus a/hunter2@c @g\\T.sql\r\n");
    const json = await run(["script", "folder", "run", "--json"]);
    const folder = JSON.parse(json.out) as {
      groups: { name: string; scripts: { table: string; order: number }[] }[];
    };
    assert.deepEqual(
      folder.groups[0]?.scripts.map(({ table, order }) => [table, order]),
      [["CALLS", 1]],
    );
    const plain = await run(["script", "folder", "run"]);
    assert.match(plain.out, /run: 1 groups, 1 scripts\n\ng\n {5}1 {2}CALLS +g\/T\.sql\n/);
    assert.match(plain.out, /a password stands here in clear text/);
    assert.doesNotMatch(json.out + plain.out, /hunter2/);
    assert.equal(plain.code, 1);
    assert.equal((await run(["script", "folder", "nothing"])).code, 2);
  });
});
