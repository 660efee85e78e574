import assert from "node:assert/strict";
import { decodeText, encodeText } from "../../../server/src/config/decode";
import { configFormatOf, configFormats, readConfig } from "../../../server/src/config/formats";
import { fixture, read } from "./fixture";

describe("config: formats", () => {
  it("knows every fixture by name and content", () => {
    const expected = {
      "InteractiveUpdate.config": "interactive-update",
      "push40.cfg": "polycom-push",
      "pushbackto30.cfg": "polycom-push",
      "dialer.udl": "udl",
      "tnsnames.ora": "tnsnames",
      "sqlnet.ora": "sqlnet",
      "onex.reg": "one-x-java",
      "install.cmd": "silent-install",
      "ports.txt": "netstat",
      "DesignerRegisteredTools.lst": "designer-tools",
      "i3pubs.lst": "i3pub-list",
    };
    for (const [name, format] of Object.entries(expected)) assert.equal(fixture(name).format, format, name);
    assert.deepEqual(new Set(Object.values(expected)), new Set(configFormats.map(({ id }) => id)));
  });

  it("leaves other files alone", () => {
    for (const [name, text] of [
      ["app.config", "<configuration/>"],
      ["phone.cfg", "<polycomConfig/>"],
      ["other.reg", "Windows Registry Editor Version 5.00\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n"],
      ["notes.txt", "TCP is a protocol; 8080:80 is not a line of netstat"],
      ["build.cmd", "npm run build"],
      ["files.lst", "a.txt"],
    ] as const)
      assert.equal(configFormatOf(name, text), undefined, name);
  });

  it("says of every problem how certain it is", () => {
    for (const name of [
      "InteractiveUpdate.config",
      "push40.cfg",
      "dialer.udl",
      "onex.reg",
      "install.cmd",
      "i3pubs.lst",
    ])
      for (const { message, certainty } of fixture(name).problems)
        assert.match(
          message,
          { documented: /\(documented/, seen: /\(seen/, inferred: /\(inferred/, own: /\(a limit/ }[certainty],
        );
  });

  it("refuses what is far too long for a small file", () => {
    const [problem, more] = read("x.udl", "a".repeat(17 * 1024 * 1024)).problems;
    assert.equal(problem?.code, "udl/too-large");
    assert.equal(more, undefined);
  });

  it("takes the format that is named", () => {
    assert.equal(readConfig({ name: "x", text: "" }, "sqlnet")?.format, "sqlnet");
    assert.equal(readConfig({ name: "x", text: "" }, "nothing"), undefined);
  });
});

describe("config: text of bytes", () => {
  it("gives text and bytes back in every encoding", () => {
    for (const encoding of ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const) {
      for (const bom of encoding === "windows-1252" ? [false] : [true, false]) {
        const bytes = encodeText("[oledb] häßlich\r\n", { encoding, bom });
        assert.deepEqual(decodeText(bytes), { text: "[oledb] häßlich\r\n", encoding, bom });
      }
    }
  });

  it("follows the encoding an XML declaration names", () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe4</a>', "latin1");
    assert.equal(decodeText(bytes).encoding, "iso-8859-1");
    assert.match(decodeText(bytes).text, /<a>ä<\/a>/);
  });
});
