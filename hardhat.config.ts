import { createRequire } from "node:module";
import { defineConfig } from "hardhat/config";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";

const require = createRequire(import.meta.url);

export default defineConfig({
  plugins: [toolbox],
  paths: { tests: { mocha: "./test", solidity: "./contracts" } },
  solidity: {
    version: "0.8.37",
    // The compiler comes from the package registry; nothing is downloaded at build time.
    path: require.resolve("solc/soljson.js"),
    settings: {
      viaIR: true,
      evmVersion: "prague",
      optimizer: { enabled: true, runs: 200 },
      // Without the metadata trailer equal code compiles to equal bytes, whatever comments or paths say.
      metadata: { appendCBOR: false, bytecodeHash: "none" },
    },
  },
});
