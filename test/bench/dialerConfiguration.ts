const size = 10 * 1024 * 1024;

const id = (kind: number, number: number): string =>
  `{${(kind * 0x1000000 + number).toString(16).toUpperCase().padStart(8, "0")}-0000-4000-8000-00000000ABCD}`;

/** A configuration as 4.x writes it: campaigns of 135 properties, policies that write every field of every type. */
export function largeConfiguration(): string {
  const parts = ["<DIALERCONFIG2>\n"];
  let length = 0;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const fields = (indent: string, count: number): string =>
    Array.from(
      { length: count },
      (_, n) => `${indent}<property${n}>${n % 3 === 0 ? "" : n * 7}</property${n}>\n`,
    ).join("");
  const campaignFields = fields("\t\t", 125);
  const itemFields = fields("\t\t\t\t\t", 60);
  for (let n = 0; length < size; n++) {
    const name = `Campaign ${n}`;
    add(
      `<DIALEROBJECT id="${id(1, n)}" type="1" name="${name}" rev="3">\n\t<PROPERTIES>\n${campaignFields}` +
        `\t\t<calllist display_name="List ${n}">${id(19, n)}</calllist>\n` +
        `\t\t<policysetids display_name="|Policies ${n}|">|${id(8, n)}|</policysetids>\n` +
        `\t\t<contactcolumns>|${id(14, n)}|${id(14, n + 1)}|</contactcolumns>\n` +
        `\t\t<campaignmaxlines>${n % 50 === 0 ? 2500 : 40}</campaignmaxlines>\n\t</PROPERTIES>\n</DIALEROBJECT>`,
    );
    add(
      `<DIALEROBJECT id="${id(8, n)}" name="Policies ${n}" type="8" rev="1">\n\t<RULEITEM>\n\t\t<ID>${id(88, n)}</ID>\n\t\t<CONDITIONS>\n` +
        `\t\t\t<ITEM>\n\t\t\t\t<ID>${id(89, n)}</ID>\n\t\t\t\t<PROPERTIES>\n${itemFields}\t\t\t\t</PROPERTIES>\n\t\t\t</ITEM>\n` +
        `\t\t</CONDITIONS>\n\t</RULEITEM>\n</DIALEROBJECT>`,
    );
    add(
      `<DIALEROBJECT id="${id(19, n)}" type="19" name="List ${n}" rev="1">\n\t<PROPERTIES>\n\t\t<connectionid>${id(10, 0)}</connectionid>\n\t</PROPERTIES>\n</DIALEROBJECT>` +
        `<DIALEROBJECT id="${id(14, n)}" type="14" name="Column ${n}" rev="1">\n\t<PROPERTIES>\n\t\t<cccampaignid>${id(19, n)}</cccampaignid>\n\t</PROPERTIES>\n</DIALEROBJECT>`,
    );
  }
  parts.push("\n</DIALERCONFIG2>\n");
  return parts.join("");
}
