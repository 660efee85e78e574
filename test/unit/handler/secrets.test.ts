import assert from "node:assert/strict";
import { compareHandlers } from "../../../server/src/analysis/compare/compareHandlers";
import { dependenciesOf } from "../../../server/src/analysis/dependencies/facts";
import { listing } from "../../../server/src/handler/listing";
import { withoutPasswords } from "../../../server/src/handler/secrets";
import { showFull, showJson } from "../../../server/src/handler/show";
import { readXmlHandler } from "../../../server/src/handler/xml";
import { flowResult } from "../../../server/src/language/flow";

const connecting = (password: string) =>
  readXmlHandler(
    `<Handler name="Open" version="2.0"><Steps><Step id="1" type="Tool" creatorModule="" creatorName="DB Open" label="Open"><Parameters>
    <Parameter name="DataSource" value="&quot;x;UID=me;PWD=${password}&quot;"/>
    <Parameter name="UserName" value="DSN=y; Password = ${password}; Timeout=5"/>
    <Parameter name="DatabaseVariable" value="db"/></Parameters></Step></Steps>
    <Variables><Variable name="sConnect" typeName="String" initialValue="PWD={${password};}"/></Variables></Handler>`,
    { file: "Open.xml" },
  );

describe("passwords in connection strings", () => {
  it("are masked, and nothing else is", () => {
    const masked = {
      "x;PWD=hunter2": "x;PWD=********",
      "pwd = hunter2;UID=me": "pwd = ********;UID=me",
      'DSN=x;Password="hun;ter2";UID=me': "DSN=x;Password=********;UID=me",
      "Password={hun;ter2": "Password=********",
    };
    for (const [text, expected] of Object.entries(masked)) assert.equal(withoutPasswords(text), expected);
    for (const text of ["x;PWD=", "x;PWD=;UID=me", "Wrong PWD=1?", "UID=PWD", "Password: hunter2"]) {
      assert.equal(withoutPasswords(text), text);
    }
  });

  it("show in no form of a handler", () => {
    const handler = connecting("hunter2");
    const { text } = listing(handler);
    assert.match(text, /DataSource +(: \S+ )?= "x;UID=me;PWD=\*{8}"/);
    assert.match(text, /sConnect: String = "PWD=\*{8}"/);
    const forms = [
      text,
      showJson(handler),
      showFull(handler),
      flowResult(handler),
      dependenciesOf(handler, ""),
    ];
    assert.doesNotMatch(JSON.stringify(forms), /hunter2/);
  });

  it("are not among the strings of a file that was read in part", () => {
    const base = { ...connecting("x"), source: "ihd", problems: [], recovered: [] } as const;
    const texts = (...all: string[]) =>
      listing({ ...base, recovered: all.map((text, offset) => ({ offset, text })) }).text;
    assert.match(texts("a", "b c"), /offset 0 +"a"\n +offset 1 +"b c"\n$/);
    for (const sign of ["DB Open", "Password (auth. sites)", "x;PWD="]) {
      assert.match(
        texts("sConnect", sign, "hunter2"),
        /offset 0 +"sConnect"\n {2}\(2 more, not shown: .*\)\n$/,
      );
    }
    assert.doesNotMatch(texts(), /strings found/);
  });

  it("are compared all the same", () => {
    const { changes } = compareHandlers(connecting("hunter2"), connecting("hunter3"));
    assert.deepEqual(
      changes.map(({ what }) => what),
      ["initial value", 'argument "DataSource"', 'argument "UserName"'],
    );
    assert.doesNotMatch(JSON.stringify(changes), /hunter/);
  });
});
