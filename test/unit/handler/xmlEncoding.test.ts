import assert from "node:assert/strict";
import { decodeXmlText, maxXmlBytes } from "../../../server/src/handler/xmlEncoding";

const text = '<?xml version="1.0"?>\n<Handler name="Menü €"/>';
const utf16be = (value: string): Buffer => Buffer.from(value, "utf16le").swap16();

describe("Encodings of XML files", () => {
  const cases: [what: string, bytes: Uint8Array, expected: string][] = [
    ["UTF-8", Buffer.from(text), text],
    ["UTF-8 with mark", Buffer.from(`\ufeff${text}`), text],
    ["UTF-16 little-endian with mark", Buffer.from(`\ufeff${text}`, "utf16le"), text],
    ["UTF-16 big-endian with mark", utf16be(`\ufeff${text}`), text],
    ["UTF-16 little-endian without mark", Buffer.from(text, "utf16le"), text],
    ["UTF-16 big-endian without mark", utf16be(text), text],
    [
      "Windows-1252 by declaration",
      Buffer.from('<?xml version="1.0" encoding="Windows-1252"?><a b="\x80\xfc"/>', "latin1"),
      '<?xml version="1.0" encoding="Windows-1252"?><a b="€ü"/>',
    ],
    [
      "UTF-8 that says it is UTF-16",
      Buffer.from('<?xml version="1.0" encoding="utf-16"?><a b="ü"/>'),
      '<?xml version="1.0" encoding="utf-16"?><a b="ü"/>',
    ],
  ];
  for (const [what, bytes, expected] of cases) {
    it(what, () => assert.deepEqual(decodeXmlText(bytes), { text: expected, problems: [] }));
  }

  it("says in which line bytes are not what the file declares, and shows the rest", () => {
    const { text: shown, problems } = decodeXmlText(Buffer.from('<a>\n<b c="\xfc"/>\n</a>', "latin1"));
    assert.equal(shown, '<a>\n<b c="\ufffd"/>\n</a>');
    assert.deepEqual(
      problems.map(({ code, severity, place }) => [code, severity, place?.line]),
      [["xml-encoding", "warning", 2]],
    );
    assert.match(problems[0]?.message ?? "", /UTF-8/);
  });

  it("names an encoding that is not known", () => {
    const { text: shown, problems } = decodeXmlText(
      Buffer.from('<?xml version="1.0" encoding="klingon"?><a/>'),
    );
    assert.match(shown, /<a\/>$/);
    assert.match(problems[0]?.message ?? "", /"klingon"/);
  });

  it("does not read a file over the limit", () => {
    const { text: shown, problems } = decodeXmlText(new Uint8Array(maxXmlBytes + 1));
    assert.equal(shown, "");
    assert.deepEqual([problems[0]?.code, problems[0]?.severity], ["xml-too-big", "error"]);
    assert.match(problems[0]?.message ?? "", /64\.0 MB/);
  });

  it("gives no text for no bytes", () => {
    assert.deepEqual(decodeXmlText(new Uint8Array()), { text: "", problems: [] });
  });
});
