import assert from "node:assert/strict";
import { readOracleNet } from "../../../server/src/config/oracleNet";
import { tnsAliases } from "../../../server/src/config/tnsnames";
import { mask, readUdl } from "../../../server/src/config/udl";
import { codes, fixture, found, read } from "./fixture";

const initstring = (text: string): string =>
  `[oledb]\r\n; Everything after this line is an OLE DB initstring\r\n${text}\r\n`;

describe("config: .udl", () => {
  it("shows no password anywhere: not in entries, problems, hovers or the model", () => {
    const document = fixture("dialer.udl");
    const hovers = Array.from({ length: document.text.length }, (_, at) => document.hover(at)?.markdown);
    const shown = JSON.stringify([document.entries, document.problems, hovers, readUdl(document.text)]);
    assert.ok(!shown.includes("-secret") && !shown.includes("made;up"));
    assert.ok(shown.includes(mask));
    assert.equal(codes(document).filter((code) => code === "password").length, 2);
  });

  it("reads quoted values and those after them", () => {
    const { properties, provider, dataSource, isOracle } = readUdl(fixture("dialer.udl").text);
    assert.deepEqual([provider, dataSource, isOracle], ["SQLOLEDB.1", "db.example.com", false]);
    assert.equal(properties.find(({ name }) => name === "Extended Properties")?.value, `App=x;PWD=${mask}`);
    assert.equal(properties.find(({ name }) => name === "Password")?.value, mask);
    const quotes = readUdl(initstring('Provider=P;Data Source="a ""b"" ;c";User ID=\'d\''));
    assert.deepEqual(
      quotes.properties.map(({ value }) => value),
      ["P", 'a ""b"" ;c', "d"],
    );
  });

  it("masks passwords of any spelling, also where a quote is never closed", () => {
    for (const text of [
      "PWD=hush",
      'Password="hush',
      "Jet OLEDB:Database Password=hush",
      "password = hush ; x=1",
    ])
      assert.ok(!JSON.stringify(readUdl(initstring(`Provider=P;${text}`))).includes("hush"), text);
  });

  it("knows what a data link needs", () => {
    const utf16 = { encoding: "utf-16le", bom: true };
    const udl = (text: string): string[] => codes(read("x.udl", text, utf16));
    assert.deepEqual(udl(initstring("Provider=SQLOLEDB.1;Data Source=a;Integrated Security=SSPI")), []);
    assert.deepEqual(udl(initstring("Data Source=a")), ["no-provider"]);
    assert.deepEqual(udl(initstring("Provider=SQLOLEDB.1")), ["no-data-source"]);
    assert.deepEqual(udl("[oledb]\r\n"), ["no-connection"]);
    assert.deepEqual(udl("Provider=SQLOLEDB.1;Data Source=a"), ["no-header"]);
    assert.deepEqual(udl(initstring("Provider=MSDASQL.1;Data Source=dsn")), ["odbc"]);
    assert.deepEqual(udl(initstring("Provider=OraOLEDB.Oracle;Data Source=DIALERDB")), ["oracle-alias"]);
    assert.deepEqual(
      codes(read("x.udl", initstring("Provider=P;Data Source=a"), { encoding: "utf-8", bom: false })),
      ["encoding"],
    );
  });
});

describe("config: tnsnames.ora", () => {
  it("reads aliases, shared ones too, without comments", () => {
    const { text, entries } = fixture("tnsnames.ora");
    assert.deepEqual([...tnsAliases(text)], ["dialerdb", "dialer.example.com", "broken"]);
    assert.equal(entries[0]?.value, "dialer on db.example.com:1521");
  });

  it("finds what an entry lacks", () => {
    const document = fixture("tnsnames.ora");
    assert.deepEqual(found(document, document.text), [
      ["no-service", "BROKEN"],
      ["port", "(PORT = 99999)"],
      ["duplicate-alias", "dialerdb"],
      ["no-host", "dialerdb"],
    ]);
  });

  it("says where parentheses do not close, and reads the next alias all the same", () => {
    const text =
      "A =\n  (DESCRIPTION =\n    (CONNECT_DATA = (SID = x))\nB = (DESCRIPTION = (CONNECT_DATA = (SID = y)))\n";
    const document = read("tnsnames.ora", text);
    const [syntax] = document.problems;
    assert.match(syntax?.message ?? "", /parenthesis is never closed/);
    assert.equal(syntax?.place?.line, 2);
    assert.deepEqual([...tnsAliases(text)], ["a", "b"]);
  });

  it("takes an alias that is not in the first column for what it is: part of the line before", () => {
    assert.deepEqual(codes(read("tnsnames.ora", " A = (DESCRIPTION = (CONNECT_DATA = (SID = y)))")), [
      "indented",
    ]);
  });

  it("offers a new alias only at the beginning of a line", () => {
    const { complete, text } = fixture("tnsnames.ora");
    assert.equal(complete(text.length).length, 1);
    assert.equal(complete(text.indexOf("HOST")).length, 0);
  });

  it("stops at a depth instead of recursing", () => {
    const { flaws } = readOracleNet(`A = ${"(B = ".repeat(100_000)}`);
    assert.match(flaws[0]?.message ?? "", /nested deeper/);
  });
});

describe("config: sqlnet.ora", () => {
  it("wants (NONE) for the migration scripts", () => {
    const document = fixture("sqlnet.ora");
    assert.deepEqual(
      document.problems.map(({ code, severity, place }) => [code, severity, place?.line]),
      [["sqlnet/authentication", "warning", 2]],
    );
    const set = (value: string): [string, string][] =>
      read("sqlnet.ora", `SQLNET.AUTHENTICATION_SERVICES= ${value}\n`).problems.map(({ code, severity }) => [
        code,
        severity,
      ]);
    assert.deepEqual(set("(NONE)"), []);
    assert.deepEqual(set("none"), []);
    assert.deepEqual(set("(BEQ, NTS)"), [["sqlnet/authentication", "warning"]]);
    assert.deepEqual(set("(ALL)"), [["sqlnet/authentication", "information"]]);
    assert.deepEqual(codes(read("sqlnet.ora", "")), ["authentication"]);
  });

  it("completes the parameter and its value", () => {
    const text = "SQLNET.AUTHENTICATION_SERVICES= (N";
    assert.deepEqual(
      read("sqlnet.ora", text)
        .complete(text.length)
        .map(({ label }) => label),
      ["(NONE)"],
    );
    assert.equal(
      read("sqlnet.ora", "SQL").complete(3)[0]?.insertText,
      "SQLNET.AUTHENTICATION_SERVICES= (NONE)",
    );
  });
});
