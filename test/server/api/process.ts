/** A real gateway process in a folder, on a free port of the loopback interface. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../../server/main.ts");

export interface GatewayProcess {
  readonly url: string;
  /** What it printed, its log among it. */
  output(): string;
  /** Ends it and answers how it ended. */
  end(
    signal: "SIGKILL" | "SIGTERM",
  ): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const ended = (child: ChildProcess) =>
  new Promise<{ readonly code: number | null; readonly signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });

/** Asks until writes are taken. */
const untilReady = async (url: string): Promise<void> => {
  while ((await fetch(`${url}/readyz`)).status !== 200);
};

/** Resolves when it takes writes; rejects with what it printed where it ends before. */
export const startGateway = async (
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> => {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env["PATH"],
      DATA_DIR: folder,
      HOST: "127.0.0.1",
      PORT: "0",
      KEYSTORE_PASSWORD: "invented password",
      REQUESTS_PER_MINUTE: "1000000",
      RPC_REQUESTS_PER_MINUTE: "1000000",
      // What a busy machine holds up is no fault of the gateway's.
      LAG_LIMIT_MS: "60000",
      LOG_LEVEL: "trace",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = ended(child);
  let output = "";
  const url = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const port = /^http:\/\/localhost:(\d+)$/m.exec(output)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void end.then(({ code }) => reject(new Error(`the gateway ended with ${code}: ${output}`)));
  });
  await url.then(untilReady);
  return {
    url: await url,
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return end;
    },
  };
};
