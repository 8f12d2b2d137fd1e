/** The head that the gateway notes on the chain by itself: once a day, and only where something is new. */
import { expect } from "chai";
import { actors } from "../../../server/desk/actors.ts";
import { openFund } from "../api/books.ts";
import { at, listAt, newYear2019, openService, type Service } from "../service.ts";

const day = 86_400;

describe("the daily head note", function () {
  this.timeout(60_000);
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service.close());

  const notes = async (): Promise<readonly unknown[]> =>
    listAt((await service.get("/v1/heads")).body, "data");
  /** Looks, and waits for what that led to. */
  const look = async (): Promise<string | undefined> => {
    const { desk, notes: daily } = service.gateway;
    const operation = await daily.look();
    if (operation !== undefined) await desk.settled(operation);
    return operation;
  };

  it("is noted in the recorder's name, of the newest block, and stands where anybody reads it", async () => {
    const head = await service.gateway.chain.head();
    expect(await look()).to.be.a("string");
    const [note, ...more] = await notes();
    expect(more).to.deep.equal([]);
    expect(note).to.deep.include({
      block: head.number,
      hash: head.hash,
      actor: actors.indexOf("recorder") + 1,
    });
  });

  it("is not noted twice on one day: not again, not by two at once, not after a restart", async () => {
    await openFund(service, "later that day");
    await Promise.all([look(), look()]);
    await service.restart();
    await Promise.all([look(), look()]);
    expect(await notes()).to.have.length(1);
  });

  it("is noted once on the next day, by whichever of two looks first, where something is new", async () => {
    service.clock.advanceTo(newYear2019 + day);
    const [one, other] = await Promise.all([look(), look()]);
    expect(new Set([one, other]).size).to.equal(1);
    expect(await notes()).to.have.length(2);
  });

  it("is not noted on a day on which nothing was recorded", async () => {
    service.clock.advanceTo(newYear2019 + 2 * day);
    const head = await service.gateway.chain.head();
    expect(await look()).to.equal(undefined);
    service.clock.advanceTo(newYear2019 + 3 * day - 1);
    expect(await look()).to.equal(undefined);
    expect(await service.gateway.chain.head()).to.deep.equal(head);
  });

  it("begins its day at midnight in Shanghai", async () => {
    await openFund(service, "before midnight");
    expect(await look()).to.be.a("string");
    await openFund(service, "behind it");
    service.clock.advanceTo(newYear2019 + 3 * day - 1);
    await look();
    expect(await notes()).to.have.length(3);
    service.clock.advanceTo(newYear2019 + 3 * day);
    await look();
    expect(await notes()).to.have.length(4);
    const times = (await notes()).map((note) => String(at(note, "at", "time")).slice(0, 10));
    expect(times).to.deep.equal(["2019-01-04", "2019-01-03", "2019-01-02", "2019-01-01"]);
  });

  it("stands on what is attested after it", async () => {
    const statement = { title: { zh: "示例", en: "Example" }, text: { zh: "示例正文", en: "Example text" } };
    await service.post("/v1/attestations", { statement });
    const { body } = await service.get("/v1/attestations");
    const [newest] = await notes();
    expect(at(body, "data", 0, "notedHead")).to.deep.equal({
      block: at(newest, "block"),
      hash: at(newest, "hash"),
    });
  });
});
