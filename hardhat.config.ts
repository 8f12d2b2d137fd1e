import { defineConfig } from "hardhat/config";
import { solidity } from "./contracts/solidity.ts";

export default defineConfig({
  paths: { tests: { solidity: "./contracts" } },
  solidity,
  test: {
    solidity: {
      // The same histories on every machine. A revert that a handler does not expect is a defect of the books.
      fuzz: { seed: "0x65766572796665" },
      invariant: { runs: 32, depth: 120, failOnRevert: true },
    },
  },
});
