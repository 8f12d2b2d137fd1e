/** A real gateway in a process of its own, so that it can be killed. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../..");

export class GatewayDidNotStart extends Error {
  constructor(code: number | null, output: string) {
    super(`the gateway ended with ${code} before it listened:\n${output}`);
    this.name = "GatewayDidNotStart";
  }
}

export interface RunningGateway {
  readonly url: string;
  /** The admin API key; on the first start of a folder only. */
  readonly key: string | undefined;
  /** Of the process. */
  readonly process: number;
  /** Resolves once it takes writes; reads are answered before. */
  ready(): Promise<void>;
  /** Ends at once, as a power cut would. */
  kill(): Promise<void>;
  /** Ends as an operator would end it. */
  stop(): Promise<void>;
}

/** Asks until writes are taken. */
const untilReady = async (url: string): Promise<void> => {
  while ((await fetch(`${url}/readyz`)).status !== 200);
};

/** Starts on `port`, or on any free one, with what `server/main.ts` takes as parameters; answers once it listens. */
export const startGateway = async (
  dataDir: string,
  port = "0",
  ...parameters: readonly string[]
): Promise<RunningGateway> => {
  const child = spawn(process.execPath, [join(root, "server/main.ts"), ...parameters], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: port,
      LOG_LEVEL: "warn",
      REQUESTS_PER_MINUTE: "100000",
      RPC_REQUESTS_PER_MINUTE: "100000",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { url, key } = await listening(child);
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill(signal);
    });
  return {
    url,
    key,
    process: child.pid ?? 0,
    ready: () => untilReady(url),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
};

const listening = (
  child: ChildProcess,
): Promise<{ readonly url: string; readonly key: string | undefined }> =>
  new Promise((resolve, reject) => {
    const lines: string[] = [];
    let key: string | undefined;
    child.once("exit", (code) => reject(new GatewayDidNotStart(code, lines.join("\n"))));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line.replace(/efk_\S+/, "(key)"));
      key = /(efk_\S+)/.exec(line)?.[1] ?? key;
      const port = /^http:\/\/localhost:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}`, key });
    });
  });
