/** `npm run deploy`: puts ledger and lens on an EVM chain and prints where they are. */
import { deployCommand } from "./deploy/command.ts";

process.exitCode = await deployCommand(process.argv.slice(2), {
  environment: process.env,
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});
