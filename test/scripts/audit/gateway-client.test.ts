/** A gateway that the audit asks may do anything with its answer, also never end it. */
import { expect } from "chai";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gatewayAt, GatewayFailure } from "../../../scripts/audit/gateway/client.ts";

const isBound = (address: string | AddressInfo | null): address is AddressInfo =>
  address !== null && typeof address !== "string";

describe("what the audit reads of a gateway", () => {
  it("ends at a length, however long the gateway goes on", async () => {
    const million = " ".repeat(1_000_000);
    const server = createServer((_request, response) => {
      const endless = Readable.from(
        (function* () {
          for (;;) yield million;
        })(),
      );
      response.on("close", () => endless.destroy());
      endless.pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    if (!isBound(bound)) throw new TypeError("expected a port");
    try {
      const outcome = await gatewayAt(`http://127.0.0.1:${bound.port}`)("/v1/summary").catch(
        (error: unknown) => error,
      );
      expect(outcome).to.be.instanceOf(GatewayFailure);
      expect(String(outcome)).to.match(/\/v1\/summary: the answer is longer than 33554432 bytes/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
