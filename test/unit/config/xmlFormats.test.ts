import assert from "node:assert/strict";
import { codes, fixture, found, read } from "./fixture";

const update = (inside: string): ReturnType<typeof read> =>
  read("InteractiveUpdate.config", `<c><ClientSettings ${inside}/></c>`);

describe("config: InteractiveUpdate.config", () => {
  it("finds settings by name wherever they stand", () => {
    const document = fixture("InteractiveUpdate.config");
    assert.deepEqual(
      document.entries.map(({ name, value }) => [name, value]),
      [
        ["MaximumMessageSize", "200000"],
        ["SendTimeout", "00:15:00"],
        ["CFUTimeMin", "3600000"],
        ["CFUTimeMax", "30"],
        ["CFUUseCustomTime", "yes"],
        ["VerifyDigitalSignature", "False"],
        ["DiscoveryKey", "Lab"],
      ],
    );
    assert.deepEqual(found(document, document.text), [
      ["message-size-small", "200000"],
      ["timeout-over", "00:15:00"],
      ["min-over-max", "3600000"],
      ["too-short", "30"],
      ["not-a-flag", "yes"],
      ["signature-off", "False"],
      ["discovery-key", "Lab"],
    ]);
    const nested = read(
      "InteractiveUpdate.config",
      '<c><ClientSettings><setting name="VerifyDigitalSignature"><value>false</value></setting></ClientSettings></c>',
    );
    assert.deepEqual(codes(nested), ["signature-off"]);
  });

  it("says nothing of the defaults and of the guide's sample", () => {
    assert.deepEqual(codes(update("")), []);
    const sample =
      'CFUTimeMin="1800000" CFUTimeMax="3600000" CFUUseCustomTime="true" MaximumMessageSize="262144" SendTimeout="00:10:00" VerifyDigitalSignature="True" DiscoveryKey="Production"';
    assert.deepEqual(codes(update(sample)), []);
  });

  it("compares times with the defaults where one is blank", () => {
    assert.deepEqual(codes(update('CFUTimeMin="3600001" CFUUseCustomTime="true"')), ["min-over-max"]);
    assert.deepEqual(codes(update('CFUTimeMin="" CFUTimeMax="1799999" CFUUseCustomTime="true"')), [
      "min-over-max",
    ]);
    assert.deepEqual(codes(update('CFUTimeMin="-1" CFUUseCustomTime="true"')), ["not-a-number"]);
    assert.deepEqual(codes(update('CFUTimeMin="1800000" CFUUseCustomTime="false"')), ["times-unused"]);
  });

  it("keeps the limits of the message size to the byte", () => {
    const size = (value: string): string[] => codes(update(`MaximumMessageSize="${value}"`));
    assert.deepEqual(size("2147483647"), []);
    assert.deepEqual(size("2147483648"), ["message-size-over"]);
    assert.deepEqual(size("262143"), ["message-size-small"]);
    assert.deepEqual(size("2 MB"), ["not-a-number"]);
  });

  it("knows when a timeout is too long in any unit, and that it does not know the unit", () => {
    const timeout = (value: string): string[] => codes(update(`SendTimeout="${value}"`));
    assert.deepEqual(timeout("00:10:01"), ["timeout-over"]);
    assert.deepEqual(timeout("1.00:00:00"), ["timeout-over"]);
    assert.deepEqual(timeout("600001"), ["timeout-over"]);
    assert.deepEqual(timeout("600000"), ["timeout-unit"]);
    assert.deepEqual(timeout("soon"), ["timeout-form"]);
  });

  it("says where XML is not well-formed", () => {
    const text = "<c>\n  <ClientSettings>\n</c>\n";
    const [problem] = read("InteractiveUpdate.config", text).problems;
    assert.equal(problem?.code, "interactive-update/not-well-formed");
    assert.ok((problem.place?.line ?? 0) >= 2);
  });

  it("names values that are given twice and timers nobody knows", () => {
    const text =
      '<c><ClientSettings SendTimeout="1"/><ClientSettings SendTimeout="2" CFUTimeMinimum="5"/></c>';
    const document = read("InteractiveUpdate.config", text);
    assert.ok(codes(document).includes("given-twice") && codes(document).includes("unknown-timer"));
  });

  it("hovers over settings and completes their names and flags", () => {
    const { text, hover, complete } = fixture("InteractiveUpdate.config");
    assert.match(hover(text.indexOf("SendTimeout") + 2)?.markdown ?? "", /10 minutes[^]*documented/);
    assert.equal(hover(3), undefined);
    const names = complete(text.indexOf("SendTimeout") + 4);
    assert.ok(
      names.some(
        ({ label, insertText }) =>
          label === "VerifyDigitalSignature" && insertText === 'VerifyDigitalSignature="True"',
      ),
    );
    assert.equal(text.slice(names[0]?.start, names[0]?.end), "Send");
    const flag = complete(text.indexOf('"yes"') + 4);
    assert.deepEqual(
      flag.map(({ label, start, end }) => [label, text.slice(start, end)]),
      [
        ["true", "yes"],
        ["false", "yes"],
      ],
    );
  });
});

describe("config: push40.cfg and pushbackto30.cfg", () => {
  it("finds the old option and missing twins in a push, and nothing in a good push back", () => {
    const push = fixture("push40.cfg");
    assert.deepEqual(
      found(push, push.text).filter(([code]) => code !== "remove-after-use"),
      [
        ["option-unchanged", "160"],
        ["not-set", 'device.prov.tagSerialNo="1'],
      ],
    );
    assert.deepEqual(codes(fixture("pushbackto30.cfg")), ["remove-after-use"]);
  });

  const push = (attributes: string, name = "push40.cfg"): string[] =>
    codes(read(name, `<device ${attributes}/>`)).filter((code) => code !== "remove-after-use");

  it("wants device.set and an option in range", () => {
    const good = 'device.set="1" device.dhcp.bootSrvOpt="225" device.dhcp.bootSrvOpt.set="1"';
    assert.deepEqual(push(good), ["option-on-dhcp"]);
    assert.deepEqual(push(good.replace('device.set="1" ', "")), ["device-not-set", "option-on-dhcp"]);
    for (const [value, code] of [
      ["127", "option-range"],
      ["128", "option-on-dhcp"],
      ["254", "option-on-dhcp"],
      ["255", "option-range"],
      ["x", "option-range"],
    ] as const)
      assert.deepEqual(push(good.replace("225", value)), [code], value);
    assert.deepEqual(push(good.replace('Opt.set="1"', 'Opt.set="0"')), ["option-on-dhcp", "not-set"].sort());
    assert.deepEqual(push(good, "pushbackto30.cfg"), ["option-not-back"]);
    assert.deepEqual(push('device.set="1" device.x.set="2"'), ["set-without-value", "set-value"]);
  });

  it("finds the element inside another, and misses it where it is not there", () => {
    assert.deepEqual(
      codes(read("push.cfg", '<all><device device.set="1" device.a="1" device.a.set="1"/></all>')),
      ["remove-after-use"],
    );
    assert.deepEqual(codes(read("push.cfg", "<all/>")), ["no-device"]);
  });

  it("completes what is not there yet", () => {
    const { complete, text } = fixture("pushbackto30.cfg");
    assert.deepEqual(
      complete(text.indexOf("></device")).map(({ label }) => label),
      ["device.prov.tagSerialNo", "device.prov.tagSerialNo.set"],
    );
  });
});
