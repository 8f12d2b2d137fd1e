/** What the build prints is the digest of the file that it wrote, which is what the page shows. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { verifierFile } from "../../web/verifier-file.ts";

describe("npm run verifier", () => {
  it("writes the check as one file, and prints its length and digest", () => {
    const said = execFileSync(process.execPath, ["scripts/verifier.ts"], { encoding: "utf8" });
    const file = readFileSync("dist/verifier.html");
    const digest = createHash("sha256").update(file).digest("hex");
    expect(said).to.equal(`dist/verifier.html: ${file.length} bytes, sha256 ${digest}\n`);
    expect(digest).to.equal(verifierFile().digest);
  });
});
