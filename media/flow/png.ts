import type { FlowSvgRequest } from "../../server/src/protocol";
import { say } from "./text";

/** What browsers draw on one canvas: a side, and all of it. */
const MOST_SIDE = 16_000;
const MOST_AREA = 120_000_000;

/** The picture at twice its size, or as large as a canvas can be. Throws when the browser cannot draw it. */
export async function renderPng({ svg, width, height }: FlowSvgRequest.Result): Promise<Uint8Array> {
  const scale = Math.min(2, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_AREA / (width * height)));
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d");
    if (!context) throw new Error(say("cannotDraw"));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error(say("cannotDraw"));
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
