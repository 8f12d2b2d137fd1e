/** The README is part of the product: what it shows is what the project says. */
import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { tellExample } from "../../scripts/example/tell.ts";

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

  it("names only commands that package.json has", () => {
    const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
    const scripts: unknown =
      typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "scripts") : {};
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name);
    expect(named.length).to.be.greaterThan(3);
    for (const name of named) expect(scripts).to.have.property(String(name));
  });

  it("links only to files that are there", () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => String(path));
    expect(links.length).to.be.greaterThan(1);
    for (const path of links) expect(existsSync(path), path).to.equal(true);
  });
});
