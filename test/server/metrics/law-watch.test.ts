import { expect } from "chai";
import type { LawCheck } from "../../../protocol/ports/views.ts";
import { LawWatch } from "../../../server/metrics/law-watch.ts";

const holding: LawCheck = { law: "L1", holds: true, checked: 3, facts: [] };
const broken: LawCheck = { law: "L5", holds: false, checked: 3, facts: ["a position is spent twice"] };

describe("the watch over the laws", () => {
  const watched = (answer: () => Promise<readonly LawCheck[]>) => {
    const clock = { nowMs: 0 };
    const said: string[] = [];
    let checks = 0;
    const watch = new LawWatch({
      laws: () => {
        checks += 1;
        return answer();
      },
      intervalMs: 60_000,
      nowMs: () => clock.nowMs,
      log: { error: (facts, event) => said.push(`${event} ${JSON.stringify(facts)}`) },
    });
    return { watch, clock, said, checks: () => checks };
  };

  it("lets nobody wait: the first answer is empty, a later one is what the check found", async () => {
    const { watch } = watched(async () => [holding]);
    expect(watch.latest()).to.deep.equal([]);
    await watch.settled();
    expect(watch.latest()).to.deep.equal([holding]);
  });

  it("checks once in an interval, however often it is asked", async () => {
    const { watch, clock, checks } = watched(async () => [holding]);
    for (const nowMs of [0, 1, 59_999]) {
      clock.nowMs = nowMs;
      watch.latest();
      await watch.settled();
    }
    expect(checks()).to.equal(1);
    clock.nowMs = 60_000;
    watch.latest();
    expect(checks()).to.equal(2);
  });

  it("says in the log which law is broken, and nothing of those that hold", async () => {
    const { watch, said } = watched(async () => [holding, broken]);
    watch.latest();
    await watch.settled();
    expect(said).to.deep.equal(['law broken {"law":"L5","facts":["a position is spent twice"]}']);
  });

  it("keeps what it knew where a check fails, and says that it failed", async () => {
    const answers = [async () => [holding], async () => Promise.reject(new Error("index: stopped"))];
    const { watch, clock, said } = watched(() => answers.shift()?.() ?? Promise.resolve([]));
    watch.latest();
    await watch.settled();
    clock.nowMs = 60_000;
    watch.latest();
    await watch.settled();
    expect(watch.latest()).to.deep.equal([holding]);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^laws not checked/);
  });
});
