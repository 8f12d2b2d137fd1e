import { expect } from "chai";
import { Check } from "../../../protocol/audit/check.ts";
import { checkNumbers } from "../../../protocol/audit/numbering.ts";
import { actorId, address, bytes32 } from "../../../protocol/ids.ts";
import type { RecordedEvent } from "../../../protocol/ledger/events.ts";

const registered = (ids: readonly number[]): readonly RecordedEvent[] =>
  ids.map((id, index) => ({
    event: { type: "ActorRegistered", actor: actorId(id), account: address(`0x${"aa".repeat(20)}`) },
    place: {
      blockNumber: index,
      blockTime: 0,
      transactionHash: bytes32(`0x${"00".repeat(32)}`),
      logIndex: 0,
    },
  }));

const said = (ids: readonly number[]) => {
  const check = new Check("records.numbers");
  const counts = checkNumbers(check, registered(ids));
  return { actors: counts.actor, sentences: check.result().findings.map(({ sentence }) => sentence) };
};

describe("the numbers of records", () => {
  it("hold where they count from 1", () =>
    expect(said([1, 2, 3])).to.deep.equal({ actors: 3, sentences: [] }));
  it("name one that is missing", () =>
    expect(said([1, 3]).sentences).to.deep.equal([
      "actor 2: missing, the logs go on with actor 3 (block 1, log 0)",
    ]));
  it("name a whole stretch that is missing", () =>
    expect(said([4]).sentences).to.deep.equal([
      "actor 1 to 3: missing, the logs go on with actor 4 (block 0, log 0)",
    ]));
  it("name one that comes again, and count it once", () =>
    expect(said([1, 2, 1])).to.deep.equal({
      actors: 2,
      sentences: ["actor 1: told twice (block 2, log 0)"],
    }));
  it("name one that comes late", () =>
    expect(said([1, 3, 2]).sentences).to.deep.equal([
      "actor 2: missing, the logs go on with actor 3 (block 1, log 0)",
      "actor 2: told after actor 3 (block 2, log 0)",
    ]));
});
