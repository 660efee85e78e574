/** A small handler export: a subroutine start and a Notify Debugger of that label. */
export function exportXml(name: string, label = "Done", target = "1"): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- exported -->
<Handler name="${name}" description="" version="2.0" category="Test">
  <Steps>
    <Step id="0" type="Initiator" isInitiator="True" creatorModule="" creatorName="Subroutine" creatorVersion="" label="Start" notes="" left="30" top="30" right="118" bottom="119" isParameterCollectionAvailable="False">
      <ExitPaths>
        <ExitPath label="Start" returnValue="0" targetStepID="${target}" />
      </ExitPaths>
    </Step>
    <Step id="1" type="Tool" creatorModule="" creatorName="Notify Debugger" creatorVersion="" label="${label}" notes="" left="230" top="30" right="330" bottom="119" isParameterCollectionAvailable="False">
      <ExitPaths>
        <ExitPath label="Next" returnValue="0" />
      </ExitPaths>
    </Step>
  </Steps>
  <Variables>
    <Variable name="Digits" initialValue="" boundGlobalVarID="" typeModule="" typeName="String" typeLabel="String" />
  </Variables>
</Handler>
`;
}
