import assert from "node:assert/strict";
import { baseName, newerName } from "../../../server/src/catalogue/newerName";
import { compareStamps, signatureKey, signaturesIn } from "../../../server/src/catalogue/signature";
import { handler } from "../../builder/handler";
import { toModel } from "../../builder/model";
import { exit, input, output, tool } from "../../builder/signatures";

const sendEmail = (marker: string) =>
  tool("EmailToolsIDA:Send Email", { label: "Send E-Mail", category: "Email" }, [
    input(marker, "String", { optional: true }),
    input("To Recipients", "String", { optional: true }),
    output("Result", "Integer"),
  ]);

describe("version stamps", () => {
  it("are compared part by part, and an empty one is older than any", () => {
    const older: [string, string][] = [
      ["2.3", "3.0"],
      ["3.0", "3.0.1"],
      ["2.9", "2.10"],
      ["", "0"],
      ["5", "6"],
    ];
    for (const [one, other] of older) {
      assert.ok(compareStamps(one, other)! < 0, `${one} < ${other}`);
      assert.ok(compareStamps(other, one)! > 0, `${other} > ${one}`);
    }
    assert.equal(compareStamps("3", "3.0"), 0);
    assert.equal(compareStamps("abc", "abc"), 0);
  });

  it("say nothing where one is no version number", () => {
    assert.equal(compareStamps("2.0 beta", "3.0"), undefined);
    assert.equal(compareStamps("3.0", "2.0 beta"), undefined);
  });
});

describe("signatures of a handler", () => {
  it("take the revision of a mail tool from the label of its first parameter", () => {
    const built = handler("Mail");
    built.start().to(built.tool(sendEmail("6")));
    const [held] = signaturesIn(toModel(built));
    assert.equal(held?.offset, 1);
    assert.equal(held.signature.version, "6");
    assert.deepEqual(
      held.signature.parameters.map(({ label }) => label),
      ["To Recipients", "Result"],
    );
  });

  it("are equal whatever the source can not hold, the labels of exits, and their order", () => {
    const exits = [exit("Success", 0), exit("Failure", 1, true)];
    const one = tool("M:T", { label: "T", category: "C" }, [input("A", "String")], exits);
    const translated = [exit("Fehler", 1), exit("Erfolg", 0)];
    const other = tool("M:T", { label: "", category: "" }, [input("A", "String")], translated);
    const keys = [one, other].map((each) => signatureKey({ kind: "tool", ...each }));
    assert.equal(keys[0], keys[1]);
    const changed = { ...one, exits: [exit("Success", 0), exit("Failure", 2, true)] };
    assert.notEqual(signatureKey({ kind: "tool", ...changed }), keys[0]);
  });
});

describe("newer names", () => {
  const named = (name: string, label = "", module = "Telephony") => ({
    kind: "tool" as const,
    module,
    name,
    label,
  });

  it("are the same name but for a version mark", () => {
    const names = [
      "Blind Transfer_2.0",
      "Record File_12F",
      "Custom Notification_13",
      "RESTHTTPRequest2",
      "Hold",
      "42",
    ];
    assert.deepEqual(names.map(baseName), [
      "Blind Transfer",
      "Record File",
      "Custom Notification",
      "RESTHTTPRequest",
      "Hold",
      "42",
    ]);
  });

  it("are found in the module, the newest of them, upwards only", () => {
    const all = ["Blind Transfer", "Blind Transfer_2.0", "Blind Transfer_3.0", "Hold"].map((name) =>
      named(name),
    );
    assert.equal(newerName(named("Blind Transfer"), all)?.name, "Blind Transfer_3.0");
    assert.equal(newerName(named("Blind Transfer_3.0"), all), undefined);
    assert.equal(newerName(named("Hold"), all), undefined);
    assert.equal(newerName(named("Blind Transfer", "", "Other"), all), undefined);
    // 1.2F is older than 2.0.
    const records = [named("Record File_2.0"), named("Record File_12F")];
    assert.equal(newerName(named("Record File_12F"), records)?.name, "Record File_2.0");
  });

  it("do not join tools that the palette names differently", () => {
    const all = [named("Decode64", "Decode Base64")];
    assert.equal(newerName(named("Decode", "Decode Text"), all), undefined);
    assert.equal(newerName(named("Decode", "decode base64"), all)?.name, "Decode64");
  });
});
