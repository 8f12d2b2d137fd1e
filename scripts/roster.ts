/** `npm run roster`: turns a roster CSV into a root and encrypted openings, or proves a person; see docs/rosters.md. */
import { rosterCommand } from "./roster/command.ts";

process.exitCode = await rosterCommand(process.argv.slice(2), {
  input: process.stdin,
  print: (line) => console.log(line),
  errors: process.stderr,
});
