/** `npm run replica` as a process of its own, beside a gateway that is another: the honest way, and a forked folder. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runReplica } from "../../../server/commands/replica.ts";
import { startGateway, type GatewayProcess } from "../api/process.ts";
import { nameOf } from "../api/books.ts";
import { checkEvidence, readEvidence, UnreadableEvidence } from "../../../server/replica/evidence.ts";
import { temporaryFolder } from "../gateway.ts";
import { at } from "../service.ts";

const script = join(import.meta.dirname, "../../../scripts/replica.ts");

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

interface Running {
  /** Resolves when it has printed that. */
  readonly said: (words: RegExp) => Promise<RegExpExecArray>;
  readonly stop: () => Promise<Ran>;
  readonly ended: Promise<Ran>;
}

const start = (...values: readonly string[]): Running => {
  const child = spawn(process.execPath, [script, ...values], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let heard = (): void => {};
  const read = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
    heard();
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const ended = new Promise<Ran>((resolve) => child.once("close", (code) => resolve({ code, output })));
  return {
    said: (words) =>
      new Promise((resolve, reject) => {
        heard = () => {
          const found = words.exec(output);
          if (found !== null) resolve(found);
        };
        heard();
        void ended.then(() => reject(new Error(`it ended, and did not say ${words.source}: ${output}`)));
      }),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    ended,
  };
};

const run = (...values: readonly string[]): Promise<Ran> => start(...values).ended;

describe("the call of a replica", () => {
  /** In this process. */
  const call = async (...values: readonly string[]): Promise<Ran> => {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    const code = await runReplica(values, {
      output: { print, printError: print },
      signal: new AbortController().signal,
      fetch: () => Promise.reject(new Error("nobody is there")),
    });
    return { code, output: lines.join("\n") };
  };

  it("ends with 64 and its usage where it is wrong", async () => {
    for (const wrong of [
      [],
      ["--from", "gopher://here"],
      ["--from", "http://operator.invalid", "--port", "x"],
      ["--from", "http://operator.invalid", "--every", "0"],
      ["--from", "http://operator.invalid", "--rpc", "localhost"],
      ["--from", "http://operator.invalid", "--head-key", "0x1"],
      ["--from", "http://operator.invalid", "--check-evidence", "file"],
      ["--check-evidence", ""],
      ["--unknown"],
    ]) {
      const { code, output } = await call(...wrong);
      expect(output, wrong.join(" ")).to.contain("npm run replica -- --from URL");
      expect(code).to.equal(64);
    }
  });

  it("ends with 75 where nobody answers", async () => {
    const folder = temporaryFolder();
    const { code, output } = await call("--from", "http://operator.invalid", "--data", folder.path, "--once");
    expect(output).to.contain("nobody is there");
    expect(code).to.equal(75);
    folder.remove();
  });
});

describe("npm run replica", function () {
  this.timeout(120_000);
  const operatorFolder = temporaryFolder();
  const earlier = temporaryFolder();
  const replicaFolder = temporaryFolder();
  let gateway: GatewayProcess;
  let key = "";
  let count = 0;
  const data = join(replicaFolder.path, "replica");

  const write = async (name: string): Promise<void> => {
    const body = { name: nameOf(name), currency: "CNY", claimsShareBps: 9000 };
    const headers = {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "idempotency-key": `replica-${(count += 1)}`,
      prefer: "wait=30",
    };
    const answer = await fetch(`${gateway.url}/v1/funds`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).to.equal(201);
  };
  const ask = async (url: string, method: string, params: readonly unknown[]): Promise<unknown> => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const body: unknown = await answer.json();
    return at(body, "result") ?? at(body, "error");
  };
  const evidenceFile = (): string => {
    const name = readdirSync(data).find((file) => file.startsWith("evidence"));
    return join(data, name ?? "no evidence");
  };

  before(async () => {
    gateway = await startGateway(operatorFolder.path);
    key = /shown this once: (\S+)/.exec(gateway.output())?.[1] ?? "";
    await write("first");
  });
  after(async () => {
    await gateway.end("SIGKILL");
    for (const folder of [operatorFolder, earlier, replicaFolder]) folder.remove();
  });

  it("makes the operator's chain again, and ends with 0 where all of it is as the operator says", async () => {
    const { code, output } = await run("--from", gateway.url, "--data", data, "--once");
    expect(output).to.match(/block [0-9]+, 0x[0-9a-f]{64}: everything up to it is as the operator says/);
    expect(code).to.equal(0);
    expect(statSync(join(data, "replica.key")).mode & 0o777).to.equal(0o600);
  });

  it("goes on from what it kept, follows, and serves the same books by read-only JSON-RPC", async () => {
    const replica = start("--from", gateway.url, "--data", data, "--port", "0", "--every", "1");
    const [, url = ""] = await replica.said(/read-only: (\S+)/);
    await replica.said(/everything up to it/);
    await write("second");
    const newest = Number(await ask(`${gateway.url}/rpc`, "eth_blockNumber", []));
    await replica.said(new RegExp(`block ${newest}, 0x[0-9a-f]+: everything`));
    const asked = ["latest", true];
    expect(await ask(url, "eth_getBlockByNumber", asked)).to.deep.equal(
      await ask(`${gateway.url}/rpc`, "eth_getBlockByNumber", asked),
    );
    expect(at(await ask(url, "eth_sendRawTransaction", ["0x00"]), "code")).to.equal(-32_601);
    const standing: unknown = await (await fetch(new URL("/", url))).json();
    expect(standing).to.include({ from: gateway.url, block: newest }).and.to.not.have.property("found");
    const { code, output } = await replica.stop();
    expect(output).to.contain("executed again");
    expect(code).to.equal(0);
  });

  it("tells the operator how far it came, once it is admitted, and everybody can read that", async () => {
    const before = await run("--from", gateway.url, "--data", data, "--once", "--agree");
    expect(before.output).to.contain("not stated").and.to.contain("is not admitted here");
    expect(before.code).to.equal(0);
    const [, replica = ""] = /this replica signs as (0x[0-9a-f]{40})/.exec(before.output) ?? [];
    const admitted = await fetch(`${gateway.url}/v1/replicas`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": "admit",
      },
      body: JSON.stringify({ replica }),
    });
    expect(admitted.status).to.equal(204);
    const { output } = await run("--from", gateway.url, "--data", data, "--once", "--agree");
    expect(output).to.match(/stated to the operator: block [0-9]+; it has that block too/);
    const shown: unknown = await (await fetch(`${gateway.url}/v1/replicas`)).json();
    expect(at(shown, "data", "agreeing")).to.equal(1);
    expect(at(shown, "data", "replicas", 0, "newest", "agrees")).to.equal(true);
    const page = await (await fetch(`${gateway.url}/en/`)).text();
    expect(page.replace(/\s+/g, " ")).to.match(/One operator; 1 replica agrees at block/);
  });

  it("makes again the head that the gateway notes by itself on the day of its start", async () => {
    const notes = async (): Promise<unknown> =>
      at(await (await fetch(`${gateway.url}/v1/heads`)).json(), "data", 0, "block");
    while ((await notes()) === undefined);
    expect(await notes()).to.be.a("number");
    expect(await run("--from", gateway.url, "--data", data, "--once")).to.include({ code: 0 });
  });

  it("proves by a file that anybody can check that a restored folder was written on", async () => {
    await gateway.end("SIGTERM");
    cpSync(operatorFolder.path, earlier.path, { recursive: true });
    gateway = await startGateway(operatorFolder.path);
    await write("seen by the replica");
    expect(await run("--from", gateway.url, "--data", data, "--once")).to.include({ code: 0 });
    await gateway.end("SIGTERM");
    gateway = await startGateway(earlier.path);
    await write("written in its place");
    await write("and one more");

    const { code, output } = await run("--from", gateway.url, "--data", data, "--once");
    expect(output).to.match(
      /FOUND \(rewritten\): the operator's chain was rewritten or forked from block [0-9]+ on/,
    );
    expect(code).to.equal(65);
    const checked = await run("--check-evidence", evidenceFile());
    expect(checked.output).to.match(/proves two histories: key 0x[0-9a-f]{40} signed block [0-9]+/);
    expect(checked.output).to.match(/proves two histories: account 0x[0-9a-f]{40} signed two transactions/);
    expect(checked.code).to.equal(0);
  });

  it("judges evidence by what is signed in it alone", async () => {
    const changed = join(replicaFolder.path, "changed.json");
    const evidence = readFileSync(evidenceFile(), "utf8");
    writeFileSync(changed, evidence.replace(/("block": )([0-9]+)/g, "$19"));
    const judged = await checkEvidence(changed);
    expect(judged.lines.join()).to.contain("proves nothing");
    expect(judged.stands).to.equal(false);
    for (const text of ["{}", "none", evidence.replace("everyfen-evidence", "other")]) {
      writeFileSync(changed, text);
      expect(() => readEvidence(changed), text.slice(0, 20)).to.throw(UnreadableEvidence);
    }
  });

  it("serves what it saw, and follows no further, where history was rewritten while it watched", async () => {
    const replica = start("--from", gateway.url, "--data", data, "--port", "0", "--every", "1");
    const [, url = ""] = await replica.said(/read-only: (\S+)/);
    await replica.said(/FOUND \(rewritten\)/);
    const standing: unknown = await (await fetch(new URL("/", url))).json();
    expect(String(at(standing, "found"))).to.contain("rewritten");
    expect(Number(await ask(url, "eth_blockNumber", []))).to.equal(at(standing, "block"));
    expect(await replica.stop()).to.include({ code: 65 });
  });
});
