import { expect } from "chai";
import {
  ClockRunsBackwards,
  offsetClock,
  ScriptedClock,
  ScriptEnded,
  systemClock,
} from "../../../server/chain/clock.ts";

describe("the clock of the embedded chain", () => {
  it("answers the system's time in whole seconds", () => {
    expect(systemClock(() => 1_999)).to.include({ kind: "system" });
    expect(systemClock(() => 1_999).now()).to.equal(1);
  });

  it("stands still while it is scripted", () => {
    let milliseconds = 50_000;
    const clock = new ScriptedClock(1_000, () => milliseconds);
    milliseconds += 9_000;
    expect(clock.now()).to.equal(1_000);
    clock.advanceTo(2_000);
    expect(clock.now()).to.equal(2_000);
  });

  it("runs on from its last moment, and again after a restart from the kept offset", () => {
    let milliseconds = 50_000;
    const clock = new ScriptedClock(1_000, () => milliseconds);
    const offset = clock.runOn();
    milliseconds += 7_000;
    expect(clock.now()).to.equal(1_007);
    expect(clock.runOn()).to.equal(offset);
    const restarted = offsetClock(offset, () => milliseconds);
    expect(restarted.now()).to.equal(1_007);
    expect(restarted.kind).to.equal("demonstration");
  });

  it("refuses to go back", () => {
    const clock = new ScriptedClock(1_000, () => 0);
    expect(() => clock.advanceTo(999))
      .to.throw(ClockRunsBackwards)
      .with.property("asked", 999);
  });

  it("refuses to be scripted further once it runs on", () => {
    const clock = new ScriptedClock(1_000, () => 0);
    clock.runOn();
    expect(() => clock.advanceTo(5_000)).to.throw(ScriptEnded);
  });
});
