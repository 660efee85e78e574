import type { IconKind } from "./icon";

/**
 * One path a kind, on a grid of 16 x 16, drawn as a line of 1.3. Our own drawings: small enough to read at
 * a glance, plain enough to survive a forced palette.
 */
export const ICON_SHAPES: Readonly<Record<IconKind, string>> = {
  initiator: "M9.2 1.8 3.6 9h4l-.8 5.2L12.4 7h-4z",
  start: "M4.5 2.8v10.4L13 8z",
  subroutine: "M2 3h12v10H2zM5 3v10M11 3v10",
  assignment: "M2.5 6h7M2.5 10h7M13.5 8H9.8M11.6 5.8 13.8 8l-2.2 2.2",
  condition: "M8 1.8 14.2 8 8 14.2 1.8 8zM6.6 6.6c0-1.8 2.9-1.8 2.9 0 0 1.1-1.5 1.2-1.5 2.4M8 11v.2",
  selection:
    "M2 8h3M5 8l4-5h5M5 8h9M5 8l4 5h5M12.4 1.6 14 3l-1.6 1.4M12.4 6.6 14 8l-1.6 1.4M12.4 11.6 14 13l-1.6 1.4",
  debug:
    "M5 6.5h6v4a3 3 0 0 1-6 0zM6 6.5a2 2 0 0 1 4 0M2.2 9H5M11 9h2.8M2.8 5.2 5 6.8M13.2 5.2 11 6.8M2.8 13l2.4-1.6M13.2 13l-2.4-1.6",
  telephony: "M4.3 2.2 6.4 5.4 5 7c.8 1.7 2.3 3.2 4 4l1.6-1.4 3.2 2.1-.5 2C8 14.9 1.1 8 2.3 2.7z",
  prompt: "M2 6v4h2.6L8.4 13V3L4.6 6zM10.6 5.6a3.4 3.4 0 0 1 0 4.8M12.4 3.6a6.2 6.2 0 0 1 0 8.8",
  record: "M6 3.6a2 2 0 0 1 4 0v4a2 2 0 0 1-4 0zM3.6 7.4a4.4 4.4 0 0 0 8.8 0M8 11.8v2.4M5.6 14.2h4.8",
  speech: "M2 3h12v8H8l-3.4 2.8V11H2zM5 7h.1M8 5.4v3.2M11 6.4v1.2",
  queue: "M4 5.6a1.7 1.7 0 1 0 0-.1M1.8 12.6c0-4 7.6-4 7.6 0zM9.4 4.4h5M10.6 7.4h3.8M11.8 10.4h2.6",
  attribute: "M2 2.6h5.6l6.2 6.2-5 5L2.6 7.6zM5 5.4v.1",
  counter: "M2 4h12v8H2zM6 4v8M10 4v8M3.6 8h.8M7.6 8h.8M11.6 8h.8",
  list: "M2.4 4h.2M2.4 8h.2M2.4 12h.2M5.4 4h8.4M5.4 8h8.4M5.4 12h8.4",
  database:
    "M2.8 4c0-2.6 10.4-2.6 10.4 0v8c0 2.6-10.4 2.6-10.4 0zM2.8 4c0 2.6 10.4 2.6 10.4 0M2.8 8c0 2.6 10.4 2.6 10.4 0",
  buffer: "M2 3.5h12v9H2zM4.4 6v4M6.8 6h2v4h-2zM11.4 6v4",
  markup: "M5.4 4 1.6 8l3.8 4M10.6 4l3.8 4-3.8 4M9.2 2.8 6.8 13.2",
  file: "M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9 1.8v3.4h3.4M5.8 8.4h4.4M5.8 11h4.4",
  network: "M5.8 1.8h4.4v3.6H5.8zM1.6 10.6H6v3.6H1.6zM10 10.6h4.4v3.6H10zM8 5.4V8M3.8 10.6V8h8.4v2.6",
  terminal: "M1.8 2.8h12.4v10.4H1.8zM4.4 6l2 2-2 2M8.2 10.4h3.2",
  mail: "M1.8 3.6h12.4v8.8H1.8zM1.8 4.2 8 9l6.2-4.8",
  fax: "M4.4 6V1.8h7.2V6M2 6h12v5.6h-2.4M4.4 11.6H2V6M4.4 9.4h7.2v4.8H4.4z",
  web: "M8 1.8a6.2 6.2 0 1 0 .1 0M1.8 8h12.4M8 1.8c-3.8 3.4-3.8 9 0 12.4M8 1.8c3.8 3.4 3.8 9 0 12.4",
  message: "M1.8 3h12.4v7.6H9.4L6 13.6v-3H1.8zM4.4 5.6h7.2M4.4 8h4.8",
  calendar: "M2 3.4h12v10.4H2zM2 6.6h12M5 1.8v3M11 1.8v3M5 9h.2M8 9h.2M11 9h.2M5 11.4h.2M8 11.4h.2",
  directory:
    "M3.4 1.8h9.8v12.4H3.4zM1.8 4.6h2.8M1.8 8h2.8M1.8 11.4h2.8M8.4 7.2a1.4 1.4 0 1 0-.1 0M6 11c0-2.6 4.8-2.6 4.8 0",
  process: "M1.8 2.4h4.6v4H1.8zM9.6 9.6h4.6v4H9.6zM6.4 4.4h5.5v5.2M10.3 8l1.6 1.6L13.5 8",
  person: "M8 7.4a2.6 2.6 0 1 0-.1 0M2.8 14c0-5.6 10.4-5.6 10.4 0",
  report: "M2 2v12h12M5 11.4V8.6M8 11.4V4.6M11 11.4V6.6",
  wait: "M4 1.8h8M4 14.2h8M4.8 1.8c0 4 6.4 8.4 6.4 12.4M11.2 1.8c0 4-6.4 8.4-6.4 12.4",
  system:
    "M8 5.6a2.4 2.4 0 1 0 .1 0M8 1.6v2.2M8 12.2v2.2M1.6 8h2.2M12.2 8h2.2M3.5 3.5 5 5M11 11l1.5 1.5M3.5 12.5 5 11M11 5l1.5-1.5",
  tool: "M5.6 1.8v3.4M10.4 1.8v3.4M3.4 5.2h9.2v2.4a4.6 4.6 0 0 1-9.2 0zM8 12.2v2",
};
