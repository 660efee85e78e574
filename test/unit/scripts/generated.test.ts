import assert from "node:assert/strict";
import { checkGenerated } from "../../../server/src/scripts/generated/checks";
import { statementFacts } from "../../../server/src/scripts/generated/facts";
import { headerFields, readHeader, valueOf } from "../../../server/src/scripts/generated/header";
import { type Parts, script } from "./generated";

function codes(parts: Parts): string[] {
  const text = script(parts);
  return checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(({ code }) => code);
}

describe("generated scripts", () => {
  it("reads the header's fields, time and remark", () => {
    const header = readHeader(script());
    assert.ok(header);
    assert.deepEqual(
      header.fields.map(({ name }) => name),
      [...headerFields],
    );
    assert.equal(valueOf(header, "TimeZone"), "(GMT-05:00) Eastern Time (US & Canada)");
    assert.equal(valueOf(header, "StartDateTime"), undefined);
    assert.equal(header.fields[0]?.line, 4);
    assert.equal(header.generated?.time, "2013-03-13 15:42:07.123456789");
    assert.equal(header.emptyTable?.name, "DIALER_40.AGENTSTATS");
  });

  it("reads a header of line comments, and knows when there is none", () => {
    assert.equal(
      valueOf(readHeader("-- HasSiteId = N\n-- TargetTable = T\nselect 1") ?? { fields: [] }, "TargetTable"),
      "T",
    );
    assert.equal(readHeader("/* a = b */\nselect 1"), undefined);
    assert.equal(readHeader("update t set SiteId = 5"), undefined);
  });

  it("finds nothing wrong with a script as the assistant writes it", () => assert.deepEqual(codes({}), []));

  const wrong: readonly (readonly [string, Parts, readonly string[]])[] = [
    ["rows go to another table", { insert: "DIALER_40.CALLHISTORY" }, ["generated-target"]],
    ["rows go to another schema", { insert: "OTHER.AGENTSTATS" }, ["generated-target"]],
    ["another schema in the variables", { declare: { v_TargetSchema: "OTHER" } }, ["generated-target"]],
    ["another time zone", { declare: { v_ZoneName: "UTC" } }, ["generated-time-zone"]],
    ["another workflow", { declare: { v_DialerWorkflow: "flow2" } }, ["generated-workflow"]],
    [
      "the end lies in the day of the run",
      { fields: { EndDateTime: "2013-03-13 08:00:00" } },
      ["generated-dates"],
    ],
    ["the range is upside down", { fields: { StartDateTime: "2013-03-14 00:00:00" } }, ["generated-dates"]],
    [
      "empty, with NOT EXISTS",
      { where: "AND NOT EXISTS (SELECT 1 FROM DIALER_40.AGENTSTATS)" },
      ["generated-has-data"],
    ],
    ["not empty, without NOT EXISTS", { fields: { TableHasData: "1" }, empty: "" }, ["generated-has-data"]],
    [
      "not empty, with the remark",
      { fields: { TableHasData: "1" }, where: "AND NOT EXISTS (SELECT 1 FROM X)" },
      ["generated-has-data"],
    ],
    ["link begins with a digit", { link: "30LINK" }, ["generated-link-name"]],
    ["no SET DEFINE OFF", { define: "SET VERIFY OFF" }, ["generated-define"]],
    [
      "the remark names another table",
      { empty: "/* Target table DIALER_40.OTHER is empty. */" },
      ["generated-target"],
    ],
    ["nothing: a quoted link", { link: '"LINK30"' }, []],
    ["quoted link begins with a digit", { link: '"30LINK"' }, ["generated-link-name"]],
    [
      "a second INSERT into another table",
      { more: "INSERT INTO OTHER.T (A) VALUES (1);" },
      ["generated-target"],
    ],
    ["nothing: a second INSERT into the same table", { more: "INSERT INTO AGENTSTATS (A) VALUES (1);" }, []],
    [
      "nothing: rows for the assistant itself",
      { more: "INSERT INTO inin_migration.CallDetail_Restart (A) VALUES (1);" },
      [],
    ],
    ["unknown order of fields", { fields: { HasSiteId: "Y" } }, []],
  ];
  for (const [name, parts, expected] of wrong) {
    it(`reports: ${name}`, () => assert.deepEqual(codes(parts), expected));
  }

  it("reports missing, repeated and disordered fields, and a missing header", () => {
    const check = (text: string): string[] =>
      checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(
        ({ message }) => message,
      );
    const all = headerFields.map((name) => `${name} = NONE`);
    assert.deepEqual(check(`/*\n${all.join("\n")}\n*/`), []);
    assert.match(
      check(`/*\n${all.filter((line) => !line.startsWith("Input")).join("\n")}\n*/`)[0] ?? "",
      /has no Input$/,
    );
    assert.match(check(`/*\n${[...all, "Input = x"].join("\n")}\n*/`)[0] ?? "", /Input twice/);
    assert.match(check(`/*\n${[...all].reverse().join("\n")}\n*/`)[0] ?? "", /not in the assistant's order/);
    assert.match(check("select 1 from dual;")[0] ?? "", /no header comment/);
  });

  it("reports scripts that were cut off, or have no INSERT", () => {
    const check = (text: string): string[] =>
      checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(
        ({ code, place }) => `${code} ${place?.line ?? 0}`,
      );
    const whole = script();
    const block = whole.slice(0, whole.indexOf("DECLARE")).split("\n").length;
    assert.deepEqual(check(whole.slice(0, whole.indexOf("DECLARE") + 7)), [
      `generated-cut-off ${block}`,
      "generated-no-insert 22",
    ]);
    assert.deepEqual(check(whole.slice(0, whole.lastIndexOf("/"))), [`generated-cut-off ${block}`]);
    assert.deepEqual(check(whole.replace(/ {2}INSERT[^;]*;/, "  NULL;")), ["generated-no-insert 22"]);
    assert.deepEqual(
      check(whole.replace(/ {2}INSERT[^;]*;/, "  EXECUTE IMMEDIATE 'INSERT INTO T SELECT 1';")),
      [],
    );
  });

  it("finds links behind quoted names", () => {
    const links = (text: string): string[] =>
      statementFacts(text, "sqlplus").links.map(({ value, line }) => `${value} ${line}`);
    assert.deepEqual(links('select 1\nfrom I.T@"L 1", "T"@L2 a, "I"."T"@"l3", I.T@L4 where a = 1'), [
      "L 1 2",
      "L2 2",
      "l3 2",
      "L4 2",
    ]);
  });

  it("reads SQL Server statements too", () => {
    const facts = statementFacts(
      "DECLARE @TargetTable varchar(30)\nSET @TargetTable = 'CallDetail'\nINSERT INTO [I3_IC].[dbo].[CallDetail] (a)\nSELECT a FROM [LINK30].[I3_IC].[dbo].[CallDetail] s WHERE NOT EXISTS (SELECT 1)",
      "sqlcmd",
    );
    assert.deepEqual([...facts.variables], [["TargetTable", { value: "CallDetail", line: 2 }]]);
    assert.deepEqual(facts.inserts, [{ value: "I3_IC.dbo.CallDetail", line: 3 }]);
    assert.deepEqual(facts.links, [{ value: "LINK30", line: 4 }]);
    assert.equal(facts.notExists, true);
  });
});
