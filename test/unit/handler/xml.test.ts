import assert from "node:assert/strict";
import { expressionText } from "../../../server/src/handler/expressionText";
import type { Handler, Step } from "../../../server/src/handler/model";
import { readXmlHandler } from "../../../server/src/handler/xml";

const read = (text: string): Handler => readXmlHandler(text, { file: "/h/Old Name.xml" });
const codes = ({ problems }: Handler): string[] => problems.map((problem) => problem.code);
const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

/** An export with these steps and variables, one element a line. */
function exported(steps: string, variables = ""): string {
  return `${declaration}<Handler name="Main" description="" version="2.0">\n<Steps>\n${steps}\n</Steps>\n<Variables>\n${variables}\n</Variables>\n</Handler>\n`;
}

const start =
  '<Step id="0" isInitiator="True" type="Initiator" creatorModule="" creatorName="Subroutine" label="Main"';
const native = (name: string, parameters: string, more = ""): string =>
  `<Step id="1" type="Tool" creatorModule="" creatorName="${name}" label="${name}"><Parameters>${parameters}</Parameters>${more}</Step>`;

/** Arguments as `in LHS = text`; empty ones as `-`. */
const argumentLines = (step: Step | undefined): string[] =>
  step?.arguments.map(
    ({ direction, label, value }) => `${direction} ${label} = ${value ? expressionText(value) : "-"}`,
  ) ?? [];

describe("XML exports", () => {
  it("are read with all they hold", () => {
    const handler =
      read(`${declaration}<Handler name="Greet" description="Says hello" version="2.0" category="IVR">
  <Steps>
    <Step id="4" type="Tool" creatorModule="Telephony" creatorName="Get Attribute" creatorVersion="2.3" label="Who?" notes="first
second &quot;x&quot;" left="30" top="-5" right="130" bottom="119" isParameterCollectionAvailable="True">
      <Parameters>
        <Parameter label="Value" index="1" value="sName" isInput="False" required="False" isCustom="False" typeName="String" typeLabel="String" moduleName="" defaultVal="" defaultValIsVar="False" defaultValIsBlankStr="True" />
        <Parameter label="Call" index="0" value="Interaction1" isInput="True" required="True" isCustom="False" typeName="CallId" typeLabel="Call ID" moduleName="Telephony" defaultVal="Interaction1" defaultValIsVar="True" defaultValIsBlankStr="False" />
        <Parameter label="Extra" index="2" value="" isInput="True" required="False" isCustom="True" typeName="Integer" moduleName="" defaultVal="7" />
      </Parameters>
      <ExitPaths><ExitPath label="Next" returnValue="0" targetStepID="7" /><ExitPath label="Odd" /></ExitPaths>
    </Step>
    <Step id="7" isInitiator="True" type="Initiator" creatorModule="DsLookup" creatorName="Custom Notification_13" label="Custom" isParameterCollectionAvailable="True" objectID="{all}" event="Go">
      <Parameters />
      <ExitPaths><ExitPath label="Start" returnValue="1" targetStepID="4" /></ExitPaths>
    </Step>
    <Step id="9" type="Subroutine" creatorModule="" creatorName="Helper" label="Helper" isParameterCollectionAvailable="True">
      <ExitPaths><ExitPath label="Next" returnValue="4294967295" /></ExitPaths>
    </Step>
  </Steps>
  <Variables>
    <Variable name="sName" initialValue="a &quot;b&quot;" boundGlobalVarID="" typeModule="" typeName="String" typeLabel="String" />
    <Variable name="iCount" initialValue="-12" typeModule="" typeName="Integer" />
    <Variable name="bFlag" initialValue="True" typeModule="" typeName="Boolean" />
    <Variable name="nRate" initialValue="1.5" typeModule="" typeName="Numeric" />
    <Variable name="Interaction1" initialValue="" typeModule="Telephony" typeName="CallId" />
  </Variables>
</Handler>`);
    assert.deepEqual(handler.problems, []);
    assert.deepEqual(
      [handler.name, handler.description, handler.category, handler.source, handler.startNode],
      ["Greet", "Says hello", "IVR", "xml", 7],
    );
    const [tool, initiator, call] = handler.steps;
    assert.deepEqual(
      [tool?.kind, tool?.className, tool?.notes, tool?.rect.top],
      ["tool", "CIdFuncExtern", 'first\nsecond "x"', -5],
    );
    assert.deepEqual(argumentLines(tool), ["in Call = Interaction1", "out Value = sName", "in Extra = -"]);
    assert.deepEqual(
      tool?.exits.map(({ label, returnValue, to }) => [label, returnValue, to]),
      [
        ["Next", 0, 7],
        ["Odd", -1, null],
      ],
    );
    assert.deepEqual(
      [initiator?.kind, initiator?.className, initiator?.objectId, initiator?.eventId],
      ["initiator", "CIdInitExtern", "{all}", "Go"],
    );
    assert.deepEqual([call?.kind, call?.className], ["subroutine", "CIdSubroutineStep"]);
    assert.equal(call?.exits[0]?.returnValue, -1);
    // Custom parameters belong to the step, not to the tool.
    assert.deepEqual(
      handler.tools.map(({ module, name, version, parameters }) => [
        `${module}:${name}`,
        version,
        parameters.map((parameter) => [parameter.label, parameter.default]),
      ]),
      [
        [
          "Telephony:Get Attribute",
          "2.3",
          [
            ["Call", { kind: "variable", name: "Interaction1" }],
            ["Value", { kind: "blank" }],
          ],
        ],
      ],
    );
    assert.deepEqual(
      handler.subroutines.map(({ name }) => name),
      ["Helper"],
    );
    assert.deepEqual(
      handler.initiators.map(({ name, objectIds, eventIds }) => [name, objectIds, eventIds]),
      [["Custom Notification_13", ["{all}"], ["Go"]]],
    );
    assert.deepEqual(
      handler.variables.map(({ initial }) => initial),
      ['a "b"', -12, true, 1.5, null],
    );
  });

  it("give native steps their arguments by field name, in Designer's order", () => {
    const text = exported(
      native(
        "Find",
        '<Parameter name="Value" value="&quot;x&quot;"/><Parameter name="List" value="lNames"/><Parameter name="OutputVariable" value="iAt"/><Parameter name="Novel" value="what ever"/>',
      ),
      '<Variable name="lNames" typeName="List of String"/><Variable name="iAt" typeName="Integer"/>',
    );
    assert.deepEqual(argumentLines(read(text).steps[0]), [
      "in List = lNames",
      'in Value = "x"',
      "out OutputVariable = iAt",
      'in Novel = "what ever"',
    ]);
  });

  it("show an assignment without its value as one with an empty value", () => {
    const [step] = read(exported(native("Assignment", '<Parameter name="LHS" value="x"/>'))).steps;
    assert.deepEqual(argumentLines(step), ["out LHS = x", "in RHS = -"]);
  });

  it("mark passwords of database steps, and take names that are no expressions as text", () => {
    const text = exported(
      native(
        "DB Open",
        '<Parameter name="DataSource" value="CRM Data (live)"/><Parameter name="UserName" value="sUser"/><Parameter name="Password" value="s3cret("/><Parameter name="DatabaseVariable" value="db"/>',
      ),
      '<Variable name="sUser" typeName="String"/>',
    );
    const handler = read(text);
    assert.deepEqual(argumentLines(handler.steps[0]), [
      'in DataSource = "CRM Data (live)"',
      "in UserName = sUser",
      'in Password = "s3cret("',
      "out DatabaseVariable = db",
    ]);
    assert.deepEqual(
      handler.steps[0]?.arguments.filter(({ secret }) => secret).map(({ label }) => label),
      ["Password"],
    );
    assert.doesNotMatch(JSON.stringify(handler.problems), /s3cret/);
  });

  it("bind the columns of a DB Query", () => {
    const bindings =
      '<bindings type="Select"><Binding fieldName="CustomerName" value="sName"/><Binding fieldName="Tier" value="sTier"/></bindings>';
    const variables = '<Variable name="sName" typeName="String"/><Variable name="sTier" typeName="String"/>';
    for (const parameters of [
      `<Parameter name="FromTable" value="dbo.Customers"/>${bindings}`,
      `<Parameter name="FromTable" value="dbo.Customers"/><Parameter name="bindings">${bindings}</Parameter>`,
    ]) {
      const [step] = read(exported(native("DB Query", parameters), variables)).steps;
      assert.deepEqual(argumentLines(step), [
        'in FromTable = "dbo.Customers"',
        "out CustomerName = sName",
        "out Tier = sTier",
      ]);
    }
  });

  it("know a Selection's cases from its exit labels, but for the last Default", () => {
    const exits =
      '<ExitPath label="Digits = &quot;1&quot;" returnValue="-1"/><ExitPath label="Default" returnValue="-1"/><ExitPath label="Default" returnValue="-1"/>';
    const [step] = read(exported(native("Selection", "", `<ExitPaths>${exits}</ExitPaths>`))).steps;
    assert.deepEqual(
      step?.exits.map(({ caseOf }) => (caseOf ? expressionText(caseOf) : null)),
      ['Digits = "1"', "Default", null],
    );
  });

  it("read the parameters of a subroutine at its start", () => {
    const parameter = (index: number, more: string): string =>
      `<Parameter label="p${index}" name="n${index}" index="${index}" ${more} typeModule="" typeName="String"/>`;
    const { steps, initiators } = read(
      exported(
        `${start} isParameterCollectionAvailable="False"><Parameters>${parameter(0, 'value="sIn" input="True" defaultValue="x" defaultValueIsVariable="False"')}${parameter(1, 'value="" input="False" defaultValue="" defaultValueIsBlankString="True"')}</Parameters></Step>`,
      ),
    );
    assert.equal(steps[0]?.kind, "start");
    assert.deepEqual(initiators, []);
    assert.deepEqual(
      steps[0]?.parameters.map((each) => [each.label, each.direction, each.default]),
      [
        ["p0", "in", { kind: "value", text: "x" }],
        ["p1", "out", { kind: "blank" }],
      ],
    );
    assert.deepEqual(steps[0]?.parameterVariables, ["sIn", ""]);
  });

  it("take a value that is a variable's name as that variable, even with a space in it", () => {
    const text = exported(
      native(
        "Assignment",
        '<Parameter name="LHS" value="Outbound CallId"/><Parameter name="RHS" value="x"/>',
      ),
      '<Variable name="Outbound CallId" typeName="CallId"/>',
    );
    assert.deepEqual(read(text).steps[0]?.arguments[0]?.value, { kind: "variable", name: "Outbound CallId" });
  });

  it("take a literal as one, even where a variable has an odd name", () => {
    const text = exported(
      native("Assignment", '<Parameter name="LHS" value="x"/><Parameter name="RHS" value="0"/>'),
      '<Variable name="0" typeName="Integer"/>',
    );
    assert.deepEqual(read(text).steps[0]?.arguments[1]?.value, {
      kind: "literal",
      type: "Integer",
      value: 0,
    });
  });

  it("take a tool's signature from the first step that uses it", () => {
    const step = (id: number, version: string): string =>
      `<Step id="${id}" type="Tool" creatorModule="M" creatorName="T" creatorVersion="${version}" label="T"/>`;
    const { tools } = read(exported(`${step(1, "3.0")}\n${step(2, "2.0")}`));
    assert.deepEqual(
      tools.map(({ name, version }) => [name, version]),
      [["T", "3.0"]],
    );
  });

  it("mark passwords of external tools", () => {
    const parameter = (label: string): string =>
      `<Parameter label="${label}" value="&quot;x&quot;" isInput="True" typeName="String"/>`;
    const text = `<Step id="1" type="Tool" creatorModule="M" creatorName="T"><Parameters>${parameter("Username (auth. sites)")}${parameter("Password (auth. sites)")}</Parameters></Step>`;
    assert.deepEqual(
      read(exported(text)).steps[0]?.arguments.map(({ secret }) => secret),
      [false, true],
    );
  });

  it("resolve character references and leave others as they are written", () => {
    const { description } = read(
      '<Handler name="a" description="&lt;&amp;amp;&#10;&#x41;&apos;&other;&#0;&#xD800;&#1114112;" version="2.0"><Steps/></Handler>',
    );
    assert.equal(description, "<&amp;\nA'&other;\ufffd\ufffd\ufffd");
  });

  it("say in which line a value makes no sense, and go on", () => {
    const handler = read(
      exported(
        `${start} left="wide" isParameterCollectionAvailable="Maybe"></Step>\n<Step id="" type="Tool" creatorModule="" creatorName="Condition" label="lost"/>\n<Step id="0" type="Widget" creatorModule="" creatorName="Condition" label="again"><ExitPaths><ExitPath label="True" returnValue="1" targetStepID="99"/></ExitPaths></Step>`,
        '<Variable name="i" initialValue="many" typeName="Integer"/>',
      ),
    );
    assert.deepEqual(handler.problems.map(({ code, place }) => [code, place?.line, place?.file]).sort(), [
      ["xml-boolean", 4, "/h/Old Name.xml"],
      ["xml-duplicate-step", 6, "/h/Old Name.xml"],
      ["xml-initial-value", 9, "/h/Old Name.xml"],
      ["xml-missing-step", 6, "/h/Old Name.xml"],
      ["xml-number", 4, "/h/Old Name.xml"],
      ["xml-step-id", 5, "/h/Old Name.xml"],
      ["xml-step-type", 6, "/h/Old Name.xml"],
    ]);
    // All three steps are still there, each with a node id of its own.
    assert.deepEqual(
      handler.steps.map(({ node, label }) => [node, label]),
      [
        [0, "Main"],
        [1, "lost"],
        [2, "again"],
      ],
    );
    assert.equal(handler.steps[2]?.exits[0]?.to, null);
    assert.equal(handler.variables[0]?.initial, "many");
    assert.match(handler.problems.find(({ code }) => code === "xml-missing-step")?.message ?? "", /step 99/);
  });

  it("keep an expression that cannot be understood as its text", () => {
    const handler = read(exported(native("Condition", '<Parameter name="Condition" value="a = = b"/>')));
    assert.deepEqual(handler.steps[0]?.arguments[0]?.value, { kind: "text", text: "a = = b" });
    assert.deepEqual([handler.problems[0]?.place?.line, handler.problems[0]?.place?.node], [4, 1]);
  });

  it("list at most a thousand problems", () => {
    const broken = Array.from({ length: 3000 }, () => '<Step id="x" type="Tool"/>').join("\n");
    const handler = read(exported(broken));
    assert.equal(handler.problems.length, 1001);
    assert.equal(handler.problems.at(-1)?.code, "xml-more-problems");
    assert.equal(new Set(handler.steps.map(({ node }) => node)).size, 3000);
  });
});

describe("XML that is no export", () => {
  const cases: [what: string, text: string, code: string, message: RegExp][] = [
    ["nothing", "", "xml-empty", /empty/],
    ["white space", " \n\t", "xml-empty", /empty/],
    ["text", "hello", "xml-not-xml", /no XML/],
    ["another kind of XML", "<?xml version='1.0'?>\n<project/>", "xml-not-handler", /<project>.*<Handler>/],
    ["an export without steps", '<Handler name="a" version="2.0"/>', "xml-no-steps", /no steps/],
    ["nothing but a declaration", declaration, "xml-not-well-formed", /Nothing could be read/],
  ];
  for (const [what, text, code, message] of cases) {
    it(`${what}: says so`, () => {
      const handler = read(text);
      assert.deepEqual(codes(handler), [code]);
      assert.match(handler.problems[0]?.message ?? "", message);
      assert.equal(handler.problems[0]?.place?.file, "/h/Old Name.xml");
      assert.deepEqual(handler.steps, []);
    });
  }

  it("takes the handler's name from the file where there is none", () => {
    assert.equal(read("<project/>").name, "Old Name");
  });

  it("warns of a format version that is not known, and reads it", () => {
    const handler = read(exported(`${start}></Step>`).replace('version="2.0"', 'version="3.1"'));
    assert.deepEqual(codes(handler), ["xml-version"]);
    assert.equal(handler.steps.length, 1);
  });
});

describe("XML that is cut off or damaged", () => {
  const whole = exported(
    Array.from(
      { length: 20 },
      (_, at) =>
        `<Step id="${at}" type="Tool" creatorModule="" creatorName="Condition" label="s${at}"><ExitPaths><ExitPath label="True" returnValue="1" targetStepID="${at + 1 < 20 ? at + 1 : 0}"/></ExitPaths></Step>`,
    ).join("\n"),
  );

  it("gives what stands before the end, wherever that is", () => {
    for (let length = 60; length < whole.length - 12; length += 7) {
      const handler = read(whole.slice(0, length));
      assert.deepEqual(codes(handler), ["xml-not-well-formed"], `at ${length}`);
      const line = whole.slice(0, length).split("\n").length;
      const place = handler.problems[0]?.place;
      assert.ok(place?.line === line || place?.line === line - 1, `line ${place?.line} of ${line}`);
      const begun = whole.slice(0, length).match(/<Step [^>]*>/g)?.length ?? 0;
      assert.equal(handler.steps.length, begun, `at ${length}`);
      assert.ok(handler.steps.slice(0, -1).every((step) => step.complete));
      const closed = whole.slice(0, length).match(/<\/Step>/g)?.length ?? 0;
      assert.equal(handler.steps.at(-1)?.complete ?? true, closed === begun, `at ${length}`);
    }
  });

  it("names the line where it stops being well-formed", () => {
    const handler = read(whole.replace('</Step>\n<Step id="7"', '</Stop>\n<Step id="7"'));
    assert.deepEqual(codes(handler), ["xml-not-well-formed"]);
    assert.equal(handler.problems[0]?.place?.line, 10);
    assert.match(handler.problems[0]?.message ?? "", /line 10.*Step.*Stop/);
    assert.deepEqual(
      handler.steps.map(({ node }) => node),
      [0, 1, 2, 3, 4, 5, 6],
    );
  });

  it("does not let control characters through to the terminal", () => {
    const { problems } = read("<Handler \u001b[31m='1'/>");
    // eslint-disable-next-line no-control-regex -- it is about them
    assert.doesNotMatch(problems[0]?.message ?? "", /[\u0000-\u001f]/);
  });
});

describe("Hostile XML", () => {
  it("with a document type is not read, so that no entity is expanded", () => {
    const levels = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join("");
    const bomb = `<!DOCTYPE Handler [<!ENTITY e0 "x">${levels}]>\n<Handler name="&e30;"/>`;
    const handler = read(bomb);
    assert.deepEqual(codes(handler), ["xml-doctype"]);
    assert.equal(handler.name, "Old Name");
  });

  it("nested 100,000 deep is refused", () => {
    const deep = `${"<Handler>".repeat(100_000)}${"</Handler>".repeat(100_000)}`;
    assert.deepEqual(codes(read(deep)), ["xml-limit"]);
    assert.match(read(deep).problems[0]?.message ?? "", /deep/);
    // Not closed either: no step, no crash.
    assert.deepEqual(codes(read("<Handler>".repeat(100_000))), ["xml-not-well-formed"]);
  });

  it("with more elements than any export is refused before it is parsed", () => {
    assert.deepEqual(codes(read(`<Handler>${"<a/>".repeat(2_000_001)}</Handler>`)), ["xml-limit"]);
  });

  it("with an endless tag is refused before it is parsed", () => {
    const handler = read(`<Handler>\n<Steps>\n<Step notes="${"x".repeat(1_100_000)}"/></Steps></Handler>`);
    assert.deepEqual(codes(handler), ["xml-limit"]);
    assert.equal(handler.problems[0]?.place?.line, 3);
  });

  it("with names of the language's own objects does no harm", () => {
    const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
    for (const name of names) {
      const handler = read(`<Handler name="a" version="2.0"><Steps><${name} ${name}="x"/></Steps></Handler>`);
      assert.equal(handler.steps.length, 0, name);
      assert.ok(handler.problems.length > 0, name);
    }
    assert.equal(({} as Record<string, unknown>)["x"], undefined);
  });
});
