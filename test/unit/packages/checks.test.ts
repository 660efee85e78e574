import assert from "node:assert/strict";
import { checkPackage, type PackageReport } from "../../../server/src/packages/checks/check";
import {
  componentNamed,
  components,
  dependencies,
  componentById,
} from "../../../server/src/packages/checks/components";
import { findServerParameters } from "../../../server/src/packages/checks/findServerParameters";
import { importRules } from "../../../server/src/packages/checks/importRules";
import { serverParameters } from "../../../server/src/packages/checks/serverParameters";
import { openPackage } from "../../../server/src/packages/package";
import { buildTree } from "../../../server/src/packages/tree";
import { put, rawZip, scratch, zipped } from "./making";

const PASSWORD = "Correct horse battery";
const NAME = "foo_12062011091650.ininmigr";
const locking = { password: PASSWORD, encryptionStrength: 3 } as const;

describe("checks of packages", () => {
  const { folder, remove } = scratch();
  let count = 0;
  after(remove);

  async function check(bytes: Uint8Array, name = NAME, password = PASSWORD): Promise<PackageReport> {
    const opened = await openPackage(put(folder, `${count++}/${name}`, bytes), { password });
    try {
      return await checkPackage(opened);
    } finally {
      await opened.close();
    }
  }
  const codes = ({ problems }: PackageReport): string[] => problems.map(({ code }) => code);
  const about = ({ problems }: PackageReport, code: string): string[] =>
    problems.filter((problem) => problem.code === code).map(({ message }) => message);

  it("has nothing to say about a sound package of one plain component", async () => {
    assert.deepEqual(codes(await check(await zipped({ "Workgroups/w.xml": "<w/>" }, locking))), []);
  });

  it("calls a package without files empty, but not one that is cut short", async () => {
    const empty = rawZip([]);
    assert.equal(empty.length, 22);
    for (const bytes of [empty, await zipped({ "Users/": "" }), await zipped({ "Users.zip": empty })]) {
      const report = await check(bytes);
      assert.deepEqual(
        report.problems.filter(({ code }) => code === "package/empty").map(({ severity }) => severity),
        ["error"],
      );
    }
    assert.ok(!codes(await check(empty.subarray(0, 20))).includes("package/empty"));
  });

  it("warns once of names that nothing is extracted under, and names the first few", async () => {
    const names = [
      "Lines/a.xml",
      "../out.txt",
      "C:\\out.txt",
      "Lines/A.xml",
      "nul",
      "Lines/\u202elmx.b",
      "CON",
    ];
    const report = await check(rawZip(names.map((name) => ({ name, data: Buffer.from("x") }))));
    const [message, ...more] = about(report, "package/unsafe-names");
    assert.deepEqual(more, []);
    assert.match(
      message ?? "",
      /^6 entries .*\.\.\/out\.txt \(.*C:\/out\.txt \(.*Lines\/A\.xml \(.*upper and lower case/,
    );
    assert.match(message ?? "", /and 3 more/);
    assert.equal(report.problems.find(({ code }) => code === "package/unsafe-names")?.severity, "warning");
    const bidi = await check(rawZip([{ name: "Lines/\u202elmx.b", data: Buffer.from("x") }]));
    assert.match(about(bidi, "package/unsafe-names")[0] ?? "", /\\u202elmx\.b \(.*direction of writing/);
  });

  describe("encryption", () => {
    it("warns when there is none, some, or a weak one, and tells other strengths", async () => {
      const files = { "Workgroups/a.xml": "a", "Workgroups/b.xml": "b" };
      assert.deepEqual(codes(await check(await zipped(files))), ["package/not-encrypted"]);
      assert.deepEqual(codes(await check(await zipped(files, { ...locking, encryptionStrength: 1 }))), [
        "package/other-encryption",
      ]);
      assert.deepEqual(codes(await check(await zipped(files, { password: PASSWORD, zipCrypto: true }))), [
        "package/weak-encryption",
      ]);
      const locked = await zipped({ "w.xml": "a" }, locking);
      const some = await zipped({
        "Workgroups.zip": locked,
        "open.txt": "o",
        "Lines.zip": await zipped({ "l.xml": "l" }),
      });
      const report = await check(some);
      assert.match(
        about(report, "package/partly-encrypted")[0] ?? "",
        /^2 of 3 items.*open\.txt, Lines\.zip\/l\.xml/,
      );
    });

    it("tells what stays closed without password", async () => {
      const report = await check(
        await zipped({ "Workgroups.zip": await zipped({ w: "w" }) }, locking),
        NAME,
        "",
      );
      assert.match(about(report, "package/locked")[0] ?? "", /1 zips inside stay closed \(Workgroups\.zip\)/);
    });
  });

  describe("components", () => {
    const missing = async (...names: string[]): Promise<string[]> => {
      const report = await check(
        await zipped(Object.fromEntries(names.map((name) => [`${name}/x.xml`, "x"])), locking),
      );
      return about(report, "package/missing-component").map(
        (message) => /^(.*) is in .* named (.*) was/.exec(message)?.slice(1).join(" > ") ?? message,
      );
    };

    it("miss each other", async () => {
      assert.deepEqual(await missing("AdminConfig"), ["AdminConfig > Users", "AdminConfig > Workstations"]);
      assert.deepEqual(await missing("AdminConfig", "Users", "Workstations", "Workgroups"), []);
      assert.deepEqual(await missing("IP/Handlers"), ["IP\\Handlers > <SERVER>\\IP"]);
      assert.deepEqual(await missing("foo/IP"), ["<SERVER>\\IP > IP\\Handlers"]);
      assert.deepEqual(await missing("FOO/IP", "IP/Handlers"), []);
      assert.deepEqual(await missing("IP Phones"), ["IP Phones > IP Phone Proxy Groups"]);
      assert.deepEqual(await missing("InteractionRecorderMasterKeyFile"), [
        "Interaction Recorder Master Key File > Interaction Recorder",
      ]);
      assert.deepEqual(await missing("users"), ["Users > Workgroups"]);
    });

    it("are recognised as zips, folders and files at the top, not deep down", async () => {
      const bytes = await zipped(
        {
          "Users.zip": await zipped({ "u.xml": "u" }),
          "workgroups.xml": "w",
          "Data Sources/deep/er/still/Lines/x.xml": "x",
          "Whatever.bin": "?",
        },
        locking,
      );
      const { components: found, problems } = await check(bytes);
      assert.deepEqual(
        found.found.map(({ component, path }) => [component.id, path]),
        [
          ["users", "Users.zip"],
          ["workgroups", "workgroups.xml"],
          ["data-sources", "Data Sources"],
        ],
      );
      assert.deepEqual(found.unknown, ["Whatever.bin"]);
      assert.equal(problems.find(({ code }) => code === "package/unknown-component")?.severity, "hint");
    });

    it("refer to each other by ids that exist", () => {
      for (const { component, needs } of dependencies)
        assert.ok(componentById(component) && componentById(needs), component);
      for (const { component } of importRules) assert.ok(componentById(component), component);
      for (const { id, node } of components) assert.equal(componentNamed(node)?.id, id);
    });
  });

  it("tells what an import does: not imported, renamed, overwritten, to be entered again", async () => {
    const names = [
      "Server Parameters",
      "IP Tables",
      "Registration Groups",
      "Dial Plan",
      "Structured Parameters",
      "Mail Providers",
      "Reports",
      "Data Sources",
    ];
    const files = Object.fromEntries(names.map((name) => [`${name}/x.bin`, "x"]));
    const report = await check(
      await zipped({ ...files, "IP/Custom/Mine.ihd": "h", "IP/Other.IHD": "h" }, locking),
    );
    const told = codes(report).filter((code) => code.startsWith("package/import-"));
    assert.deepEqual(told.sort(), [
      "package/import-data-sources",
      "package/import-dial-plan",
      "package/import-handlers",
      "package/import-ip-tables",
      "package/import-mail",
      "package/import-registration-groups",
      "package/import-reports",
      "package/import-server-parameters",
      "package/import-structured-parameters",
    ]);
    assert.match(
      about(report, "package/import-handlers")[0] ?? "",
      /2 \.ihd files; .*neither imported nor published/,
    );
    assert.match(
      about(report, "package/import-structured-parameters")[0] ?? "",
      /Secrets .* enter them again/,
    );
  });

  it("finds names left over from an earlier import", async () => {
    const report = await check(
      await zipped({ "IP Tables/Routing_migrated.xml": "x", "IP Tables/Routing.xml": "x" }, locking),
    );
    assert.match(about(report, "package/migrated-names")[0] ?? "", /^1 items .*Routing_migrated\.xml/);
  });

  describe("server parameters", () => {
    const xml = `<?xml version="1.0"?><ServerParameters>
      <Parameter name="Held Call Timeout" value="600"/>
      <Parameter><Name>ACDAvailableOnNon-ACD_migrated</Name><Value>1 &amp; 2</Value></Parameter>
      <ServerParameter Name="My Own Switch">on</ServerParameter>
    </ServerParameters>`;

    it("are found in XML of any such form, and explained", async () => {
      const report = await check(await zipped({ "Server Parameters/p.xml": xml }, locking));
      assert.deepEqual(
        report.parameters.map(({ name, value, how, migrated, known }) => [
          name,
          value,
          how,
          migrated,
          known?.status,
        ]),
        [
          ["Held Call Timeout", "600", "element", false, "renamed"],
          ["ACDAvailableOnNon-ACD_migrated", "1 & 2", "element", true, "current"],
          ["My Own Switch", "on", "element", false, undefined],
        ],
      );
      assert.match(
        about(report, "package/parameter-outdated")[0] ?? "",
        /Held Call Timeout.*now Held Interaction Timeout/,
      );
      assert.match(about(report, "package/parameter-migrated")[0] ?? "", /no effect/);
      assert.match(
        about(report, "package/parameter-unknown")[0] ?? "",
        /nothing is known here about 1 .*My Own Switch.*does not mean that they are still valid/,
      );
    });

    it("are found by known names in other text, as whole words", () => {
      const text = "HoldMsg=1\r\nXHoldMsgs=2\nmaxinteractionsallowedperip_migrated=3\nReport File PathX";
      const found = findServerParameters("x/parameters.txt", Buffer.from(text, "utf16le"));
      assert.deepEqual(found, []);
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
      assert.deepEqual(
        findServerParameters("x/parameters.txt", utf16).map(({ name, how, migrated }) => [
          name,
          how,
          migrated,
        ]),
        [
          ["HoldMsg", "mention", false],
          ["maxinteractionsallowedperip_migrated", "mention", true],
        ],
      );
    });

    it("are looked for in hostile content without harm", () => {
      const bomb = `<!DOCTYPE a [<!ENTITY x "${"y".repeat(100)}"><!ENTITY z "&x;&x;&x;">]><a><Parameter name="HoldMsg" value="&z;"/></a>`;
      assert.equal(
        findServerParameters("p/parameters.xml", Buffer.from(bomb)).find(({ name }) => name === "HoldMsg")
          ?.value ?? "&z;",
        "&z;",
      );
      const deep = `${"<Parameter>".repeat(100_000)}HoldMsg`;
      assert.deepEqual(
        findServerParameters("p/parameters.xml", Buffer.from(deep)).map(({ how }) => how),
        ["mention"],
      );
    });

    it("are known with where it stands and how sure it is", () => {
      const names = serverParameters.map(({ name }) => name.toLowerCase());
      assert.equal(new Set(names).size, names.length);
      for (const { name, sources, text } of serverParameters) {
        assert.ok(text.length > 10 && sources.length > 0, name);
        for (const source of sources)
          assert.match(source, /^https:\/\/help\.genesys\.com\/|20(18 R5|23 R1), "/, name);
      }
    });
  });

  it("makes a tree with sums, components and problems in their places", async () => {
    const bytes = await zipped(
      { "Users.zip": await zipped({ "a/b.xml": "12345", "c.xml": "1" }), "z.txt": "12" },
      locking,
    );
    const opened = await openPackage(put(folder, `tree/${NAME}`, bytes), { password: PASSWORD });
    const report = await checkPackage(opened);
    const nodes = buildTree(opened.entries, report.components.found, report.problems);
    await opened.close();
    assert.deepEqual(
      nodes.map(({ name, kind, files, bytes: sum, component }) => [name, kind, files, sum, component]),
      [
        ["Users.zip", "zip", 2, 6, "Users"],
        ["z.txt", "file", 1, 2, undefined],
      ],
    );
    assert.deepEqual(
      nodes[0]?.children.map(({ path, files }) => [path, files]),
      [
        ["Users.zip/a", 1],
        ["Users.zip/c.xml", 1],
      ],
    );
    assert.deepEqual(
      nodes[0]?.problems.map(({ code }) => code),
      ["package/missing-component", "package/import-users"],
    );
  });
});
