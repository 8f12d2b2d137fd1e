/** How the contracts are compiled: by hardhat.config.ts for tests, by the gateway before its first deployment. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const solidity = {
  version: "0.8.37",
  // The compiler comes from the package registry; nothing is downloaded at build time.
  path: require.resolve("solc/soljson.js"),
  settings: {
    viaIR: true,
    evmVersion: "prague",
    // For size: the ledger is one contract and must fit in one. With 200 runs it is 800 bytes longer and hardly cheaper.
    optimizer: { enabled: true, runs: 1 },
    // Without the metadata trailer equal code compiles to equal bytes, whatever comments or paths say.
    metadata: { appendCBOR: false, bytecodeHash: "none" },
  },
};
