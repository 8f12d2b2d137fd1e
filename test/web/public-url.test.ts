import { expect } from "chai";
import { sample } from "./sample.ts";
import { codeOf, openSite } from "./site.ts";

const publicUrl = "https://ledger.example";
const asked = { host: "inner.example:8650" };

/** The origins that the links of a page name, each once. */
const originsIn = (body: string): readonly string[] => [
  ...new Set([...body.matchAll(/href="(https?:\/\/[^/"]+)/g)].map(([, origin = ""]) => origin)),
];
const qrIn = (body: string): string | undefined => /<svg[^>]*class="qr[\s\S]*?<\/svg>/.exec(body)?.[0];

describe("the address that a page gives of itself", () => {
  const donation = `/zh/d/${codeOf.donation(2, 0)}`;
  const everyKind = [
    "/en/",
    donation,
    "/zh/find",
    "/en/nothing-here",
    "/zh/d/XXXX",
    "/en/b/B01G?cursor=wrong",
  ];

  it("is the public one on every page, errors and the answer of the find form too", async () => {
    const site = await openSite(sample().read, publicUrl);
    for (const path of everyKind) {
      expect(originsIn((await site.get(path, asked)).body), path).to.deep.equal([publicUrl]);
    }
    const answer = await site.post("/zh/find", {
      transactionNumber: "nobody's",
      amount: "1.00",
      channel: "",
    });
    expect(originsIn(answer.body)).to.deep.equal([publicUrl]);
    await site.close();
  });

  it("is that of the request where none is set", async () => {
    const site = await openSite();
    expect(originsIn((await site.get(donation, asked)).body)).to.deep.equal(["http://inner.example:8650"]);
    await site.close();
  });

  it("is what the QR code of a donation holds", async () => {
    const codes = [];
    for (const url of [publicUrl, publicUrl, "https://other.example"]) {
      const site = await openSite(sample().read, url);
      codes.push(qrIn((await site.get(donation, asked)).body));
      await site.close();
    }
    expect(codes[0]).to.be.a("string").and.to.equal(codes[1]);
    expect(codes[2]).to.be.a("string").and.to.not.equal(codes[0]);
  });
});
