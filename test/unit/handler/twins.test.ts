import assert from "node:assert/strict";
import fc from "fast-check";
import { project } from "../../../server/src/handler/facts";
import type { Handler } from "../../../server/src/handler/model";
import { readHandler } from "../../../server/src/handler/read";
import { arbitraryHandler } from "../../builder/arbitrary";
import type { HandlerBuilder } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";
import { toModel } from "../../builder/model";
import { builtTypes } from "../../builder/types";
import { toXml } from "../../builder/xml";

const fromIhd = (built: HandlerBuilder, form?: "unicode" | "ansi"): Handler =>
  readHandler(toIhd(built, form ? { form } : {}), { file: `${built.name}.ihd` });
const fromXml = (built: HandlerBuilder): Handler =>
  readHandler(Buffer.from(toXml(built)), { file: `${built.name}.xml` });

describe("A built handler", () => {
  it("as .ihd is read back as it was built", () => {
    fc.assert(
      fc.property(arbitraryHandler(), (built) => {
        assert.deepEqual(plain(fromIhd(built)), plain(toModel(built, builtTypes.length)));
      }),
      { numRuns: 150 },
    );
  });

  it("as .ihd of an older Designer, with ANSI strings, too", () => {
    fc.assert(
      fc.property(arbitraryHandler({ strings: "ansi" }), (built) => {
        assert.deepEqual(plain(fromIhd(built, "ansi")), plain(toModel(built, builtTypes.length)));
      }),
      { numRuns: 100 },
    );
  });

  it("has the same model from .ihd and from XML, but for what one of them cannot hold", () => {
    fc.assert(
      fc.property(arbitraryHandler({ xml: true }), (built) => {
        const ihd = fromIhd(built);
        const xml = fromXml(built);
        assert.deepEqual(xml.problems, []);
        const both = { source: "ihd" } as const;
        assert.deepEqual(
          plain({ ...project(xml, "ihd"), ...both }),
          plain({ ...project(ihd, "xml"), ...both }),
        );
      }),
      { numRuns: 150 },
    );
  });
});

/** Without the difference between objects made by class and by hand. */
function plain(handler: Handler): unknown {
  return structuredClone(handler);
}
