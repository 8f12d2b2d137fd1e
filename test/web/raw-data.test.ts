/** The pages know where the API has the same facts: every such link is an address that the API answers. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { everyPath, openSite } from "./site.ts";

const routes = new URL("../../server/routes/", import.meta.url);

const registered = /(?:app\.get\(\s*|^ {2}path: )"(\/[^"]+)"/gm;

/** The addresses that the API can be asked at, as they are registered or, for a table's export, described: one a file. */
const offered = readdirSync(routes, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...readFileSync(new URL(file, routes), "utf8").matchAll(registered)])
  .map(([, path = ""]) => path);

const isOffered = (link: string): boolean => {
  const [path = ""] = link.split("?", 1);
  return offered.some((pattern) => new RegExp(`^${pattern.replace(/:[a-z]+/gi, "[^/]+")}$`).test(path));
};

describe("links to raw data", () => {
  it("lead to what the API offers, on every page", async () => {
    const site = await openSite();
    const links = new Set<string>();
    for (const path of everyPath) {
      const { body } = await site.get(`/en${path}`);
      for (const [, link = ""] of body.matchAll(/href="(\/v1\/[^"#]*)"/g)) links.add(link);
    }
    await site.close();
    expect(offered.length).to.be.greaterThan(20);
    expect(links.size).to.be.greaterThan(30);
    expect([...links].filter((link) => !isOffered(link))).to.deep.equal([]);
  });
});
