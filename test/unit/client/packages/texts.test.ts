import assert from "node:assert/strict";
import { hexText, mostHexBytes } from "../../../../client/src/packages/hexText";
import { sizeText } from "../../../../client/src/packages/sizes";

describe("bytes as text", () => {
  it("are shown sixteen a line, with what is printable beside them", () => {
    const bytes = Uint8Array.from([0x00, 0x41, 0x7e, 0x7f, 0xff, ...Buffer.from("0123456789abcdef")]);
    assert.equal(
      hexText(bytes),
      [
        "00000000  00 41 7e 7f ff 30 31 32  33 34 35 36 37 38 39 61  .A~..0123456789a",
        "00000010  62 63 64 65 66                                    bcdef",
      ].join("\n"),
    );
    assert.equal(hexText(new Uint8Array()), "");
  });

  it("end at the limit", () => {
    const lines = hexText(new Uint8Array(mostHexBytes + 100)).split("\n");
    assert.equal(lines.length, mostHexBytes / 16);
  });
});

describe("sizes for people", () => {
  it("have the unit that fits", () => {
    assert.deepEqual(
      [0, 1023, 1024, 1536, 10 * 1024, 1024 ** 3 * 2.25, 1024 ** 5].map((bytes) => sizeText(bytes, "en")),
      ["0 B", "1,023 B", "1 KB", "1.5 KB", "10 KB", "2.3 GB", "1,024 TB"],
    );
    assert.equal(sizeText(1536, "de"), "1,5 KB");
  });
});
