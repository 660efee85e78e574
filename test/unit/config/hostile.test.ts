import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { decodeText } from "../../../server/src/config/decode";
import { configFormatOf, configFormats, readConfig } from "../../../server/src/config/formats";
import { fixtures } from "./fixture";

function everything(name: string, text: string, offset: number): void {
  configFormatOf(name, text);
  for (const { id } of configFormats) {
    const document = readConfig(
      { name, text, encoding: "utf-8", bom: false, siblings: new Set(["a.dll"]) },
      id,
    );
    assert.ok(document);
    for (const { start, end } of [...document.problems, ...document.entries])
      assert.ok(start >= 0 && start <= end && end <= text.length, `${id}: ${start}-${end} of ${text.length}`);
    document.hover(offset);
    for (const { start, end } of document.complete(offset)) assert.ok(start <= end && end <= text.length);
  }
}

describe("config: hostile input", () => {
  const texts = readdirSync(fixtures).map((name) => decodeText(readFileSync(resolve(fixtures, name))).text);

  it("survives damaged files of any format read as any other", () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.integer({ min: 0, max: 30 }),
      put: fc.oneof(
        fc.constantFrom(
          "<",
          ">",
          '"',
          "'",
          "=",
          "(",
          ")",
          ";",
          "#",
          "[",
          "\\\r\n",
          "\r",
          '="',
          "Password=",
          "dword:",
          "hex(7):",
          "/v",
        ),
        fc.string({ unit: "binary", maxLength: 6 }),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, { maxLength: 8 }),
        fc.nat(600),
        (start, edits, offset) => {
          let text = start;
          for (const { at, cut, put } of edits) {
            const place = Math.floor(at * text.length);
            text = text.slice(0, place) + put + text.slice(place + cut);
          }
          everything("x.lst", text, offset);
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });

  it("decodes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.equal(typeof decodeText(bytes).text, "string");
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  // Each of these takes a minute or more for a pattern or loop that is not linear.
  const many = 30_000;
  const repeated: Record<string, string> = {
    "line ends": "\n".repeat(many * 4),
    blanks: " ".repeat(many * 4),
    "one long word": "a".repeat(many * 4),
    "dates without a file": `${"01/02/2020 ".repeat(many)}\n`,
    "backslashes at line ends": `REGEDIT4\n[AvayaoneXPortalIPO]\n"a"=hex:${"00,\\\n".repeat(many)}`,
    parentheses: `A = ${"(B = (C = D)) ".repeat(many)}`,
    "aliases with commas": `${"A, ".repeat(many)}B = (C = (D = E))`,
    "passwords in passwords": `[oledb]\nProvider=a;${"passw".repeat(many)}`,
    "equals signs": "=".repeat(many * 4),
    attributes: `<device ${Array.from({ length: many / 4 }, (_, at) => `device.a${at}="1"`).join(" ")}/>`,
    "an attribute without end": `<device ${"b ".repeat(many)}`,
    elements: `<x>${'<ClientSettings SendTimeout="1"/>'.repeat(many / 4)}</x>`,
    depth: "<a>".repeat(many),
    installers: `${"ICUserApps".repeat(many)}\nAvayaOneXDesktopClients ${"SECUREMODE = ".repeat(many)}`,
    "connections of netstat": "  TCP    0.0.0.0:8080   0.0.0.0:0   LISTENING\n".repeat(many / 4),
  };
  for (const [name, text] of Object.entries(repeated)) {
    it(`takes time with the size, not its square: ${name}`, () =>
      everything("x.txt", text, text.length >> 1));
  }
});
