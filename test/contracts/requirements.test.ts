import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { declaredRequirements, requirement } from "./requirements.ts";
import { operationVerbs, recordingVerbs } from "./verbs.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));

const sources = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => readFileSync(join(folder, path), "utf8"));

/** By name in a test file, and by the tables that access.test.ts and landing.test.ts go through. */
const tested = new Set([
  ...sources.flatMap((text) =>
    [...text.matchAll(/requires(?:All)?\(\s*"([^"]+)",\s*"([^"]+)"/g)].map(([, verb = "", bullet = ""]) =>
      requirement(verb, bullet),
    ),
  ),
  ...recordingVerbs.map(({ name, who }) => requirement(name, `not paused; ${who}`)),
  ...operationVerbs.map(({ name }) => requirement(name, "`operation` is not zero and has not landed before")),
]);

describe("the requirements in the contracts' interfaces", () => {
  it("each has a test of its name", () => {
    const declared = declaredRequirements();
    expect(declared.filter((each) => !tested.has(each))).to.deep.equal([]);
    expect(declared.length).to.be.greaterThan(110);
  });
});
