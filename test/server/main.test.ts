/** The gateway's process: what it does with its environment. */
import { expect } from "chai";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setImmediate } from "node:timers/promises";
import { startGateway } from "./api/process.ts";
import { nameOf } from "./api/books.ts";
import { temporaryFolder } from "./gateway.ts";

describe("the gateway's process", function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it("names the address of PUBLIC_URL on its pages", async () => {
    const gateway = await startGateway(folder.path, { PUBLIC_URL: "https://books.example" });
    try {
      const page = await (await fetch(`${gateway.url}/zh/`)).text();
      expect(page).to.contain('href="https://books.example/en/"');
      expect(page).to.not.contain(gateway.url);
    } finally {
      await gateway.end("SIGTERM");
    }
  });

  const refusal = async (environment: Readonly<Record<string, string>>): Promise<string> =>
    startGateway(folder.path, environment).then(
      async (gateway) => {
        await gateway.end("SIGKILL");
        return "it started";
      },
      (error: unknown) => String(error),
    );

  it("ends with 75 where no node answers at RPC_URL, and does not repeat it", async () => {
    const said = await refusal({ RPC_URL: "http://user:invented-secret@127.0.0.1:1/invented-key" });
    expect(said).to.contain("ended with 75").and.to.contain("chain node").and.to.contain("nobody answers");
    expect(said).to.not.contain("invented-");
  });

  it("ends with 75 where another program has its port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      expect(await refusal({ PORT: String(port) }))
        .to.contain("ended with 75")
        .and.to.contain("EADDRINUSE");
    } finally {
      other.close();
    }
  });

  it("ends with 78 and names every fault of its environment at once", async () => {
    const said = await refusal({ PORT: "1e3", LOG_LEVEL: "loud", QUEUE_LIMIT: "-1" });
    for (const part of ["ended with 78", "PORT", "LOG_LEVEL", "QUEUE_LIMIT"]) expect(said).to.contain(part);
  });

  it("finishes a request that is under way when it is asked to end, and what it wrote is there at the next start", async () => {
    const gateway = await startGateway(folder.path);
    const token = /shown this once: (\S+)/.exec(gateway.output())?.[1] ?? "";
    const body = JSON.stringify({ name: nameOf("last"), currency: "CNY", claimsShareBps: 9000 });
    const head = [
      "POST /v1/funds HTTP/1.1",
      "host: localhost",
      "connection: close",
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      `authorization: Bearer ${token}`,
      "idempotency-key: last",
      "prefer: wait=30",
    ];
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    const answered = once(socket, "close");
    socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, 10)}`);
    while (!gateway.output().includes('"path":"/v1/funds"')) await setImmediate();
    const end = gateway.end("SIGTERM");
    while (!gateway.output().includes('"msg":"stopping"')) await setImmediate();
    socket.write(body.slice(10));
    await answered;
    expect(answer).to.match(/^HTTP\/1\.1 201 /);
    expect(await end).to.deep.equal({ code: 0, signal: null });

    const again = await startGateway(folder.path);
    const funds = await (await fetch(`${again.url}/v1/funds`)).text();
    await again.end("SIGTERM");
    expect(funds).to.contain(nameOf("last").en);
  });
});
