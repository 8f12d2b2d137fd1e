/** Writes the ABI of ledger and lens from the compiled artefacts into chain/abi. Run after `hardhat build`. */
import { readFile, writeFile } from "node:fs/promises";

const contracts = [
  { name: "ledger", artefact: "artifacts/contracts/Ledger.sol/Ledger.json" },
  { name: "lens", artefact: "artifacts/contracts/lens/Lens.sol/Lens.json" },
];

for (const { name, artefact } of contracts) {
  const { abi } = JSON.parse(await readFile(artefact, "utf8")) as { abi: unknown };
  const text = [
    "// Written by scripts/abi.ts from the compiled contract; a test compares the two.",
    `export const ${name}Abi = ${JSON.stringify(abi, null, 1)} as const;`,
    "",
  ].join("\n");
  await writeFile(`chain/abi/${name}.ts`, text);
}
