import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { readOpenScript } from "../../../server/src/language/scripts/editor/readOpenScript";
import { ScriptText } from "../../../server/src/language/scripts/editor/scriptText";
import { importConnections } from "../../../server/src/language/scripts/importConnections";
import { boundLists, madeScript } from "../../../server/src/language/scripts/lists";
import { planText } from "../../../server/src/language/scripts/planText";
import { runText } from "../../../server/src/language/scripts/runs";
import type { Dialect } from "../../../server/src/scripts/items";
import { defaultSettings } from "../../../server/src/workspace/settings";

describe("scripts: what the editor asks about", () => {
  let folder = "";
  before(() => (folder = mkdtempSync(join(tmpdir(), "hw-scripts-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string | Buffer): string => {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    return path;
  };

  it("the lists beside a Scripts folder, in whatever case it is written", async () => {
    for (const name of ["ICUpgrade.sql", "TrackerUpgrad.sql", "TRACKERBUILD.SQL", "Own.sql"])
      write(`Scripts/SQLServer/Source/${name}`, "");
    write("Scripts/SQLServer/Source/dupcheck/Delete_Dups_IVRInterval.sql", "");
    const { lists, problem } = await boundLists(join(folder, "Scripts"));
    assert.equal(problem, "");
    const source = lists.find(({ id }) => id === "sqlserver-source")!;
    assert.deepEqual(
      source.steps
        .slice(0, 4)
        .map(({ file, status, path }) => [file, status, path?.split(/[\\/]/).pop() ?? null]),
      [
        ["ICUpgrade.sql", "found", "ICUpgrade.sql"],
        ["TrackerUpgrade.sql", "misspelt", "TrackerUpgrad.sql"],
        ["TrackerBuild.sql", "found", "TRACKERBUILD.SQL"],
        ["IRBuild.sql", "missing", null],
      ],
    );
    assert.deepEqual(
      source.extra.map((path) => path.split(/[\\/]/).pop()),
      ["Own.sql"],
    );
    const cleanup = lists.find(({ id }) => id === "sqlserver-cleanup")!;
    assert.equal(cleanup.removed.length, 1);
    assert.equal(lists.find(({ id }) => id === "oracle-target")?.folderIsThere, false);
    assert.match((await boundLists(join(folder, "nowhere"))).problem, /cannot be read/);
  });

  it("a script that runs the clean-up procedures in the guide's order", () => {
    const text = madeScript({ kind: "procedures", list: "sqlserver-cleanup" });
    const called = [...text.matchAll(/EXEC \[dbo\]\.\[(\w+)\]/g)].map(([, name]) => name);
    assert.equal(called.length, 19);
    assert.deepEqual(called.slice(6, 8), ["Delete_Dups_IPA_Flow_Notes", "Delete_Nulls_IVRInterval"]);
    assert.match(
      madeScript({ kind: "commit-frequency", dialect: "sqlplus", rows: 5000 }),
      /CommitFrequency = 5000;\nCOMMIT;/,
    );
  });

  it("connections of data links and tnsnames.ora, never their passwords", async () => {
    const link =
      "[oledb]\r\nProvider=SQLOLEDB;Data Source=tcp:sql1,1444;Initial Catalog=IC;User ID=u;Password=s3cret\r\n";
    const { connections } = await importConnections(write("a.udl", Buffer.from(`\ufeff${link}`, "utf16le")));
    assert.deepEqual(connections[0]?.target, {
      kind: "sqlserver",
      server: "sql1",
      port: 1444,
      database: "IC",
      user: "u",
      encryption: "required",
      trustServerCertificate: false,
    });
    assert.ok(!JSON.stringify(connections).includes("s3cret"));
    assert.match(connections[0].notes.join(), /not taken over/);
    const several = await importConnections(
      write(
        "tnsnames.ora",
        "A = (DESCRIPTION = (ADDRESS_LIST = (ADDRESS = (PROTOCOL = TCP)(HOST = h1)(PORT = 1))(ADDRESS = (PROTOCOL = TCP)(HOST = h2)(PORT = 2)))(CONNECT_DATA = (SERVICE_NAME = s)))\nIFILE = other.ora\n",
      ),
    );
    assert.deepEqual(
      several.connections.map(({ target }) => [target.server, target.database]),
      [["A", undefined]],
    );
    assert.match(several.problems.join(), /IFILE/);
    assert.match((await importConnections(join(folder, "none.udl"))).problems.join(), /cannot be read/);
  });

  it("the plan of a script, with its lines", async () => {
    const path = write("plan.sql", ":setvar T Old\nPRINT 'a'\nGO 2\nDROP TABLE $(T)\nGO\n");
    const text = await planText({ path, dialect: "sqlcmd" });
    assert.match(text, /-- batch 1, 2 times: .*plan\.sql, lines 2 to 2\n {5}2 \| PRINT 'a'/);
    assert.match(text, / {5}4 \| DROP TABLE Old\n {5}! line 4: DROP TABLE Old/);
  });

  it("the text of a run, without what differs from run to run", async () => {
    write(
      "run/messages.log",
      "2026-01-01T10:00:00.000Z script /a.sql\n2026-01-01T10:00:00.100Z batch 1: /a.sql, line 1\n2026-01-01T10:00:01.000Z FK_1 is disabled\n2026-01-01T10:00:02.000Z batch 1: done, 0 errors, 12 ms\n",
    );
    write("run/rows/000002-1.csv", "name\nIX_1\n");
    assert.equal(
      await runText(join(folder, "run")),
      "FK_1 is disabled\n\n-- result 1 of batch 2\nname\nIX_1\n",
    );
  });

  describe("a script in the editor", () => {
    const published: PublishDiagnosticsParams[] = [];
    function open(name: string, text: string, dialect: Dialect): ScriptText {
      const path = write(name, "what is on disk does not matter");
      const document = TextDocument.create(URI.file(path).toString(), "sql", 1, text);
      published.length = 0;
      const host = {
        settings: () => defaultSettings,
        folders: () => [folder],
        publish: (params: PublishDiagnosticsParams) => void published.push(params),
        report: (error: unknown) => assert.fail(String(error)),
      };
      return new ScriptText(document, dialect, host, readOpenScript);
    }
    async function problems(): Promise<string[]> {
      for (let tries = 0; published.length === 0 && tries < 200; tries++)
        await new Promise((done) => setTimeout(done, 10));
      return (published[0]?.diagnostics ?? []).map(
        ({ code, range }) =>
          `${code}@${range.start.line + 1}:${range.start.character}-${range.end.character}`,
      );
    }

    it("has its problems at their places", async () => {
      open(
        "bad.sql",
        "PRINT '$(Who) x'\nGO\n  :r missing.sql\nSELECT 1 go\nGO;\n/* never closed\n",
        "sqlcmd",
      );
      const found = await problems();
      for (const wanted of ["undefined-variable@1:7-13", "include-missing@3:2-16"])
        assert.ok(found.includes(wanted), `${wanted} is not in ${found.join()}`);
      assert.ok(
        found.some((each) => each.startsWith("go-")),
        found.join(),
      );
      assert.ok(
        found.some((each) => each.startsWith("unclosed@")),
        found.join(),
      );
    });

    it("has the problems of its includes where each is included", async () => {
      write("i1.sql", ":r i3.sql\n");
      write("i2.sql", "PRINT 'two'\n");
      write("i3.sql", "PRINT '$(deep)'\n");
      open("includes.sql", ":r i1.sql\n\n\n\n\n\n:r i2.sql\nGO\n", "sqlcmd");
      assert.deepEqual(await problems(), ["undefined-variable@1:0-9"]);
    });

    it("marks the variable that has no value, not one whose name is part of its name", async () => {
      open("names.sql", ":setvar a 1\n:setvar variable 1\nPRINT '$(variable) $(a) $(aNope)'\nGO\n", "sqlcmd");
      assert.deepEqual(await problems(), ["undefined-variable@3:24-32"]);
      open("names.sp", "DEFINE a = 1\nSELECT &a, &aNope FROM dual;\n", "sqlplus");
      assert.deepEqual(await problems(), ["undefined-variable@2:11-17"]);
    });

    it("has its batches as outline and folds", async () => {
      const text = open(
        "outline.sql",
        "/* a\n b */\nCREATE TABLE dbo.A (\n x int\n)\nGO\nPRINT 'b'\nGO 3\n",
        "sqlcmd",
      );
      const symbols = await text.symbols();
      assert.deepEqual(
        symbols.map(({ name, detail, range }) => [name, detail, range.start.line, range.end.line]),
        [
          ["CREATE TABLE dbo.A ( x int )", "batch", 0, 4],
          ["PRINT 'b'", "batch, 3 times", 6, 6],
        ],
      );
      const folds = await text.folds();
      assert.ok(
        folds.some(({ startLine, endLine, kind }) => startLine === 0 && endLine === 1 && kind === "comment"),
      );
      assert.ok(
        folds.some(({ startLine, endLine, kind }) => startLine === 0 && endLine === 4 && kind === undefined),
      );
    });

    it("tells values of variables on hover, but no password", async () => {
      const text = open(
        "hover.sql",
        ":setvar Db IC40\n:setvar Password s3cret\nUSE $(Db)\nPRINT '$(Password) $(Else)'\n",
        "sqlcmd",
      );
      const at = async (line: number, character: number): Promise<string> =>
        ((await text.hover({ line, character }))?.contents as { value: string } | undefined)?.value ?? "";
      assert.match(await at(2, 6), /`IC40`.*line 3/);
      const secret = await at(3, 10);
      assert.match(secret, /\*\*\*/);
      assert.ok(!secret.includes("s3cret"));
      assert.match(await at(3, 22), /no value/);
      assert.equal(await at(2, 1), "");
      const oracle = open(
        "hover.sp",
        "DEFINE ts = USERS\nCREATE TABLE a (x NUMBER) TABLESPACE &ts;\n",
        "sqlplus",
      );
      const hover = (await oracle.hover({ line: 1, character: 38 }))?.contents as { value: string };
      assert.match(hover.value, /`USERS`/);
    });

    it("leads to the files that it includes", async () => {
      write("parts/one.sql", "");
      const text = open("main.sql", ":r parts\\one.sql\n", "sqlcmd");
      const [place] = await text.definition({ line: 0, character: 5 });
      assert.ok(place?.uri.endsWith("/parts/one.sql"), place?.uri);
    });

    it("is held against its header", async () => {
      open(
        "generated.sql",
        "SET DEFINE OFF\n/*\nTargetSchema = CIC\nTargetTable = CALLDETAIL\n*/\nINSERT INTO CIC.OTHER SELECT * FROM x;\n",
        "sqlplus",
      );
      assert.ok((await problems()).some((each) => each.startsWith("generated-target@6")));
    });
  });
});
