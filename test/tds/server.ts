import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { batchText, encryption, type Login, preloginEncryption, preloginReply, readLogin } from "./login";
import { type Message, MessageReader, MessageWriter, packet, packetType } from "./packets";
import { type Certificate, secured } from "./tls";
import { type ConnectionState, type Step, tinySql } from "./tinySql";
import { databaseChange, done, doneStatus, loginAck, said } from "./tokens";

/** How a server behaves; everything is well-behaved unless said otherwise. */
export interface Behaviour {
  readonly user?: string;
  readonly password?: string;
  readonly databases?: readonly string[];
  /** The certificate shown; `none`: the server does not encrypt. `required`: it does not do without. */
  readonly certificate?: Certificate | "none";
  readonly encryptionRequired?: boolean;
  /** Where to stop answering for good. */
  readonly silentAt?: "accept" | "prelogin" | "login" | "half login";
  /** Attentions are read and nothing is done. */
  readonly ignoresAttention?: boolean;
  readonly packetSize?: number;
  /** Called when a batch has arrived, before any of it is done. */
  readonly onBatch?: (text: string) => void | Promise<void>;
  /** Called when a batch is done, before the end of its reply is sent. */
  readonly onDone?: (text: string) => void | Promise<void>;
  /** Steps for batches that tinySql does not know; undefined: tinySql's. */
  readonly reply?: (text: string, state: ConnectionState) => Iterable<Step> | undefined;
}

/** A batch that was run. */
export interface Execution {
  readonly text: string;
  readonly database: string;
  /** Number of the connection, counted from 1. */
  readonly connection: number;
  /** It came to its end; false while it runs, and when it was stopped or the connection was lost. */
  finished: boolean;
  attention: boolean;
}

/** A server on this computer that speaks TDS 7.4, with TLS, and runs a tiny T-SQL. */
export class TdsServer implements AsyncDisposable {
  readonly executions: Execution[] = [];
  readonly logins: Login[] = [];
  /** The session settings that clients have sent right after their login. */
  readonly settings: string[] = [];
  port = 0;
  attentions = 0;
  fault: unknown;
  /** Bytes of replies so far. */
  bytesSent = 0;
  /** Where what is sent is cut in two, as a number of bytes like `bytesSent`. */
  cutAt = Infinity;
  /** Connections that clients have opened so far. */
  accepted = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly behaviour: Behaviour,
  ) {}

  static async start(behaviour: Behaviour = {}): Promise<TdsServer> {
    const server = createServer();
    const tds = new TdsServer(server, behaviour);
    server.on("connection", (socket) => tds.accept(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    tds.port = (server.address() as AddressInfo).port;
    return tds;
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  /** Texts of all batches in the order in which they came. */
  get texts(): string[] {
    return this.executions.map(({ text }) => text);
  }

  /** From here on, so many bytes go out first, and the rest a little later. */
  splitNextAt(bytes: number): void {
    this.cutAt = this.bytesSent + bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    if (this.fault !== undefined) throw this.fault as Error;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("close", () => this.sockets.delete(socket));
    if (this.behaviour.silentAt === "accept") return;
    new ServerConnection(this, socket, ++this.accepted).start();
  }
}

/** One client. */
class ServerConnection {
  private readonly reader = new MessageReader();
  private readonly state: ConnectionState = { database: "master", inTransaction: false };
  private stream: Duplex;
  private ready = false;
  private running: Execution | undefined;
  private stop: AbortController | undefined;
  private working: Promise<void> = Promise.resolve();
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly server: TdsServer,
    private readonly socket: Socket,
    private readonly number: number,
  ) {
    this.stream = socket;
  }

  start(): void {
    this.socket.on("data", this.read);
  }

  private readonly read = (bytes: Buffer): void => {
    for (const message of this.reader.push(bytes)) {
      if (message.type === packetType.attention) this.attention();
      else
        this.working = this.working
          .then(() => this.message(message))
          .catch((error: unknown) => this.broken(error));
    }
  };

  /** A fault of the server itself, which its owner hears of at the end. */
  private broken(error: unknown): void {
    this.server.fault ??= error;
    this.socket.destroy();
  }

  private async message({ type, data, ignored }: Message): Promise<void> {
    if (type === packetType.prelogin) this.prelogin(data);
    else if (type === packetType.login) this.login(data);
    else if (type === packetType.batch && ignored) this.answer(done(0));
    else if (type === packetType.batch) await this.batch(batchText(data));
  }

  private prelogin(data: Buffer): void {
    const { certificate = "localhost", encryptionRequired, silentAt } = this.server.behaviour;
    if (silentAt === "prelogin") return;
    const wanted = preloginEncryption(data) === encryption.on;
    const answer =
      certificate === "none"
        ? encryption.notSupported
        : encryptionRequired
          ? encryption.required
          : wanted
            ? encryption.on
            : encryption.notSupported;
    this.write(packet(packetType.reply, preloginReply(answer), true, 1));
    if (certificate === "none" || !wanted) return;
    this.socket.off("data", this.read);
    const tls = secured(this.socket, certificate, Buffer.alloc(0));
    tls.on("data", this.read);
    this.stream = tls;
  }

  private login(data: Buffer): void {
    const login = readLogin(data);
    this.server.logins.push(login);
    const {
      user = "sa",
      password = "correct horse",
      databases = ["master", "I3_IC", "I3_Dialer"],
      silentAt,
    } = this.server.behaviour;
    if (silentAt === "login") return;
    const refuse = (number: number, state: number, text: string): void => {
      this.answer(
        Buffer.concat([said({ number, severity: 14, state, text, line: 1 }), done(doneStatus.error)]),
      );
      void this.sending.then(() => this.stream.end());
    };
    if (login.user !== user || login.password !== password) {
      return refuse(18456, 1, `Login failed for user '${login.user}'.`);
    }
    const database = login.database === "" ? "master" : login.database;
    if (!databases.some((name) => name.toLowerCase() === database.toLowerCase())) {
      return refuse(4060, 1, `Cannot open database "${database}" requested by the login. The login failed.`);
    }
    this.state.database = database;
    const context = said({
      number: 5701,
      severity: 0,
      state: 2,
      text: `Changed database context to '${database}'.`,
      line: 1,
    });
    const reply = Buffer.concat([databaseChange(database, "master"), context, loginAck(), done(0)]);
    if (silentAt === "half login") {
      this.write(packet(packetType.reply, reply, true, 1).subarray(0, 40));
      return;
    }
    this.answer(reply);
  }

  private async batch(text: string): Promise<void> {
    if (!this.ready) {
      this.ready = true;
      this.server.settings.push(text);
      this.answer(done(0));
      return;
    }
    const execution: Execution = {
      text,
      database: this.state.database,
      connection: this.number,
      finished: false,
      attention: false,
    };
    this.server.executions.push(execution);
    const { behaviour } = this.server;
    await behaviour.onBatch?.(text);
    this.running = execution;
    this.stop = new AbortController();
    const writer = new MessageWriter(packetType.reply, behaviour.packetSize ?? 4096, (bytes) =>
      this.write(bytes),
    );
    const ended = await this.steps(
      behaviour.reply?.(text, this.state) ?? tinySql(text, this.state),
      writer,
      this.stop.signal,
    );
    this.running = undefined;
    if (ended === "gone") return;
    if (ended === "stopped") {
      writer.write(done(doneStatus.error));
      writer.end();
      this.answer(done(doneStatus.attention));
      return;
    }
    execution.finished = true;
    await behaviour.onDone?.(text);
    writer.end();
    await this.sending;
  }

  private async steps(
    steps: Iterable<Step>,
    writer: MessageWriter,
    stop: AbortSignal,
  ): Promise<"done" | "stopped" | "gone"> {
    let sends = 0;
    for (const step of steps) {
      if (stop.aborted) return "stopped";
      switch (step.do) {
        case "send":
          writer.write(step.bytes);
          // Long replies leave room for attentions, and for the client to read.
          if (++sends % 50 === 0) {
            await this.drained();
            if (this.socket.destroyed) return "gone";
          }
          break;
        case "flush":
          writer.flush();
          break;
        case "wait":
          writer.flush();
          await sleep(step.milliseconds, undefined, { signal: stop }).catch(() => undefined);
          break;
        case "drop":
          await this.sending;
          this.socket.destroy();
          return "gone";
        case "hang":
          writer.flush();
          await new Promise<void>((resolve) =>
            stop.addEventListener("abort", () => resolve(), { once: true }),
          );
      }
    }
    return stop.aborted ? "stopped" : "done";
  }

  private async drained(): Promise<void> {
    await this.sending;
    if (this.stream.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          this.stream.off("drain", goOn).off("close", goOn);
          resolve();
        };
        this.stream.once("drain", goOn).once("close", goOn);
      });
    } else await new Promise((resolve) => setImmediate(resolve));
  }

  private attention(): void {
    this.server.attentions++;
    if (this.server.behaviour.ignoresAttention) return;
    if (this.running) {
      this.running.attention = true;
      this.stop?.abort();
    } else this.answer(done(doneStatus.attention));
  }

  private answer(tokens: Buffer): void {
    this.write(packet(packetType.reply, tokens, true, 1));
  }

  private write(bytes: Buffer): void {
    const { server, stream } = this;
    const put = (part: Buffer): void => {
      if (!this.socket.destroyed && part.length > 0) stream.write(part);
    };
    const from = server.cutAt - server.bytesSent;
    server.bytesSent += bytes.length;
    this.sending = this.sending.then(async () => {
      if (from <= 0 || from >= bytes.length) return put(bytes);
      put(bytes.subarray(0, from));
      // Long enough for the first part to travel alone.
      await sleep(2);
      put(bytes.subarray(from));
    });
  }
}
