import assert from "node:assert/strict";

import iconv from "iconv-lite";

import { plan, readScript } from "../../../server/src/scripts/read";
import { Secret } from "../../../server/src/scripts/secret";
import { SqlcmdSession } from "../../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../../server/src/scripts/sqlplus/session";
import { memoryFiles, notes, planText, texts } from "./memory";

describe("script text", () => {
  const text = "print 'Grüße – €'\r\nGO\r\nprint 2\r\n";
  const encodings: readonly (readonly [name: string, bytes: Buffer, encoding: string])[] = [
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with BOM", Buffer.from("\ufeff" + text), "utf-8"],
    ["UTF-16LE with BOM", Buffer.from("\ufeff" + text, "utf16le"), "utf-16le"],
    ["UTF-16LE without BOM", Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16BE with BOM", Buffer.from("\ufeff" + text, "utf16le").swap16(), "utf-16be"],
    ["UTF-16BE without BOM", Buffer.from(text, "utf16le").swap16(), "utf-16be"],
    ["Windows-1252", iconv.encode(text, "windows-1252"), "windows-1252"],
  ];
  for (const [name, bytes, encoding] of encodings) {
    for (const chunkSizes of [[65536], [1], [3, 1, 2]]) {
      it(`reads ${name} in chunks of ${chunkSizes.join(", ")}`, async () => {
        const found = await planText(bytes, new SqlcmdSession(), {}, { chunkSizes });
        assert.deepEqual(texts(found.items), ["print 'Grüße – €'", "print 2"]);
        assert.equal(found.files[0]?.encoding, encoding);
        assert.equal(found.files[0]?.bytes, bytes.length);
        assert.deepEqual(notes(found), encoding === "windows-1252" ? ["not-utf-8:1"] : []);
      });
    }
  }

  it("says where a file stops being UTF-8, and takes the fallback encoding asked for", async () => {
    const bytes = Buffer.concat([
      Buffer.from("-- ü\n".repeat(5000)),
      Buffer.from([0x80]),
      Buffer.from("\nü"),
    ]);
    for (const chunkSizes of [[65536], [7], [29998, 100]]) {
      const found = await planText(bytes, new SqlcmdSession(), {}, { fallbackEncoding: "cp850", chunkSizes });
      assert.match(found.problems[0]?.message ?? "", /byte offset 30000\) .* read as cp850/);
      assert.match(found.batches[0]?.text ?? "", /\nÇ\n/);
    }
  });

  it("takes a character that the end of the file cuts for no UTF-8", async () => {
    const found = await planText(Buffer.from([0x31, 0xe2, 0x82]), new SqlcmdSession());
    assert.deepEqual(texts(found.items), ["1â‚"]);
  });

  const binaries: readonly (readonly [string, Buffer, RegExp])[] = [
    ["a ZIP archive", Buffer.from("PK\x03\x04\x14\x00\x00\x00abc", "latin1"), /looks like a ZIP archive/],
    ["a SQL Server backup", Buffer.from("TAPE\x00\x00\x03\x00", "latin1"), /looks like a SQL Server backup/],
    [
      "a zero byte far in",
      Buffer.from("select 1\n".repeat(1000) + "\0", "latin1"),
      /zero byte at offset 9000/,
    ],
    [
      "half a UTF-16 character",
      Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]),
      /5 bytes do not make whole UTF-16/,
    ],
  ];
  for (const [name, bytes, message] of binaries) {
    it(`refuses ${name}`, async () => {
      const found = await planText(bytes, new SqlcmdSession());
      assert.equal(found.end, "unreadable");
      assert.deepEqual(notes(found), ["script-unreadable:1"]);
      assert.match(found.problems[0]?.message ?? "", message);
    });
  }

  it("reads a script that begins like a program but is text", async () => {
    assert.deepEqual(texts((await planText("MZ\nGO\n", new SqlcmdSession())).items), ["MZ"]);
  });

  it("says that the script is not there", async () => {
    const found = await plan("/s/none.sql", new SqlcmdSession(), { files: memoryFiles({ "/s/a.sql": "" }) });
    assert.equal(found.end, "unreadable");
    assert.match(found.problems[0]?.message ?? "", /none\.sql cannot be read/);
  });

  it("plans a line of 10 MB", async () => {
    const line = `print '${"x".repeat(10_000_000)}'`;
    const found = await planText(`${line}\nGO\nprint 2\n`, new SqlcmdSession());
    assert.deepEqual(texts(found.items), [line, "print 2"]);
    const oracle = await planText(
      `insert into t values ('${"'';".repeat(3_000_000)}');\nselect 1 from dual;`,
      new SqlplusSession(),
    );
    assert.deepEqual(
      texts(oracle.items).map((each) => each.length),
      [9_000_025, 18],
    );
  });

  it("stops at a line or a batch that is too long", async () => {
    const limits = { line: 100, batch: 300 };
    const long = await planText(
      `select 1\nGO\n${"x".repeat(500)}`,
      new SqlcmdSession(),
      {},
      { limits, chunkSizes: [50] },
    );
    assert.deepEqual(
      [texts(long.items), notes(long), long.end],
      [["select 1"], ["line-too-long:2"], "stopped"],
    );
    assert.match(long.problems[0]?.message ?? "", /^line 3 of/);
    const batch = await planText(
      `select 1\nGO\n${"select 2\n".repeat(50)}GO\nselect 3\n`,
      new SqlcmdSession(),
      {},
      { limits },
    );
    assert.deepEqual(
      [texts(batch.items), notes(batch), batch.end],
      [["select 1"], ["batch-too-long:36"], "stopped"],
    );
    const block = await planText(
      `begin\n${"null;\n".repeat(100)}end;\n/\n`,
      new SqlplusSession(),
      {},
      { limits },
    );
    assert.deepEqual([texts(block.items), block.end], [[], "stopped"]);
  });
});

describe("a runner's way through a script", () => {
  it("may change variables between items, and they count from the next line", async () => {
    const session = new SqlplusSession();
    const text =
      "column id new_value current_id\nselect max(id) id from t;\ninsert into u values (&current_id);\nprompt &current_id\n";
    const files = memoryFiles({ "/s/main.sql": text });
    const seen: string[] = [];
    for await (const item of readScript("/s/main.sql", session, { files })) {
      if (item.kind === "batch") seen.push(item.text);
      if (item.kind === "command" && item.command.name === "prompt" && item.command.dialect === "sqlplus")
        seen.push(item.command.message);
      if (item.kind === "batch" && item.text.startsWith("select")) session.set("current_id", "42");
    }
    assert.deepEqual(seen, ["select max(id) id from t", "insert into u values (42)", "42"]);
    const planned = await plan("/s/main.sql", new SqlplusSession(), { files });
    assert.deepEqual(notes(planned), ["value-known-in-run:3", "value-known-in-run:4"]);
    assert.deepEqual(planned.batches[1]?.undefined, ["current_id"]);
  });

  it("shares one session over several scripts", async () => {
    const session = new SqlcmdSession();
    await planText(":setvar db IC\n", session);
    assert.deepEqual(texts((await planText("use $(db)\n", session)).items), ["use IC"]);
  });

  it("reads nothing ahead of the item that was asked for", async () => {
    const session = new SqlcmdSession({ variables: { a: "1" } });
    const files = memoryFiles({ "/s/main.sql": "select $(a)\nGO\nselect $(a)\nGO\n" });
    const found: string[] = [];
    for await (const item of readScript("/s/main.sql", session, { files })) {
      if (item.kind !== "batch") continue;
      found.push(item.text);
      session.set("a", "2");
    }
    assert.deepEqual(found, ["select 1", "select 2"]);
  });

  it("asks for ACCEPT, hides what is hidden, and reports what nobody answers", async () => {
    const text =
      "accept pw char prompt 'Password:' hide\naccept n number default 5 prompt 'How many:'\naccept x\ncreate user u identified by \"&pw\";\nselect &n, &x from dual;\n";
    const asked: unknown[] = [];
    const session = new SqlplusSession({
      ask: async ({ name, prompt, hidden, default: fallback }) => {
        asked.push([name, prompt, hidden, fallback]);
        return Promise.resolve(name === "pw" ? "s3cret" : undefined);
      },
    });
    const found = await planText(text, session);
    assert.deepEqual(asked.slice(0, 3), [
      ["pw", "Password:", true, undefined],
      ["n", "How many:", false, "5"],
      ["x", "Enter value for x:", false, undefined],
    ]);
    assert.deepEqual(texts(found.items), ['create user u identified by "s3cret"', "select 5, &x from dual"]);
    assert.deepEqual(
      found.batches.map(({ secrets, original }) => [secrets, original]),
      [
        [["pw"], 'create user u identified by "&pw"'],
        [[], "select &n, &x from dual"],
      ],
    );
    assert.deepEqual(notes(found), ["unanswered-question:3", "undefined-variable:5"]);
    assert.deepEqual(
      session.list().find(({ name }) => name === "pw"),
      { name: "pw", value: "***" },
    );
  });

  it("keeps passwords out of commands as they are written and printed", async () => {
    const found = await planText(
      ':connect srv\\inst -U sa -P "p w" -l 5 -Ns\n:connect other -Uic -Phidden\n',
      new SqlcmdSession(),
    );
    const [first, second] = found.commands;
    assert.ok(first?.name === "connect" && first.dialect === "sqlcmd" && second?.name === "connect");
    assert.deepEqual(
      [first.server, first.user, first.password?.reveal(), first.loginTimeout, first.encryption],
      ["srv\\inst", "sa", "p w", 5, "strict"],
    );
    assert.equal(second.password?.reveal(), "hidden");
    assert.doesNotMatch(JSON.stringify(found.commands), /p w|hidden/);
    assert.equal(`${new Secret("x").toString()} ${JSON.stringify(new Secret("x"))}`, '*** "***"');
  });

  it("refuses what would start programs, and goes on", async () => {
    const sqlcmd = await planText("!!del *\n:!! dir\n:ed\nprint 1\n", new SqlcmdSession());
    assert.deepEqual(notes(sqlcmd), ["refused-command:1", "refused-command:2", "refused-command:3"]);
    assert.deepEqual(texts(sqlcmd.items), ["print 1"]);
    const text =
      "host rm -rf /\n! ls\n$ dir\nho ls\nedit\nsave x\nshutdown abort\npassword\nselect 1 from dual;\n";
    const sqlplus = await planText(text, new SqlplusSession());
    assert.deepEqual(
      notes(sqlplus),
      Array.from({ length: 8 }, (_, line) => `refused-command:${line + 1}`),
    );
    assert.ok(sqlplus.commands.every(({ name }) => name === "refused"));
    assert.deepEqual(texts(sqlplus.items), ["select 1 from dual"]);
  });

  it("runs the SQL buffer for a slash that stands alone only", async () => {
    const found = await planText("select 1 from dual;\n/home/x\n/;\n", new SqlplusSession());
    assert.deepEqual(notes(found), ["text-after-slash:2", "runs-again:3"]);
    assert.equal(found.batches.length, 2);
  });

  it("notices the slash that is missing between two blocks", async () => {
    const text =
      "create procedure a as\nbegin\n  null;\nend a;\n\ncreate procedure b as\nbegin null; end;\n/\n";
    const found = await planText(text, new SqlplusSession());
    assert.deepEqual([found.batches.length, notes(found)], [1, ["missing-slash:6"]]);
  });

  it("ends a SQL*Plus script in the middle of something with a message", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["select 1", "unfinished:1"],
      ["begin null; end;", "unfinished:1"],
      ["prompt x\n/* open\nselect 1 from dual;", "unclosed:2"],
    ];
    for (const [text, note] of cases) {
      const found = await planText(text, new SqlplusSession());
      assert.deepEqual([texts(found.items), notes(found)], [[], [note]]);
    }
    const goesOn = await planText("@a\nfrom dual;\n", new SqlplusSession(), { "/s/a.sql": "select 1\n" });
    assert.deepEqual([texts(goesOn.items), notes(goesOn)], [["select 1\nfrom dual"], ["unfinished:1"]]);
  });

  it("takes the settings that change how a SQL*Plus script is read", async () => {
    const text = [
      "set sqlterminator ! blockterminator ,",
      "select 1;",
      "from dual!",
      "select 2",
      ",",
      "set sqlt ; blo .",
      "set cmdsep |",
      "prompt a | prompt b",
      "set sqlprefix $ suffix ora concat off",
      "select &x.y from",
      "$prompt inside",
      "dual;",
      "@inc",
      "set sqlterminator off",
      "select 3;",
      "/",
    ].join("\n");
    const found = await planText(text, new SqlplusSession({ variables: { x: "col" } }), {
      "/s/inc.ora": "prompt inc\n",
    });
    assert.deepEqual(texts(found.items), ["select 1;\nfrom dual", "select col.y from\ndual", "select 3;"]);
    assert.deepEqual(
      found.commands.flatMap((command) =>
        command.name === "prompt" && "message" in command ? command.message : [],
      ),
      ["a", "b", "inside", "inc"],
    );
  });

  it("reads what sqlcmd lets a runner change: the terminator, colons, substitution", async () => {
    const options = { terminator: "run", colonlessCommands: false, substitution: false };
    const found = await planText("select 1\nGO\nRUN 2\nquit\nrun\n:quit\n", new SqlcmdSession(options));
    assert.deepEqual(
      found.batches.map(({ text, count }) => [text, count]),
      [
        ["select 1\nGO", 2],
        ["quit", 1],
      ],
    );
    assert.equal(found.end, "exit");
  });
});
