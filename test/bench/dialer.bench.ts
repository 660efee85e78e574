import { XMLParser } from "fast-xml-parser";
import { checkDialerConfiguration } from "../../server/src/dialer/check";
import type { DialerConfiguration } from "../../server/src/dialer/model";
import { readDialerConfiguration } from "../../server/src/dialer/read";
import { FormatsRequest, RecogniseRequest, candidateHead } from "../../server/src/protocol";
import { startServer } from "../server/stdio";
import { Folder } from "../unit/workspace/folder";
import { largeConfiguration } from "./dialerConfiguration";
import { memoryInUse, middle } from "./measure";
import type { Row } from "./row";

export default async function run(): Promise<Row[]> {
  const text = largeConfiguration();
  const open: number[] = [];
  const parse: number[] = [];
  const held: number[] = [];
  let model: DialerConfiguration | undefined;
  for (let round = 0; round < 5; round++) {
    // Neither pays for what the other left behind.
    memoryInUse();
    let turn = performance.now();
    let longest = 0;
    const pause = (): Promise<void> => {
      longest = Math.max(longest, performance.now() - turn);
      return new Promise((resolve) =>
        setImmediate(() => {
          turn = performance.now();
          resolve();
        }),
      );
    };
    const start = performance.now();
    model = await readDialerConfiguration(text, { pause });
    await checkDialerConfiguration(model, {}, { pause });
    open.push(performance.now() - start);
    held.push(longest);

    memoryInUse();
    const alone = performance.now();
    new XMLParser({
      preserveOrder: true,
      captureMetaData: true,
      ignoreAttributes: false,
      processEntities: false,
      parseTagValue: false,
    }).parse(text);
    parse.push(performance.now() - alone);
  }
  const baseline = { name: "fast-xml-parser alone", value: middle(parse) };
  const megabytes = (text.length / 1024 / 1024).toFixed(1);
  return [
    {
      name: `dialer_config.xml of ${megabytes} MB: text to problems`,
      value: middle(open),
      unit: "ms",
      baseline,
    },
    { name: "longest time it holds the process meanwhile", value: middle(held), unit: "ms", baseline },
    ...(await throughServer(text, baseline)),
    { name: "objects read", value: model?.objects.length ?? 0, unit: "objects" },
  ];
}

const file = "dialer_config.xml";

/** The same as users have it: the server is given the text and sends its problems, and answers others meanwhile. */
async function throughServer(text: string, baseline: Row["baseline"]): Promise<Row[]> {
  const folder = new Folder().write(file, text);
  const [opened, typed, longest]: number[][] = [[], [], []];
  for (let round = 0; round < 3; round++) {
    const server = await startServer({ workspaceFolders: [folder.path] });
    const uri = folder.uriOf(file);
    const params: RecogniseRequest.Params = { uri, path: uri, head: text.slice(0, candidateHead) };
    await server.connection.sendRequest(RecogniseRequest.method, params);
    let isWorking = true;
    const pings = async (): Promise<number> => {
      let most = 0;
      while (isWorking) {
        const asked = performance.now();
        await server.connection.sendRequest(FormatsRequest.method);
        most = Math.max(most, performance.now() - asked);
      }
      return most;
    };
    const start = performance.now();
    await server.open(uri, "xml", text);
    const waiting = pings();
    await server.diagnostics(uri, (found) => found.length > 0);
    opened!.push(performance.now() - start);
    const changed = performance.now();
    await server.change(uri, text.replace("</DIALERCONFIG2>", ""));
    await server.diagnostics(uri, (found) => found.some(({ code }) => code === "dialer/not-well-formed"));
    typed!.push(performance.now() - changed);
    isWorking = false;
    longest!.push(await waiting);
    await server.stop();
  }
  folder.remove();
  return [
    { name: "the same through the server: opened to problems", value: middle(opened!), unit: "ms", baseline },
    { name: "changed to problems, with the pause for typing", value: middle(typed!), unit: "ms", baseline },
    { name: "longest wait for another answer meanwhile", value: middle(longest!), unit: "ms" },
  ];
}
