/** The terms of the city plans that a page compares stand on no ledger, and can be checked all the same. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { jiangsuTable } from "../../../protocol/terms/jiangsu.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import { termsDigest } from "../../../protocol/terms/types.ts";
import { openService, type Service } from "../service.ts";

describe("the terms of a city plan", function () {
  this.timeout(30_000);
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service.close());

  it("are served under their digest, though no ledger holds them", async () => {
    for (const { terms } of jiangsuTable) {
      const digest = termsDigest(terms);
      const { statusCode, body } = await service.app.inject({ url: `/v1/documents/${digest}` });
      expect(statusCode, terms.plan).to.equal(200);
      expect(`0x${createHash("sha256").update(body).digest("hex")}`).to.equal(digest);
      expect(readTerms(JSON.parse(body))).to.deep.equal(terms);
    }
  });

  it("are not there under another digest", async () => {
    const url = `/v1/documents/0x${"1".repeat(64)}`;
    expect((await service.app.inject({ url })).statusCode).to.equal(404);
  });
});
