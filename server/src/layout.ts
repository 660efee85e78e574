import { parentPort, workerData } from "node:worker_threads";
import { picture } from "./analysis/dependencies/picture/picture";
import type { LayoutWork } from "./workspace/layOut";

/** The thread that lays pictures of calls out; the server starts one for each. */
const { graph, options } = workerData as LayoutWork;
parentPort?.postMessage(picture(graph, options));
