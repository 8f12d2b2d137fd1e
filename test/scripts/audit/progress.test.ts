import { expect } from "chai";
import { Progress } from "../../../scripts/audit/progress.ts";

describe("npm run audit: progress", () => {
  it("is a line every two seconds of what is under way, and none of what is over before", () => {
    let nowMs = 0;
    const lines: string[] = [];
    const progress = new Progress({ write: (line) => lines.push(line) }, () => nowMs);
    const quick = progress.step("rows read");
    quick(1, 10);
    nowMs = 1_999;
    quick(10, 10);
    const long = progress.step("donations");
    for (let done = 1_000; done <= 5_000; done += 1_000) {
      nowMs += 1_000;
      long(done, 5_000);
    }
    nowMs += 2_000;
    progress.step("blocks")(1_234_567);
    expect(lines).to.deep.equal([
      "donations: 1,000 of 5,000\n",
      "donations: 3,000 of 5,000\n",
      "donations: 5,000 of 5,000\n",
      "blocks: 1,234,567\n",
    ]);
  });
});
