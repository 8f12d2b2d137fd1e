/** anvil, an EVM node that is not ours, as a process of its own on a free port of the loopback interface. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { postJson } from "./post-json.ts";
import { at } from "./service.ts";

const require = createRequire(import.meta.url);

/**
 * The node itself. The package's own command is a process around it, which could not hand on a SIGKILL and would start a
 * second Node for every node.
 */
const nodeBinary = (): string => {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const name = process.platform === "win32" ? "anvil.exe" : "anvil";
  const command = require.resolve("@foundry-rs/anvil/bin.mjs");
  return createRequire(command).resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/bin/${name}`);
};

export interface Anvil {
  readonly url: string;
  rpc(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** Makes so many blocks. */
  mine(blocks: number): Promise<void>;
  end(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** As a consortium runs its chain: gas costs nothing, and nobody has any money. */
export const freeGas = ["--gas-price", "0", "--block-base-fee-per-gas", "0"] as const;

const ready = /Listening on (127\.0\.0\.1:\d+)/;

/** `parameters` are anvil's own; without a time for blocks it makes one for every transaction. */
export const startAnvil = async (parameters: readonly string[] = freeGas): Promise<Anvil> => {
  const own = ["--port", "0", "--host", "127.0.0.1", "--hardfork", "prague", "--accounts", "1"];
  const child = spawn(nodeBinary(), [...own, ...parameters], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let output = "";
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      if (ready.test(output)) return;
      output += chunk.toString("utf8");
      const found = ready.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    void ended.then(() => reject(new Error(`anvil ended: ${output}`)));
  });
  const url = `http://${address}`;
  const rpc = async (method: string, ...params: readonly unknown[]): Promise<unknown> => {
    // A connection for each: one that is kept may be closed by the node at the moment of the next request.
    const answer: unknown = JSON.parse(
      await postJson(url, JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }), false),
    );
    const failure = at(answer, "error", "message");
    if (failure !== undefined) throw new Error(`${method}: ${JSON.stringify(failure)}`);
    return at(answer, "result");
  };
  return {
    url,
    rpc,
    mine: async (blocks) => {
      if (blocks > 0) await rpc("anvil_mine", `0x${blocks.toString(16)}`);
    },
    end: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
};
