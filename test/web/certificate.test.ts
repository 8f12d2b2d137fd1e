import { expect } from "chai";
import { qrCode } from "../../web/charts/qr-code.ts";
import { languages, words } from "../../web/words/languages.ts";
import { codeOf, openSite, type Site } from "./site.ts";

describe("the certificate of a gift", () => {
  let site: Site;
  const gift = codeOf.donation(2, 0);
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  it("shows amount, code and QR code in both languages, for A6 and A4, with a line for a name", async () => {
    for (const language of languages) {
      for (const size of ["a6", "a4"]) {
        const { status, body, text } = await site.get(`/${language}/d/${gift}/certificate?size=${size}`, {
          host: "books.example",
        });
        expect(status).to.equal(200);
        expect(text).to.contain(words[language].certificate.title);
        expect(text).to.contain("¥5,000.00").and.to.contain(gift);
        expect(body).to.contain(`class="certificate ${size}"`);
        const address = `http://books.example/${language}/d/${gift}`;
        expect(body).to.contain(String(qrCode(address, words[language].donation.qrLabel)));
        expect(body).to.match(/id="certificate-holder"><\/p>/);
      }
    }
  });

  it("keeps the name on the page: its field belongs to no form and has no name to be sent under", async () => {
    const { body } = await site.get(`/zh/d/${gift}/certificate`);
    const [field = ""] = /<input[^>]*id="certificate-name"[^>]*>/.exec(body) ?? [];
    expect(field)
      .to.contain("data-writes")
      .and.not.to.match(/\sname=/);
    expect(body.slice(0, body.indexOf(field))).not.to.match(/<form(?![\s\S]*<\/form>)/);
  });

  it("is reached from the gift, has one address, and is there for no other code", async () => {
    expect((await site.get(`/en/d/${gift}`)).body).to.contain(`href="/en/d/${gift}/certificate"`);
    const lower = await site.get(`/en/d/${gift.toLowerCase()}/certificate`);
    expect(lower.headers["location"]).to.equal(`/en/d/${gift}/certificate`);
    expect((await site.get(`/en/d/${codeOf.claim(1)}/certificate`)).status).to.equal(404);
    expect((await site.get(`/en/d/${codeOf.donation(4_000, 0)}/certificate`)).status).to.equal(404);
  });
});
