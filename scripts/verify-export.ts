/** `npm run verify-export -- FILE [--rpc URL]`: checks a downloaded export; see docs/verify.md. */
import { verifyExportCommand } from "./verify-export/command.ts";

process.exitCode = await verifyExportCommand(process.argv.slice(2), {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
});
