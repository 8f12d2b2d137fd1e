import { expect } from "chai";
import { position } from "../../protocol/amounts.ts";
import {
  InvalidShare,
  NoSuchFen,
  claimsBetween,
  claimsShare,
  fundPositionOfClaims,
  operationsBetween,
} from "../../protocol/lines/share.ts";

const shares = [0, 1, 3333, 5000, 9000, 9999, 10_000];

describe("the promise of a fund", () => {
  it("gives every amount from 1 to 1,000 fen, wherever it stands, parts that add up and are never negative", () => {
    for (const bps of shares) {
      let at = 0n;
      let given = 0n;
      for (let amount = 1n; amount <= 1000n; amount += 1n) {
        const [start, end] = [position(at), position(at + amount)];
        const [claims, operations] = [claimsBetween(start, end, bps), operationsBetween(start, end, bps)];
        expect(claims + operations).to.equal(amount);
        expect(claims >= 0n && operations >= 0n).to.equal(true);
        at += amount;
        given += claims;
        expect(given).to.equal(claimsShare(position(at), bps));
        // Law L2: within 1 fen of the promise at every moment.
        const promised = at * BigInt(bps);
        expect(given * 10_000n <= promised && promised - given * 10_000n < 10_000n).to.equal(true);
      }
    }
  });

  it("loses nothing where flooring each gift would: 1,000 gifts of 1 fen give 900 to claims", () => {
    let claims = 0n;
    for (let at = 0n; at < 1000n; at += 1n) claims += claimsBetween(position(at), position(at + 1n), 9000);
    expect(claims).to.equal(900n);
  });

  it("can be checked by hand at 9000: every tenth fen, counted from 0, is for operating cost", () => {
    for (let at = 0n; at < 1000n; at += 1n) {
      expect(operationsBetween(position(at), position(at + 1n), 9000)).to.equal(at % 10n === 0n ? 1n : 0n);
    }
  });

  it("finds the fund position of every claims fen", () => {
    for (const bps of shares) {
      for (let at = 0n; at < 2000n; at += 1n) {
        const [here, next] = [position(at), position(at + 1n)];
        if (claimsBetween(here, next, bps) === 0n) continue;
        expect(fundPositionOfClaims(claimsShare(here, bps), bps)).to.equal(at);
      }
    }
  });

  it("holds at the end of the longest line", () => {
    const end = position((1n << 96n) - 1n);
    const last = position(claimsShare(end, 9000) - 1n);
    const found = fundPositionOfClaims(last, 9000);
    expect(claimsShare(position(found + 1n), 9000)).to.equal(last + 1n);
    expect(claimsShare(found, 9000)).to.equal(last);
  });

  it("refuses a share outside 0 to 10000 basis points, and fen that a fund does not have", () => {
    for (const bps of [-1, 10_001, 0.5, Number.NaN]) {
      expect(() => claimsShare(position(1n), bps)).to.throw(InvalidShare);
    }
    expect(() => fundPositionOfClaims(position(0n), 0)).to.throw(NoSuchFen);
  });
});
