import { expect } from "chai";
import Fastify from "fastify";
import type { Read } from "../../protocol/ports/read.ts";
import { explorer } from "../../web/plugin.ts";
import { en } from "../../web/words/en.ts";
import { zh } from "../../web/words/zh.ts";
import { sample } from "./sample.ts";
import { codeOf, openSite, type Site } from "./site.ts";

const words = { zh, en };

const wrongCheck = (code: string): string => code.slice(0, -1) + (code.endsWith("Z") ? "Y" : "Z");

describe("pages for what is not there", () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  for (const language of ["zh", "en"] as const) {
    const { errors, paging } = words[language];

    it(`answers an unknown address in ${language} with what to do`, async () => {
      const { status, text, body } = await site.get(`/${language}/nothing/here`);
      expect(status).to.equal(404);
      expect(text).to.contain(errors.notFoundTitle).and.to.contain(errors.notFoundDo);
      expect(body).to.contain(`action="/${language}/search"`);
    });

    it(`tells a mistyped code from an unrecorded one in ${language}`, async () => {
      const mistyped = await site.get(`/${language}/d/${wrongCheck(codeOf.donation(2, 0))}`);
      expect(mistyped.status).to.equal(404);
      expect(mistyped.text).to.contain(errors.badCodeTitle);
      for (const code of [codeOf.donation(999, 0), codeOf.donation(2, 1)]) {
        const unrecorded = await site.get(`/${language}/d/${code}`);
        expect(unrecorded.status).to.equal(404);
        expect(unrecorded.text).to.contain(errors.unknownTitle).and.to.contain(errors.unknownDo);
      }
    });

    it(`has a page for an unrecorded record of every kind in ${language}`, async () => {
      const paths = [
        `/c/${codeOf.claim(999)}`,
        `/p/${codeOf.programme(999)}`,
        `/f/${codeOf.fund(999)}`,
        `/b/${codeOf.batch(999)}`,
      ];
      for (const path of paths) {
        const { status, text } = await site.get(`/${language}${path}`);
        expect(status).to.equal(404);
        expect(text).to.contain(errors.unknownTitle);
      }
    });

    it(`sends a foreign cursor back to the first page in ${language}`, async () => {
      const path = `/${language}/d/${codeOf.donation(2, 0)}`;
      const { status, text, body } = await site.get(`${path}?slices=forged`);
      expect(status).to.equal(400);
      expect(text).to.contain(errors.cursorTitle).and.to.contain(paging.first);
      expect(body).to.contain(`href="${path}"`);
    });

    it(`tells nothing of an inner failure in ${language} but a reference`, async () => {
      const broken: Read = {
        ...sample().read,
        summary: () => Promise.reject(new Error("secret of the database")),
      };
      const brokenSite = await openSite(broken);
      const { status, text, headers } = await brokenSite.get(`/${language}/`);
      expect(status).to.equal(500);
      expect(text)
        .to.contain(errors.failedTitle)
        .and.to.contain(errors.failedDo)
        .and.to.contain(errors.reference);
      expect(text).not.to.contain("secret");
      expect(headers["content-security-policy"]).to.be.a("string");
      await brokenSite.close();
    });
  }

  it("says when to come back to who was refused for asking too much, and keeps its policy on such pages", async () => {
    const app = Fastify();
    app.addHook("onRequest", async () => {
      throw Object.assign(new Error("slow down"), { retryAfterSeconds: 30 });
    });
    await app.register(explorer, { read: sample().read });
    const { statusCode, headers, body } = await app.inject("/en/");
    expect(statusCode).to.equal(429);
    expect(headers["retry-after"]).to.equal("30");
    expect(headers["content-security-policy"]).to.be.a("string");
    expect(body).to.contain("Try again in 30 seconds");
    await app.close();
  });

  it("escapes what it repeats of an address", async () => {
    const { status, body } = await site.get("/en/d/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
    expect(status).to.equal(404);
    expect(body).not.to.contain("<img");
  });

  it("sends a code under another kind's path, or in lower case, to its own address", async () => {
    const claim = codeOf.claim(1);
    expect((await site.get(`/en/d/${claim}`)).headers["location"]).to.equal(`/en/c/${claim}`);
    const donation = codeOf.donation(2, 0);
    expect((await site.get(`/zh/d/${donation.toLowerCase()}`)).headers["location"]).to.equal(
      `/zh/d/${donation}`,
    );
    expect((await site.get(`/zh/d/${donation.replace("-", "")}`)).headers["location"]).to.equal(
      `/zh/d/${donation}`,
    );
  });

  it("leaves the addresses of programs to the gateway", async () => {
    const app = Fastify();
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ title: "not a page" }));
    await app.register(explorer, { read: sample().read });
    for (const url of ["/v1/nothing", "/v1", "/rpc", "/openapi.json", "/healthz"]) {
      expect((await app.inject(url)).json()).to.deep.equal({ title: "not a page" });
    }
    expect((await app.inject("/v1x")).body).to.contain("<!doctype html>");
    await app.close();
  });
});
