/** The gateway's process: what it does with its environment. */
import { expect } from "chai";
import { startGateway } from "./api/process.ts";
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

  it("refuses RPC_URL, for it writes to its embedded chain only, and does not repeat it", async () => {
    const said = await refusal({ RPC_URL: "http://user:invented-secret@127.0.0.1:1" });
    expect(said).to.contain("RPC_URL").and.to.contain("embedded chain only");
    expect(said).to.not.contain("invented-secret");
  });

  it("names every fault of its environment at once", async () => {
    const said = await refusal({ PORT: "1e3", LOG_LEVEL: "loud", QUEUE_LIMIT: "-1" });
    for (const variable of ["PORT", "LOG_LEVEL", "QUEUE_LIMIT"]) expect(said).to.contain(variable);
  });
});
