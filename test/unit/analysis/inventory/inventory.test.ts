import assert from "node:assert/strict";
import fc from "fast-check";
import type { HandlerFile } from "../../../../server/src/analysis/compare/handlerFiles";
import { type Inventory, takeInventory } from "../../../../server/src/analysis/inventory/inventory";
import {
  countsText,
  csvCell,
  inventoryCsv,
  inventoryHtml,
  inventoryJson,
  inventoryMarkdown,
} from "../../../../server/src/analysis/inventory/reports";
import {
  noNotes,
  noteOf,
  readNotes,
  type TeamNotes,
  withNote,
  writeNotes,
} from "../../../../server/src/analysis/inventory/teamNotes";
import type { Handler } from "../../../../server/src/handler/model";
import { noHandler } from "../../../../server/src/handler/read";
import { readXmlHandler } from "../../../../server/src/handler/xml";
import { handler, type HandlerBuilder } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { customNotification, playString } from "../../../builder/signatures";
import { toXml } from "../../../builder/xml";

function built(name: string, text: string, x = 0): HandlerBuilder {
  const made = handler(name, { category: "Base" });
  made
    .start()
    .label("Start")
    .to(made.tool(playString, { Text: text }).at(x, 1));
  return made;
}

function file(
  name: string,
  read: () => Handler,
  hash = `${Math.random()}`,
  path = `${name}.ihd`,
): HandlerFile {
  return { name, path, read: () => Promise.resolve(read()), hash: () => Promise.resolve(hash) };
}

const asIhd = (made: HandlerBuilder): HandlerFile => file(made.name, () => toModel(made));
const asXml = (made: HandlerBuilder): HandlerFile =>
  file(
    made.name,
    () => readXmlHandler(toXml(made), { file: `${made.name}.xml` }),
    undefined,
    `${made.name}.xml`,
  );
const broken = (name: string): HandlerFile => file(name, () => noHandler(name, "The file is empty."));

const classes = ({ rows }: Inventory): string[] =>
  rows.map((row) => `${row.name} ${row.class}${row.note && `: ${row.note}`}`);

describe("the inventory", () => {
  const base = [
    asIhd(built("System_Same", "a")),
    asIhd(built("System_Changed", "a")),
    asIhd(built("System_Gone", "a")),
    asIhd(built("System_Bad", "a")),
  ];

  it("tells base, modified base and custom handlers apart by content", async () => {
    const own = [
      asIhd(built("system_same", "a", 4)),
      asIhd(built("System_Changed", "b")),
      asIhd(built("Ours", "a")),
      broken("System_Bad"),
    ];
    const found = await takeInventory(own, base);
    assert.deepEqual(classes(found), [
      "Ours custom",
      "System_Bad unreadable: The file is empty.",
      "System_Changed modified: 1 step changed",
      "system_same base",
    ]);
    assert.deepEqual(found.counts, {
      base: 1,
      modified: 1,
      custom: 1,
      missing: 1,
      unreadable: 1,
      unknown: 0,
    });
    assert.equal(countsText(found), "1 base, 1 modified base, 1 custom, 1 missing, 1 unreadable");
  });

  it("compares an export with a file", async () => {
    const found = await takeInventory(
      [asXml(built("System_Same", "a")), asXml(built("System_Changed", "b"))],
      base,
    );
    assert.deepEqual(classes(found), ["System_Changed modified: 1 step changed", "System_Same base"]);
  });

  it("lists base handlers that are not there when asked", async () => {
    const found = await takeInventory([asIhd(built("System_Same", "a"))], base, { withMissing: true });
    assert.deepEqual(classes(found).slice(-1), ["System_Same base"]);
    assert.deepEqual(
      found.rows.filter((row) => row.class === "missing").map(({ name, steps }) => [name, steps]),
      [
        ["System_Bad", 2],
        ["System_Changed", 2],
        ["System_Gone", 2],
      ],
    );
  });

  it("classifies nothing where there is nothing to compare with", async () => {
    const event = handler("Event");
    event.initiator(customNotification);
    const found = await takeInventory([asIhd(event), asIhd(built("CustomIVR", "a")), broken("x")], null);
    assert.deepEqual(
      found.rows.map((row) => [row.name, row.class, row.startedBy, row.category, row.isCustomizationPoint]),
      [
        ["CustomIVR", "unknown", "subroutine", "Base", true],
        ["Event", "unknown", "DsLookup:Custom Notification_13", "", false],
        ["x", "unreadable", "", "", false],
      ],
    );
  });

  it("sees a base handler that only has another name", async () => {
    const shipped = file("System_Other", () => toModel(built("System_Other", "a")), "one");
    const copy = file("Ours_Other", () => toModel(built("Ours_Other", "a")), "one");
    const found = await takeInventory([copy], [shipped]);
    assert.deepEqual(classes(found), ["Ours_Other custom: the same file as the base handler System_Other"]);
  });

  it("reads each handler once, and can be stopped", async () => {
    let reads = 0;
    const counted = file("System_Changed", () => (reads++, toModel(built("System_Changed", "b"))));
    await takeInventory([counted], base);
    assert.equal(reads, 1);
    const stop = new AbortController();
    const done: string[] = [];
    const progress = (_: number, __: number, name: string): void => {
      done.push(name);
      stop.abort(new Error("stopped"));
    };
    await assert.rejects(takeInventory(base, base, { progress, signal: stop.signal }), /stopped/);
    assert.equal(done.length, 1);
  });
});

describe("reports of the inventory", () => {
  const odd = `=cmd|' /C calc'!A0, "x"\n<b>|*`;
  const inventory: Inventory = {
    rows: [
      {
        name: odd,
        path: "a/b.ihd",
        class: "modified",
        startedBy: "subroutine",
        category: "",
        steps: 7,
        isCustomizationPoint: true,
        note: "2 steps added",
      },
    ],
    counts: { base: 0, modified: 1, custom: 0, missing: 0, unreadable: 0, unknown: 0 },
    notes: ["More than one <handler>"],
  };
  const notes = withNote(withNote(noNotes, odd, "owner", "@someone"), odd, "note", 'say "yes", then go');

  it("as CSV can be opened in a spreadsheet without running anything", () => {
    const csv = inventoryCsv(inventory, notes);
    assert.ok(csv.startsWith("\uFEFFHandler,Class,"));
    assert.deepEqual(parseCsv(csv.slice(1)), [
      [
        "Handler",
        "Class",
        "Started by",
        "Category",
        "Steps",
        "What is known",
        "Path",
        "owner",
        "decision",
        "note",
      ],
      [
        `'${odd}`,
        "modified base",
        "subroutine",
        "",
        "7",
        "customization point; 2 steps added",
        "a/b.ihd",
        "'@someone",
        "",
        'say "yes", then go',
      ],
    ]);
    for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
      assert.ok(csvCell(`${start}1`).replace(/^"/, "").startsWith("'"), start);
  });

  it("as CSV give every text back, but for the apostrophe before formulas", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [read] = parseCsv(`${cells.map(csvCell).join(",")}\r\n`);
        assert.deepEqual(
          read!.map((text, at) => (text === `'${cells[at]}` ? cells[at] : text)),
          cells,
        );
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  it("as HTML hold texts only as text, and load nothing", () => {
    const html = inventoryHtml(inventory, notes);
    assert.ok(!/<b>|<script|<handler>/.test(html));
    assert.ok(html.includes("&lt;b&gt;"));
    assert.match(html, /default-src 'none'/);
    assert.equal(html.match(/<th scope="col">/g)?.length, 10);
  });

  it("as Markdown keep one row a handler", () => {
    const rows = inventoryMarkdown(inventory, notes)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    assert.equal(rows.length, 3);
    for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 12, row);
  });

  it("as JSON hold the team's columns", () => {
    const json = JSON.parse(JSON.stringify(inventoryJson(inventory, notes))) as {
      handlers: { team: Record<string, string>; class: string }[];
    };
    assert.deepEqual(
      [json.handlers[0]!.team, json.handlers[0]!.class],
      [{ owner: "@someone", decision: "", note: 'say "yes", then go' }, "modified"],
    );
  });
});

describe("the team's notes", () => {
  const reread = (notes: TeamNotes): TeamNotes => {
    const read = readNotes(writeNotes(notes), "n.json");
    assert.ok("notes" in read, JSON.stringify(read));
    return read.notes;
  };

  it("are kept by handler in any case, and cells can be emptied", () => {
    let notes = withNote(noNotes, "System_X", "owner", "Ada");
    notes = withNote(notes, "SYSTEM_X", "due", "May");
    assert.deepEqual(notes.columns, ["owner", "decision", "note", "due"]);
    assert.deepEqual(
      [noteOf(notes, "system_x", "owner"), noteOf(notes, "System_X", "due"), noteOf(notes, "y", "due")],
      ["Ada", "May", ""],
    );
    notes = withNote(withNote(notes, "System_X", "owner", ""), "System_X", "due", "");
    assert.equal(notes.handlers.size, 0);
    assert.equal(noNotes.handlers.size, 0);
  });

  it("are written one handler a line, and read back", () => {
    const notes = withNote(withNote(noNotes, "b", "note", "x"), "A", "owner", 'Bo "B"');
    assert.match(writeNotes(notes), /\n {2}"A": \{"owner":"Bo \\"B\\""\},\n {2}"b": \{"note":"x"\}\n/);
    assert.deepEqual(reread(notes), {
      columns: notes.columns,
      handlers: new Map([...notes.handlers].sort()),
    });
    assert.equal(reread(noNotes).handlers.size, 0);
  });

  it("survive it with any names and texts", () => {
    const cell = fc.tuple(fc.string(), fc.constantFrom("owner", "note"), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const notes = cells.reduce(
          (made, [name, column, text]) => withNote(made, name, column, text),
          noNotes,
        );
        for (const [name, column] of cells)
          assert.equal(noteOf(reread(notes), name, column), noteOf(notes, name, column));
      }),
      { numRuns: 200, seed: 10 },
    );
  });

  it("are refused when they are damaged or foreign, so that nothing is lost", () => {
    const good = JSON.parse(writeNotes(withNote(noNotes, "A", "owner", "x"))) as Record<string, unknown>;
    const wrong: [object | string, RegExp][] = [
      ["{", /no JSON/],
      [{}, /holds no notes/],
      [{ ...good, version: 2 }, /its version is 2, not 1/],
      [{ ...good, columns: ["a", "a"] }, /names one twice/],
      [{ ...good, columns: [1] }, /"columns" is no list/],
      [{ ...good, handlers: { A: { owner: 3 } } }, /"owner" of "A" is no column, or no text/],
      [{ ...good, handlers: { A: { colour: "red" } } }, /"colour" of "A"/],
      [{ ...good, handlers: [] }, /"handlers" is no object/],
    ];
    for (const [value, message] of wrong) {
      const read = readNotes(typeof value === "string" ? value : JSON.stringify(value), "n.json");
      assert.ok("problem" in read);
      assert.match(read.problem.message, message);
      assert.match(read.problem.message, /n\.json/);
    }
  });
});

/** The least that reads RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    let cell = "";
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[at++];
        else break;
      }
      at++;
    } else while (at < text.length && text[at] !== "," && text[at] !== "\r") cell += text[at++];
    row.push(cell);
    if (text[at] === ",") at++;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}
