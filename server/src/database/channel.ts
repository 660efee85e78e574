import type { FromRunner, RunEvent } from "./messages";
import type { EventSink } from "./run/output";

/** Events wait so long for others to travel with. */
const patience = 15;
/** So many travel together at most. */
const together = 200;
/** With more messages than this on their way, the run waits. */
const mostUnderway = 8;

/** Sends a message to the process that has started this one; calls back when it is on its way. */
export type Send = (message: FromRunner, sent: () => void) => void;

/** Brings events to the parent, many at a time, and tells when the parent is behind. */
export class Channel implements EventSink {
  busy: Promise<void> | undefined;
  private waiting: RunEvent[] = [];
  private timer: NodeJS.Timeout | undefined;
  private underway = 0;
  private release: (() => void) | undefined;
  private idle: (() => void)[] = [];

  constructor(private readonly send: Send) {}

  post(event: RunEvent): void {
    this.waiting.push(event);
    if (this.waiting.length >= together) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), patience);
  }

  /** Sends anything but events, after the events so far. */
  say(message: FromRunner): void {
    this.flush();
    this.transmit(message);
  }

  /** Resolves when everything has been sent. */
  async sent(): Promise<void> {
    this.flush();
    if (this.underway > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    const events = this.waiting;
    this.waiting = [];
    this.transmit({ type: "events", events });
  }

  private transmit(message: FromRunner): void {
    this.underway++;
    if (this.underway > mostUnderway && !this.busy) {
      this.busy = new Promise((resolve) => {
        this.release = resolve;
      });
    }
    this.send(message, () => this.arrived());
  }

  private arrived(): void {
    this.underway--;
    if (this.underway <= mostUnderway / 2 && this.busy) {
      this.busy = undefined;
      this.release?.();
    }
    if (this.underway > 0) return;
    for (const resolve of this.idle) resolve();
    this.idle = [];
  }
}
