import { expect } from "chai";
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { InvalidHex } from "../../protocol/ids.ts";

describe("hexadecimal", () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);

  it("gives every byte back, in small letters and in capitals", () => {
    const small = toHex(every);
    expect(small)
      .to.match(/^0x000102.*fdfeff$/)
      .and.have.length(514);
    expect(fromHex(small)).to.deep.equal(every);
    expect(fromHex(`0x${small.slice(2).toUpperCase()}`)).to.deep.equal(every);
    expect(fromHex("0x")).to.deep.equal(new Uint8Array());
  });

  it("is nothing with half a byte, another sign, or without its prefix", () => {
    for (const hex of [
      "0x1",
      "0x1g",
      "0x:0",
      "0x@0",
      "0x`0",
      "0x/0",
      "0xG0",
      "12",
      "0X12",
      "0x12 ",
      " 0x12",
      "",
    ]) {
      expect(() => fromHex(hex), hex).to.throw(InvalidHex);
    }
  });
});
