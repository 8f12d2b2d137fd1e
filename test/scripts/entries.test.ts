/** The files behind `npm run`: each hands its arguments on, and the process ends with the code that comes back. */
import { expect } from "chai";
import { execFile } from "node:child_process";

const ended = (script: string): Promise<{ readonly code: unknown; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [`scripts/${script}.ts`, "--nonsense"], (error, stdout, stderr) => {
      resolve({ code: error?.code, said: stdout + stderr });
    });
  });

describe("a command of the command line that is called wrongly", () => {
  const codes = { audit: 2, deploy: 2, import: 2, replica: 64, roster: 2, "verify-export": 2 } as const;
  for (const [script, code] of Object.entries(codes)) {
    it(`ends with ${code} and says how it is called: npm run ${script}`, async () => {
      const { code: found, said } = await ended(script);
      expect(found).to.equal(code);
      expect(said).to.contain(`npm run ${script} -- `).and.to.not.contain("    at ");
    });
  }
});
