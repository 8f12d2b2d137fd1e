import { defineConfig } from "hardhat/config";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { solidity } from "./contracts/solidity.ts";

export default defineConfig({
  plugins: [toolbox],
  paths: { tests: { mocha: "./test", solidity: "./contracts" } },
  solidity,
});
