/** `npm run histories`. */
import { runCommand } from "./command.ts";

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  errors: process.stderr,
});
