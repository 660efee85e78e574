import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkDialerConfiguration, checkDialerConfigurationAtOnce } from "../../../server/src/dialer/check";
import { readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { udlFilesAround } from "../../../server/src/dialer/surroundings";
import { at, configuration, fixture, fixtures, id, object, problems } from "./fixture";

const part = (
  tag: string,
  number: number,
  name: string,
  properties: Record<string, string>,
  inside = "",
): string =>
  `<${tag}><ID>${id(number)}</ID><PROPERTIES><name>${name}</name>${Object.entries(properties)
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join("")}</PROPERTIES>${inside}</${tag}>`;

describe("dialer: problems", () => {
  const source = fixture("source/dialer_config.xml");

  it("says of every problem how certain it is", () => {
    for (const { message, certainty } of checkDialerConfigurationAtOnce(source)) {
      const words = {
        documented: /\(documented: /,
        seen: /\(seen in real files/,
        inferred: /\(inferred/,
        own: /\(a limit/,
      };
      assert.match(message, words[certainty]);
    }
  });

  it("finds the same in slices, in the order of the file, and nothing twice", async () => {
    const sliced = await checkDialerConfiguration(source, {}, { budget: 0 });
    const whole = checkDialerConfigurationAtOnce(source);
    assert.deepEqual(sliced, whole);
    assert.ok(whole.every(({ start }, index) => index === 0 || start >= (whole[index - 1]?.start ?? 0)));
    assert.equal(new Set(whole.map(({ code, start }) => `${code} ${start}`)).size, whole.length);
  });

  it("finds duplicate ids", () => {
    const [duplicate, more] = problems(source, "duplicate-id");
    assert.ok(duplicate && !more);
    assert.equal(duplicate.severity, "error");
    assert.match(duplicate.message, /“Phone copy” is also the id of contact column “Phone”/);
    assert.equal(at(source, duplicate), "{00140000-0000-4000-8000-000000000001}");
  });

  it("finds dangling references, but not of servers, in exports or in unknown properties", () => {
    assert.deepEqual(
      problems(source, "dangling-reference").map((one) => [one.message.split(" ")[0], at(source, one)]),
      [
        ["scheduleid", "{00050000-0000-4000-8000-000000000001}"],
        ["calllist", "{0000DEAD-0000-4000-8000-000000000001}"],
        ["basescripterdispositions", "{00000BAD-0000-4000-8000-000000000001}"],
      ],
    );
    const loose = object(1, 1, "C", { scheduleid: id(9), servers: `|${id(8)}|`, mystery: id(7) });
    assert.equal(problems(configuration(loose), "dangling-reference").length, 1);
    const batch = readDialerConfigurationAtOnce(`<DIALERCONFIG2BATCH>${loose}</DIALERCONFIG2BATCH>`);
    assert.deepEqual(problems(batch, "dangling-reference"), []);
  });

  it("finds references that lead to another kind", () => {
    const [wrong, more] = problems(source, "unexpected-target");
    assert.ok(wrong && !more);
    assert.match(wrong.message, /cccampaignid leads to rule set “Evening”.* contact list/);
  });

  it("compares cached names in order, and counts them", () => {
    const differ = problems(source, "display-name-differs").map(
      ({ message }) => /says “(.*?)”/.exec(message)?.[1],
    );
    assert.deepEqual(differ, ["Sprng list", "Old name"]);
    const list = (names: string): ReturnType<typeof configuration> =>
      configuration(
        object(1, 1, "C", { [`policysetids display_name="${names}"`]: `|${id(2)}|${id(3)}|` }),
        object(8, 2, "One"),
        object(8, 3, "Two"),
      );
    assert.deepEqual(problems(list("|One|Two|"), "display-name-differs"), []);
    assert.equal(problems(list("|Two|One|"), "display-name-differs").length, 2);
    assert.match(problems(list("|One|"), "display-name-count")[0]?.message ?? "", /2 id\(s\).* 1 name/);
    assert.deepEqual(problems(list("|One|Two|"), "display-name-count"), []);
  });

  it("looks for .udl files beside the configuration and in UDL, in any case", async () => {
    const udlFiles = await udlFilesAround(resolve(fixtures, "source/dialer_config.xml"));
    assert.deepEqual([...udlFiles.keys()], ["contacts.udl"]);
    const missing = problems(source, "udl-missing", { udlFiles });
    assert.deepEqual(
      missing.map((one) => [at(source, one), one.severity, one.certainty]),
      [["archive.udl", "warning", "documented"]],
    );
    assert.deepEqual(problems(source, "udl-missing"), [], "unknown surroundings are not checked");
  });

  it("takes a .udl file beside the configuration before one in UDL", async () => {
    const folder = mkdtempSync(join(tmpdir(), "udl-"));
    try {
      mkdirSync(join(folder, "Udl"));
      for (const path of ["Udl/a.udl", "A.UDL", "Udl/b.udl"]) writeFileSync(join(folder, path), "");
      const found = await udlFilesAround(join(folder, "dialer_config.xml"));
      assert.deepEqual(
        new Map([...found].sort()),
        new Map([
          ["a.udl", join(folder, "A.UDL")],
          ["b.udl", join(folder, "Udl/b.udl")],
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("holds Oracle services against the aliases at hand", () => {
    const around = (service: string): number =>
      problems(source, "oracle-alias-missing", {
        oracleServices: new Map([["contacts.udl", service]]),
        tnsAliases: new Set(["dialerdb", "archive.example.com"]),
      }).length;
    assert.equal(around("DialerDB"), 0);
    assert.equal(around("OTHER"), 2);
    assert.equal(around("ARCHIVE"), 0, "a default domain may be added");
    assert.equal(around("ARCH"), 2);
    assert.equal(around("host:1521/service"), 0, "needs no alias");
  });

  it("finds deleted workflows and campaigns that stay behind, and says why", () => {
    const [deleted] = problems(source, "deleted-workflow");
    assert.ok(deleted);
    assert.match(deleted.message, /“Old stuff” .*deleted="1"/);
    assert.equal(deleted.certainty, "inferred");
    const why = problems(source, "campaign-stays-behind").map(({ message }) =>
      /“(.*?)”.*, and (.*?)\. /.exec(message),
    );
    assert.deepEqual(
      why.map((match) => match?.slice(1)),
      [
        ["Winter calls", "workflow “Winter” is Off"],
        ["Forgotten", "workflow “Old stuff” is deleted"],
        ["Alone", "no workflow holds it"],
      ],
    );
    assert.deepEqual(problems(fixture("target/monday.xml"), "campaign-stays-behind"), []);
  });

  it("counts on no workflow that is deleted, active or not", () => {
    const model = configuration(
      object(2, 1, "W", { status: "Active", deleted: "1", campaigns: id(2) }),
      object(1, 2, "C"),
    );
    assert.match(problems(model, "campaign-stays-behind")[0]?.message ?? "", /workflow “W” is deleted/);
  });

  it("does not guess what an unreadable status means", () => {
    const model = configuration(object(2, 1, "W", { status: "3", campaigns: id(2) }), object(1, 2, "C"));
    assert.deepEqual(problems(model, "campaign-stays-behind"), []);
    assert.match(
      problems(model, "campaign-unclear")[0]?.message ?? "",
      /status of workflow “W” is not readable/,
    );
  });

  it("names default objects that stay behind, all but the default connection", () => {
    const named = (file: string): string[] =>
      problems(fixture(file), "default-stays-behind").map(({ severity }) => severity);
    assert.deepEqual(named("source/dialer_config.xml"), ["information", "information", "information"]);
    assert.deepEqual(named("target/monday.xml"), ["hint", "hint", "hint"]);
  });

  it("finds pagers and statistics by their types alone", () => {
    assert.deepEqual(
      problems(source, "pager").map((one) => at(source, one)),
      ["Page the supervisor", "Pager"],
    );
    assert.deepEqual(
      problems(source, "statistic-by-hand").map((one) => at(source, one)),
      ["Low hit rate", "Long wait"],
    );
    const script = part("ITEM", 3, "A", { actiontype: "scriptpage" });
    const model = configuration(object(3, 1, "R", {}, part("RULEITEM", 2, "x", {}, script)));
    assert.deepEqual(problems(model, "pager"), []);
  });

  it("finds mails without From or with the migrated one, and leaves other items' empty fields alone", () => {
    assert.deepEqual(
      problems(source, "mail-without-from").map((one) => at(source, one)),
      ["Mail"],
    );
    assert.deepEqual(
      problems(source, "mail-default-from").map((one) => at(source, one)),
      ["do.not.reply@inin.com"],
    );
  });

  it("keeps documented limits to the number", () => {
    const lines = (value: string): number =>
      problems(configuration(object(1, 1, "C", { campaignmaxlines: value })), "lines-over-limit").length;
    assert.deepEqual(["2000", "2001", "", "many"].map(lines), [0, 1, 0, 0]);
    const calls = (value: string): number =>
      problems(configuration(object(6, 1, "S", { maximumcalls: value })), "calls-out-of-range").length;
    assert.deepEqual(["0", "2000000000", "2000000001", "-1", ""].map(calls), [0, 0, 1, 1, 0]);
    const rate = (value: string, bulk: string): number =>
      problems(
        configuration(object(6, 1, "S", { maximumcallrate: value }), object(1, 2, "C", { usebulkapi: bulk })),
        "rate-below-bulk",
      ).length;
    assert.deepEqual([rate("15", "1"), rate("16", "1"), rate("15", "0")], [1, 0, 0]);
    const zone = (name: string): number =>
      problems(
        configuration(object(7, 1, "Z", {}, `<ZONESET><SLOT><zone>${name}</zone></SLOT></ZONESET>`)),
        "zone-name-too-long",
      ).length;
    assert.deepEqual(
      [zone("x".repeat(25)), zone("x".repeat(26)), zone("&lt;** A very long built-in zone **&gt;")],
      [0, 1, 0],
    );
    const columns = (count: number): number =>
      problems(
        configuration(
          object(19, 1, "L", {
            contactcolumns: `|${Array.from({ length: count }, (_, n) => id(n)).join("|")}|`,
          }),
        ),
        "columns-over-limit",
      ).length;
    assert.deepEqual([columns(200), columns(201)], [0, 1]);
  });

  it("finds leftovers: orphans, shared tables, column ids that come again", () => {
    assert.deepEqual(
      problems(source, "orphan").map((one) => at(source, one)),
      ["Mobile", "Nobody uses me"],
    );
    assert.match(
      problems(source, "same-table")[0]?.message ?? "",
      /“Summer” and campaign “Spring”.*I3_SPRING_RE0/,
    );
    assert.equal(problems(source, "column-id").length, 2);
    const workflows = configuration(
      object(2, 1, "Day-shift"),
      object(2, 2, "day shift"),
      object(2, 3, "Night"),
    );
    assert.match(problems(workflows, "same-table")[0]?.message ?? "", /I3_DAY_SHIFT_CH0/);
  });

  it("lists the first of very many problems and counts the rest", () => {
    const many = Array.from({ length: 700 }, (_, n) => object(1, n, `C${n}`, { scheduleid: id(0xffff) }));
    const dangling = problems(configuration(...many), "dangling-reference");
    assert.equal(dangling.length, 500);
    assert.match(dangling.at(-1)?.message ?? "", /There are 200 more like this/);
  });

  it("says nothing of an orderly configuration", () => {
    const model = configuration(
      object(1, 1, "C", { [`calllist display_name="L"`]: id(2), campaignmaxlines: "10" }),
      object(19, 2, "L", { connectionid: id(3) }),
      object(10, 3, "D", { udldataset: "d.udl" }),
    );
    assert.deepEqual(checkDialerConfigurationAtOnce(model, { udlFiles: new Map([["d.udl", "d.udl"]]) }), []);
  });
});
