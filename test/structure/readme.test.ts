/** The README is part of the product: what it shows is what the project says. */
import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tellExample } from "../../scripts/example/tell.ts";
import { files, readText } from "./files.ts";

const readme = readFileSync("README.md", "utf8");
const figure = (file: string, name: string): number => {
  const figures: unknown = JSON.parse(readFileSync(file, "utf8"));
  return Number(Object.getOwnPropertyDescriptor(figures, name)?.value);
};

describe("the README", () => {
  it("shows what npm run example prints", async () => {
    const lines: string[] = [];
    await tellExample((line) => lines.push(line));
    expect(readme).to.contain(lines.join("\n").trim());
  });

  it("quotes gas and bytes as they are kept under version control", () => {
    const kept = (name: string): string =>
      figure("test/contracts/gas-and-size.json", name).toLocaleString("en-US");
    const row = (...cells: readonly string[]): RegExp => new RegExp(cells.join(" +\\| "));
    expect(readme).to.match(row("leaves in the event", kept("gas: a donation in a batch of 3,000")));
    expect(readme).to.match(row("three transactions", kept("gas: a claim filed, approved and paid")));
    expect(readme).to.match(row("ledger, lens", `${kept("bytes: ledger")}, ${kept("bytes: lens")}`));
  });
});

describe("the README and the pages of docs/", () => {
  const pages = files.filter((file) => /^(README|docs\/[a-z-]+)\.md$/.test(file));
  const found = (page: string, pattern: RegExp): readonly string[] =>
    [...readText(page).matchAll(pattern)].map(([, name]) => String(name));

  it("name only commands that package.json has", () => {
    const manifest: unknown = JSON.parse(readText("package.json"));
    const named = pages.flatMap((page) => found(page, /npm run (?:--silent )?([a-z:-]+)/g));
    expect(named.length).to.be.greaterThan(30);
    for (const name of named) expect(manifest).to.have.nested.property(`scripts.${name}`);
  });

  it("link only to files, and name only tests, that are there", () => {
    const places = pages.flatMap((page) => [
      ...found(page, /\]\(([^)#:]+)[^)]*\)/g).map((path) => join(dirname(page), path)),
      ...found(page, /`(test\/[^`*<]+?)\/?`/g),
    ]);
    expect(places.length).to.be.greaterThan(40);
    expect(places.filter((place) => !existsSync(place))).to.deep.equal([]);
  });
});
