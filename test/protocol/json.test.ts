import { createHash } from "node:crypto";
import { expect } from "chai";
import { NotJson, canonicalJson, documentDigest } from "../../protocol/json.ts";

describe("canonical JSON", () => {
  it("has one text for one value (RFC 8785)", () => {
    expect(canonicalJson({ b: [1e21, 0.1, -0], a: "€\n", 中: null })).to.equal(
      '{"a":"€\\n","b":[1e+21,0.1,0],"中":null}',
    );
    expect(canonicalJson({ a: 1, b: 2 })).to.equal(canonicalJson({ b: 2, a: 1 }));
  });

  it("names a document by the sha256 of that text", () => {
    const digest = createHash("sha256").update('{"a":1,"b":2}').digest("hex");
    expect(documentDigest({ b: 2, a: 1 })).to.equal(`0x${digest}`);
  });

  it("refuses what JSON cannot say", () => {
    expect(() => canonicalJson(Number.NaN)).to.throw(NotJson);
    expect(() => canonicalJson({ a: "\ud800" })).to.throw(NotJson);
  });
});
