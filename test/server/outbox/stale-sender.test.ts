/** A gateway that believes in a lease which another one has taken: the database lets it sign nothing. */
import { expect } from "chai";
import { startAnvil, type Anvil } from "../anvil.ts";
import { nameOf } from "../api/books.ts";
import { askPostgres, startPostgres, type PostgresServer } from "../database/postgres.ts";
import { eventually } from "../publishing.ts";
import { at, openService, type Service } from "../service.ts";

describe("a gateway that was away while another one took over", function () {
  this.timeout(90_000);
  let database: PostgresServer;
  let chain: Anvil;
  let service: Service;
  before(async () => {
    database = await startPostgres();
    chain = await startAnvil();
    const url = await database.newDatabase();
    service = await openService(undefined, {
      DATABASE_URL: url.reveal(),
      RPC_URL: chain.url,
      FINALITY_BLOCKS: "0",
      POLL_INTERVAL_MS: "20",
      // So long it does not look again by itself.
      LEASE_SECONDS: "3600",
    });
  });
  after(async () => {
    await service?.close();
    await chain?.end();
    await database?.stop();
  });

  it("accepts, but signs and sends nothing, and leaves what was accepted to the other", async () => {
    const { sender } = service.gateway;
    const url = service.database;
    if (url === undefined) throw new Error("no database");
    await sender.whenIdle();
    expect((await sender.status()).sends).to.equal(true);
    const signed = () =>
      askPostgres(url, "SELECT sequence FROM attempt ORDER BY sequence", "everyfen_outbox");
    const before = await signed();
    await askPostgres(url, "UPDATE lease SET holder = 'another', token = token + 1", "everyfen_outbox");

    const opening = { name: nameOf("stale"), currency: "CNY", claimsShareBps: 9000 };
    const answer = await service.post("/v1/funds", opening, { prefer: "" });
    expect(answer.status).to.equal(202);
    const operation = String(at(answer.body, "operations", 0, "operation"));
    const state = async () => (await sender.history(operation)).operation.state;
    await eventually(async () => (await sender.status()).sends === false || (await state()) !== "queued");
    expect(await state()).to.equal("queued");
    expect(await signed()).to.deep.equal(before);

    // The other one is gone again.
    await askPostgres(url, "UPDATE lease SET expires_at_ms = 0", "everyfen_outbox");
    expect((await sender.waitFor(operation)).state).to.equal("mined");
  });
});
