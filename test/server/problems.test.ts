import { expect } from "chai";
import { NodeUnreachable } from "../../server/chain/node-failures.ts";
import { IndexerStopped } from "../../server/index/errors.ts";
import { problemOf } from "../../server/problems.ts";

describe("the catalogue of problems", () => {
  it("says of a node that does not answer when to ask again, and not that nothing was recorded", () => {
    const { body, retryAfterSeconds } = problemOf(
      new NodeUnreachable("timeout", "eth_call", "no answer in time"),
    );
    expect([body.status, retryAfterSeconds]).to.deep.equal([503, 5]);
    expect(body.detail).to.contain("node does not answer").and.not.to.contain("recorded");
  });

  it("says of a gateway that is stopping that it is, whichever of its parts stopped first", () => {
    expect(problemOf(new IndexerStopped()).body.status).to.equal(503);
  });
});
