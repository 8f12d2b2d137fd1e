import { expect } from "chai";
import { InFlight } from "../../../scripts/import/in-flight.ts";

/** Work that ends when it is told to. */
class Held {
  readonly promise: Promise<void>;
  end: () => void = () => {};
  fail: (error: Error) => void = () => {};
  constructor() {
    this.promise = new Promise((resolve, reject) => {
      [this.end, this.fail] = [resolve, reject];
    });
  }
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe("requests in flight", () => {
  it("are as many as allowed; the next begins when one has ended", async () => {
    const flight = new InFlight(2);
    const held = [new Held(), new Held(), new Held()];
    const begun: number[] = [];
    const beginning = (async () => {
      for (const [index, { promise }] of held.entries()) {
        await flight.begin(() => {
          begun.push(index);
          return promise;
        });
      }
    })();
    await turns();
    expect(begun).to.deep.equal([0, 1]);
    held[1]?.end();
    await beginning;
    expect(begun).to.deep.equal([0, 1, 2]);
    held[0]?.end();
    held[2]?.end();
    await flight.end();
  });

  it("tell of a failure at the next beginning, which does not take place", async () => {
    const flight = new InFlight(2);
    const failing = new Held();
    await flight.begin(() => failing.promise);
    failing.fail(new RangeError("the first"));
    await turns();
    let begun = false;
    const next = flight.begin(async () => {
      begun = true;
    });
    expect(await next.catch((error: unknown) => String(error))).to.equal("RangeError: the first");
    expect(begun).to.equal(false);
  });

  it("are waited for at the end, also those behind a failure, of which the first is told", async () => {
    const flight = new InFlight(3);
    const [one, other] = [new Held(), new Held()];
    await flight.begin(() => one.promise);
    await flight.begin(() => other.promise);
    let ended = false;
    const end = flight.end().finally(() => {
      ended = true;
    });
    one.fail(new RangeError("the first"));
    await turns();
    expect(ended).to.equal(false);
    other.fail(new RangeError("the second"));
    expect(await end.catch((error: unknown) => String(error))).to.equal("RangeError: the first");
  });
});
