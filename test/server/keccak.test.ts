import { expect } from "chai";
import { keccak } from "../../protocol/bytes.ts";
import { nativeKeccak } from "../../server/keccak.ts";

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256);

describe("native keccak", () => {
  it("is protocol's, at every length around its blocks of 136 bytes and for a whole batch", () => {
    const lengths = [...Array.from({ length: 280 }, (_, length) => length), 120_068];
    for (const length of lengths) {
      const bytes = bytesOf(length);
      expect(nativeKeccak(bytes), `${length} bytes`).to.deep.equal(keccak(bytes));
    }
  });

  it("hashes the part that a view shows, and nothing around it", () => {
    const whole = bytesOf(400);
    expect(nativeKeccak(whole.subarray(7, 200))).to.deep.equal(keccak(whole.slice(7, 200)));
    expect(nativeKeccak(Buffer.from("gift"))).to.deep.equal(keccak(Uint8Array.from(Buffer.from("gift"))));
  });
});
