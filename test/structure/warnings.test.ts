/**
 * Compiler warnings are errors. The sources are analysed anew without producing code, which takes seconds and sees
 * what a cached build would hide. Warnings inside packages are theirs.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { solidity } from "../../contracts/solidity.ts";
import { files, readText } from "./files.ts";

const require = createRequire(import.meta.url);

const Compiler = Type.Object({
  compile: Type.Function([Type.String(), Type.Unknown()], Type.String()),
});
const Output = Type.Object({
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        severity: Type.String(),
        message: Type.String(),
        sourceLocation: Type.Optional(Type.Object({ file: Type.String(), start: Type.Integer() })),
      }),
    ),
  ),
});

const findImport = (path: string) => ({ contents: readFileSync(require.resolve(path), "utf8") });

/** `file:line: message` of everything the compiler has to say about our own sources. */
const complaintsAbout = (sources: Readonly<Record<string, string>>): readonly string[] => {
  const compiler: unknown = require("solc");
  if (!Value.Check(Compiler, compiler)) throw new TypeError("the package solc has no function compile");
  const { viaIR, evmVersion } = solidity.settings;
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }])),
    settings: { viaIR, evmVersion, outputSelection: { "*": { "*": ["abi"] } } },
  };
  const output: unknown = JSON.parse(compiler.compile(JSON.stringify(input), { import: findImport }));
  if (!Value.Check(Output, output)) throw new TypeError("the compiler answered no list of errors");
  return (output.errors ?? []).flatMap(({ message, sourceLocation: at }) => {
    const source = at === undefined ? undefined : sources[at.file];
    if (at !== undefined && source === undefined) return [];
    const line = source?.slice(0, at?.start).split("\n").length ?? 0;
    return [`${at?.file ?? ""}:${line}: ${message}`];
  });
};

describe("the compiler", function () {
  this.timeout(120_000);

  it("has no warning about the contracts and their tests", () => {
    const sources = files
      .filter((file) => file.startsWith("contracts/") && file.endsWith(".sol"))
      .map((file) => [file, readText(file)] as const);
    expect(sources).to.not.deep.equal([]);
    expect(complaintsAbout(Object.fromEntries(sources))).to.deep.equal([]);
  });

  it("would have one: about a variable that nothing uses", () => {
    const contract = [
      "// SPDX-License-Identifier: MIT",
      "pragma solidity 0.8.37;",
      "contract Idle {",
      "    function idle() external pure {",
      "        uint256 unused = 1;",
      "    }",
      "}",
    ].join("\n");
    const complaints = complaintsAbout({ "contracts/Idle.sol": contract });
    expect(complaints).to.deep.equal(["contracts/Idle.sol:5: Unused local variable."]);
  });
});
