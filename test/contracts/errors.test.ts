import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));

const texts = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(join(root, folder, path), "utf8"));

const namesIn = (sources: readonly string[], pattern: RegExp): ReadonlySet<string> =>
  new Set(sources.flatMap((text) => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])));

describe("custom errors", () => {
  it("each has a test that provokes it by name", () => {
    const declared = namesIn(texts("contracts", ".sol"), /^\s*error (\w+)\(/gm);
    const provoked = namesIn(texts("test/contracts", ".test.ts"), /expectRefusal\(\s*"(\w+)"/g);
    expect([...declared].filter((name) => !provoked.has(name))).to.deep.equal([]);
    expect(declared.size).to.be.greaterThan(40);
  });
});
