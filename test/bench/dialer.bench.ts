import { XMLParser } from "fast-xml-parser";
import { checkDialerConfiguration } from "../../server/src/dialer/check";
import type { DialerConfiguration } from "../../server/src/dialer/model";
import { readDialerConfiguration } from "../../server/src/dialer/read";
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
    { name: "objects read", value: model?.objects.length ?? 0, unit: "objects" },
  ];
}
