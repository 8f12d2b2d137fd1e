/** `npm run audit`: recomputes a ledger from its chain alone, and says what does not hold. */
import { auditCommand } from "./audit/command.ts";

process.exitCode = await auditCommand(process.argv.slice(2), {
  progress: process.stderr,
  print: (line) => console.log(line),
});
