import { expect } from "chai";
import { CodeOutOfRange, encodeCode, parseCode } from "../../protocol/codes/code.ts";
import type { Code, CodeRefusal } from "../../protocol/codes/code.ts";
import { parseSearch } from "../../protocol/codes/search.ts";
import { batchId, claimId, fundId, programmeId } from "../../protocol/ids.ts";
import { Random } from "../model/random.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const donation = (batch: number, index: number): Code => ({ kind: "donation", batch: batchId(batch), index });
const refusalOf = (text: string): CodeRefusal | "none" => {
  const parsed = parseCode(text);
  return parsed.ok ? "none" : parsed.refusal;
};

const samples: readonly Code[] = [
  donation(1, 0),
  donation(17, 2999),
  donation(262_143, 4095),
  donation(262_144, 0),
  donation(1, 4096),
  donation(4_294_967_295, 4_294_967_295),
  ...[1, 1023, 1024, 44_014, 1_073_741_823, 1_073_741_824, 4_294_967_295].flatMap((id): Code[] => [
    { kind: "batch", batch: batchId(id) },
    { kind: "claim", claim: claimId(id) },
    { kind: "programme", programme: programmeId(id) },
    { kind: "fund", fund: fundId(id) },
  ]),
];

describe("trace codes", () => {
  it("come back as what they were made from, at every end of every range", () => {
    for (const code of samples)
      expect(parseCode(encodeCode(code)), encodeCode(code)).to.deep.equal({ ok: true, code });
  });

  it("are published, so they never change", () => {
    expect(encodeCode(donation(1, 0))).to.equal("D000-400T");
    expect(encodeCode(donation(17, 2999))).to.equal("D002-6XQZ");
    expect(encodeCode({ kind: "claim", claim: claimId(210) })).to.equal("C6JP");
    expect(encodeCode({ kind: "fund", fund: fundId(1) })).to.equal("F01N");
  });

  it("stand in groups of four: two for a usual donation, one for a usual id", () => {
    for (const code of samples) expect(encodeCode(code)).to.match(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){0,3}$/);
    expect(encodeCode(donation(262_143, 2999))).to.have.lengthOf(9);
    expect(encodeCode({ kind: "programme", programme: programmeId(1023) })).to.have.lengthOf(4);
  });

  it("are read as people write them", () => {
    const code = donation(33, 1);
    const text = encodeCode(code);
    const variants = [
      text.toLowerCase(),
      ` ${text} `,
      text.replace("-", ""),
      text.replace("-", " - "),
      text.replace("-", "–"),
    ];
    variants.push(
      text.replaceAll("0", "o").replaceAll("1", "l"),
      text.replaceAll("0", "O").replaceAll("1", "I"),
    );
    for (const variant of variants) expect(parseCode(variant), variant).to.deep.equal({ ok: true, code });
  });

  it("catch every wrong character and every exchange of two", () => {
    for (const code of samples) {
      const text = encodeCode(code).replaceAll("-", "");
      for (let at = 0; at < text.length; at += 1) {
        for (const character of alphabet) {
          if (character === text[at]) continue;
          const wrong = text.slice(0, at) + character + text.slice(at + 1);
          expect(parseCode(wrong).ok, `${text} as ${wrong}`).to.equal(false);
        }
        for (let other = at + 1; other < text.length; other += 1) {
          const characters = Array.from(text);
          [characters[at], characters[other]] = [text.charAt(other), text.charAt(at)];
          const swapped = characters.join("");
          if (swapped !== text) expect(parseCode(swapped).ok, `${text} as ${swapped}`).to.equal(false);
        }
      }
    }
  });

  it("catch a character that is lost or doubled", () => {
    for (const code of samples) {
      const text = encodeCode(code).replaceAll("-", "");
      for (let at = 1; at < text.length; at += 1) {
        expect(refusalOf(text.slice(0, at) + text.slice(at + 1))).to.equal("length");
        expect(refusalOf(text.slice(0, at) + text.charAt(at) + text.slice(at))).to.equal("length");
      }
    }
  });

  it("say why a text is none", () => {
    const refusals: readonly (readonly [string, CodeRefusal])[] = [
      ["", "empty"],
      [" - ", "empty"],
      ["D000-100U", "character"],
      ["D000-100*", "character"],
      ["捐赠", "character"],
      ["A000-1007", "kind"],
      ["D000-10", "length"],
      ["D000-4001", "check"],
    ];
    for (const [text, refusal] of refusals) expect(refusalOf(text), text).to.equal(refusal);
  });

  it("have one form for each thing, and none for id 0", () => {
    // D and zeros would name batch 0: one of the 32 check characters completes it, and it is still no code.
    const zeros = Array.from(alphabet)
      .map((check) => `D000-000${check}`)
      .map(refusalOf);
    expect(zeros.filter((refusal) => refusal === "range")).to.have.lengthOf(1);
    const longFund = Array.from(alphabet)
      .map((check) => `F000-001${check}`)
      .map(refusalOf);
    expect(longFund).to.include("range").and.to.not.include("none");
    expect(() => encodeCode({ kind: "fund", fund: fundId(0) })).to.throw(CodeOutOfRange);
    expect(() => encodeCode(donation(0, 1))).to.throw(CodeOutOfRange);
    expect(() => encodeCode(donation(1, -1))).to.throw(CodeOutOfRange);
  });

  it("let about one random text in 32 pass, no more", () => {
    const random = new Random(5);
    let passed = 0;
    for (let count = 0; count < 6400; count += 1) {
      const text = `D${Array.from({ length: 7 }, () => random.pick(Array.from(alphabet))).join("")}`;
      if (parseCode(text).ok) passed += 1;
    }
    expect(passed).to.be.within(150, 250);
  });
});

describe("the search box", () => {
  const code = donation(17, 2999);
  const found = { kind: "code", code, text: encodeCode(code) };

  it("takes a code, or any address of a page of ours", () => {
    for (const text of [
      encodeCode(code),
      ` ${encodeCode(code).toLowerCase()} `,
      `/zh/d/${encodeCode(code)}`,
      `en/d/${encodeCode(code)}/`,
      `https://everyfen.example/zh/d/${encodeCode(code)}`,
      `http://127.0.0.1:8080/en/D/${encodeCode(code)}?from=qr#salt`,
      `https://everyfen.example/books/zh/c/${encodeURIComponent(encodeCode(code))}`,
    ]) {
      expect(parseSearch(text), text).to.deep.equal(found);
    }
  });

  it("takes a payment's number", () => {
    for (const text of ["2019113022001400001", "T-20191130-1", "20191130_1", " 4200000123 ", "单号123"]) {
      expect(parseSearch(text), text).to.deep.equal({
        kind: "transactionNumber",
        transactionNumber: text.trim(),
      });
    }
    expect(parseSearch("２０１９")).to.deep.equal({ kind: "transactionNumber", transactionNumber: "2019" });
  });

  it("says what else it was given", () => {
    const nothings: readonly (readonly [string, string])[] = [
      ["", "empty"],
      ["   ", "empty"],
      ["D000-4001", "mistypedCode"],
      ["/zh/d/D000-4001", "mistypedCode"],
      ["https://everyfen.example/zh/d/%E0%A4%A", "mistypedCode"],
      ["https://everyfen.example/zh/audit", "otherAddress"],
      ["/en/", "otherAddress"],
      ["1".repeat(129), "tooLong"],
      ["1".repeat(2001), "tooLong"],
      ["where is my gift?", "unknownText"],
      ["捐赠", "unknownText"],
      ["<script>1</script>", "unknownText"],
    ];
    for (const [text, reason] of nothings)
      expect(parseSearch(text), text).to.deep.equal({ kind: "nothing", reason });
  });
});
