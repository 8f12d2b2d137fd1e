/** `npm run simulate`: breaks a gateway on purpose, seed after seed, and holds what is left against what was promised. */
import { simulateCommand } from "./command.ts";

process.exitCode = await simulateCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});
