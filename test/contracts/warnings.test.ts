import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const script = fileURLToPath(new URL("analyse.ts", import.meta.url));

const analyse = (
  ...folder: readonly string[]
): { readonly files: number; readonly said: readonly string[] } =>
  JSON.parse(execFileSync(process.execPath, [script, ...folder], { encoding: "utf8" }));

describe("compiler warnings in contracts/", () => {
  it("are errors: there is none", () => {
    const { files, said } = analyse();
    expect(said).to.deep.equal([]);
    expect(files).to.be.greaterThan(30);
  }).timeout(60_000);

  it("are seen where there is one", () => {
    const folder = mkdtempSync(join(tmpdir(), "everyfen-warnings-"));
    const source =
      "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\ncontract C { function f() external { uint256 a; } }\n";
    writeFileSync(join(folder, "C.sol"), source);
    try {
      expect(analyse(folder).said.join("\n")).to.contain("Unused local variable");
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);
});
