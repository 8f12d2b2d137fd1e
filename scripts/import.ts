/** `npm run import`: records the gifts of a file through the gateway's API; see docs/import.md. */
import { importCommand } from "./import/command.ts";

process.exitCode = await importCommand(process.argv.slice(2), {
  environment: process.env,
  print: (line) => console.log(line),
  errors: process.stderr,
});
