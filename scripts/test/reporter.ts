/** Mocha's own listing, and the counts in the file that TEST_COUNTS names, for the sum at the end of `npm test`. */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      const { passes: passed = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
      const file = process.env["TEST_COUNTS"];
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed, pending }));
    });
  }
}

// Mocha loads reporters by require() and takes what that answers for the class itself.
export { CountingReporter as "module.exports" };
