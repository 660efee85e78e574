import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Item } from "../../../server/src/scripts/items";
import { plan, readScript } from "../../../server/src/scripts/read";

import { SqlcmdSession } from "../../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../../server/src/scripts/sqlplus/session";
import { memoryFiles, notes, planText, texts } from "./memory";

describe("includes", () => {
  const session = (): SqlcmdSession => new SqlcmdSession();

  it("are looked for beside the including script, then in the start directory, and what was not read is said", async () => {
    const others = {
      "/s/d/a.sql": "print 'a'\n:r b.sql\n:r c.sql\n",
      "/s/d/b.sql": "print 'd/b'\n",
      "/w/b.sql": "print 'w/b'\n",
      "/w/c.sql": "print 'w/c'\n",
    };
    const found = await planText(":r d/a.sql\n", session(), others, { startDirectory: "/w" });
    assert.deepEqual(texts(found.items), ["print 'a'\nprint 'd/b'\nprint 'w/c'"]);
    assert.deepEqual(
      found.files.map(({ path, includedBy }) => [path, includedBy?.file, includedBy?.line]),
      [
        ["/s/main.sql", undefined, undefined],
        ["/s/d/a.sql", "/s/main.sql", 1],
        ["/s/d/b.sql", "/s/d/a.sql", 2],
        ["/w/c.sql", "/s/d/a.sql", 3],
      ],
    );
    assert.deepEqual(notes(found), ["include-ambiguous:2"]);
    assert.match(
      found.problems[0]?.message ?? "",
      /is read from \/s\/d\/b\.sql; there is another one, \/w\/b\.sql/,
    );
  });

  it("are read with Windows' slashes and in another case where the disk has them so", async () => {
    const found = await planText(':r "Sub Dir\\A.SQL"\n', session(), { "/s/sub dir/a.sql": "print 1" });
    assert.deepEqual(texts(found.items), ["print 1"]);
    assert.deepEqual(notes(found), ["include-case:1"]);
  });

  it("stay inside the chosen folders unless allowed", async () => {
    const others = { "/other/a.sql": "print 'other'\n" };
    for (const written of ["../other/a.sql", "/other/a.sql"]) {
      const refused = await planText(`:r ${written}\nprint 1\n`, session(), others);
      assert.deepEqual([texts(refused.items), notes(refused)], [["print 1"], ["include-outside:1"]]);
      assert.match(refused.problems[0]?.message ?? "", /leads to \/other\/a\.sql, outside/);
      for (const options of [{ folders: ["/other"] }, { allowOutside: true }]) {
        const allowed = await planText(`:r ${written}\nprint 1\n`, session(), others, options);
        assert.deepEqual([texts(allowed.items), notes(allowed)], [["print 'other'\nprint 1"], []]);
      }
    }
  });

  it("do not touch the disk outside the folders, nor the network", async () => {
    const touched: string[] = [];
    const files = memoryFiles({ "/s/main.sql": "@//server/share/x\n@/etc/x\n@http://server/x.sql\n@x\n" });
    const watched = {
      ...files,
      realPath: async (path: string) => (touched.push(path), files.realPath(path)),
      version: async (path: string) => (touched.push(path), files.version(path)),
    };
    const found = await plan("/s/main.sql", new SqlplusSession(), { files: watched });
    assert.deepEqual(notes(found), [
      "include-outside:1",
      "include-outside:2",
      "include-refused:3",
      "include-missing:4",
    ]);
    assert.deepEqual(
      touched.filter((path) => !path.startsWith("/s")),
      [],
    );
  });

  it("report a loop and a missing file with the way that led there", async () => {
    const found = await planText("print 1\n:r a.sql\nprint 2\n", session(), {
      "/s/a.sql": ":r b.sql\n",
      "/s/b.sql": "\n:r main.sql\n:r none.sql\n",
    });
    assert.deepEqual(texts(found.items), ["print 1\n\nprint 2"]);
    assert.deepEqual(notes(found), ["include-loop:2", "include-missing:3"]);
    assert.deepEqual(
      found.commands.map(({ text }) => text),
      [":r a.sql", ":r b.sql", ":r main.sql", ":r none.sql"],
    );
    for (const { message } of found.problems) {
      assert.match(message, /\(\/s\/b\.sql was included by \/s\/a\.sql line 1, by \/s\/main\.sql line 2\)$/);
    }
  });

  it("read the same file twice when that is no loop", async () => {
    const found = await planText("@a\n@a\n", new SqlplusSession(), { "/s/a.sql": "select 1 from dual;\n" });
    assert.equal(found.batches.length, 2);
    assert.deepEqual(notes(found), []);
  });

  it("are limited in depth and number", async () => {
    const deep = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`/s/${n}.sql`, `:r ${n + 1}.sql\n`]),
    );
    const found = await planText(":r 0.sql\n", session(), deep, { limits: { depth: 5 } });
    assert.deepEqual(notes(found), ["include-depth:1"]);
    // Each file includes the next one twice: 2^20 files.
    const wide = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`/s/${n}.sql`, `:r ${n + 1}.sql\n`.repeat(2)]),
    );
    const many = await planText(
      ":r 0.sql\n",
      session(),
      { ...wide, "/s/20.sql": "" },
      { limits: { files: 200 } },
    );
    assert.deepEqual([notes(many), many.end, many.files.length], [["include-count:1"], "stopped", 200]);
  });

  it("refuse binary includes and go on", async () => {
    const found = await planText(":r a.sql\nprint 1\n", session(), { "/s/a.sql": Buffer.from([0, 1, 2]) });
    assert.deepEqual([texts(found.items), notes(found)], [["print 1"], ["include-unreadable:1"]]);
  });

  it("inside a SQL*Plus statement are read in place, or are text where there is no such script", async () => {
    const found = await planText(
      "select *\n@columns\nfrom t\n@remote\nwhere a = 1;\n",
      new SqlplusSession(),
      {
        "/s/columns.sql": "-- all\n",
      },
    );
    assert.deepEqual(texts(found.items), ["select *\n-- all\nfrom t\n@remote\nwhere a = 1"]);
    assert.deepEqual(notes(found), ["include-in-statement:2", "include-in-statement:4"]);
  });
});

describe("scripts on disk", () => {
  let root = "";
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "scripts-")));
    mkdirSync(join(root, "chosen"));
    mkdirSync(join(root, "private"));
    writeFileSync(join(root, "private", "secret.sql"), "print 'secret'\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const script = (text: string): string => {
    const path = join(root, "chosen", "main.sql");
    writeFileSync(path, text);
    return path;
  };

  it("are not left through a symbolic link", async () => {
    symlinkSync(join(root, "private"), join(root, "chosen", "link"));
    const main = script(":r link/secret.sql\n");
    assert.deepEqual(notes(await plan(main, new SqlcmdSession())), ["include-outside:1"]);
    const allowed = await plan(main, new SqlcmdSession(), { folders: [join(root, "private")] });
    assert.deepEqual(texts(allowed.items), ["print 'secret'"]);
  });

  it("may themselves be reached through one, and a loop through one is seen", async () => {
    script("print 1\n:r again.sql\n");
    symlinkSync(join(root, "chosen"), join(root, "way"));
    symlinkSync(join(root, "chosen", "main.sql"), join(root, "chosen", "again.sql"));
    const found = await plan(join(root, "way", "main.sql"), new SqlcmdSession());
    assert.deepEqual([texts(found.items), notes(found)], [["print 1"], ["include-loop:2"]]);
  });

  it("must be regular files", async () => {
    const main = script(":r sub\nprint 1\n");
    mkdirSync(join(root, "chosen", "sub"));
    assert.deepEqual(notes(await plan(main, new SqlcmdSession())), ["include-refused:1"]);
    assert.equal((await plan(join(root, "chosen"), new SqlcmdSession())).end, "unreadable");
  });

  it("are not read further once they have changed", async () => {
    const main = script("print 1\nGO\n".repeat(50_000));
    const seen: Item[] = [];
    for await (const item of readScript(main, new SqlcmdSession())) {
      if (seen.push(item) === 10) appendFileSync(main, "drop table t\nGO\n");
    }
    const [problem, end] = seen.slice(-2);
    assert.ok(problem?.kind === "problem" && end?.kind === "end");
    assert.deepEqual([problem.problem.code, end.reason], ["script-changed", "stopped"]);
    assert.ok(seen.length < 50_000);
  });

  it("are closed when the reader leaves early", async () => {
    const main = script("print 1\nGO\n".repeat(200_000));
    const open = (): number => readdirSync("/proc/self/fd").length;
    if (process.platform !== "linux") return;
    const before = open();
    for (let turn = 0; turn < 20; turn++)
      for await (const item of readScript(main, new SqlcmdSession())) if (item.kind === "batch") break;
    assert.ok(open() - before < 5, `${before} open files before, ${open()} after`);
  });
});
