import { expect } from "chai";
import { readToken, type KeyProof } from "../../../server/access/new-key.ts";
import { SignIn } from "../../../server/access/sign-in.ts";
import { TestTimer } from "../read/opened.ts";

const secret = "A".repeat(43);
const inForce = `efk_00000000000a_${secret}`;
const revoked = `efk_00000000000b_${secret}`;

describe("signing in", () => {
  let timer: TestTimer;
  let begun: string[];
  let signIn: SignIn;

  beforeEach(() => {
    timer = new TestTimer();
    begun = [];
    signIn = new SignIn({
      keys: {
        inForce: async ({ id }: KeyProof) =>
          id === readToken(inForce)?.id ? { id, roles: ["payer"] } : undefined,
      },
      sessions: {
        begin: async ({ id }) => {
          begun.push(id);
          return `session-${begun.length}`;
        },
      },
      perAddress: 3,
      timer,
    });
  });

  it("begins a session for a key in force, also with spaces around it, and none for anything else", async () => {
    expect(await signIn.try(inForce, "192.0.2.1")).to.deep.equal({
      outcome: "signedIn",
      session: "session-1",
    });
    expect(await signIn.try(` ${inForce}\n`, "192.0.2.1")).to.deep.include({ outcome: "signedIn" });
    for (const [at, wrong] of [revoked, "", "efk_", inForce.slice(0, -1)].entries()) {
      expect(await signIn.try(wrong, `192.0.2.${at + 2}`)).to.deep.equal({ outcome: "refused" });
    }
    expect(begun).to.have.length(2);
  });

  it("takes as long for what is no key as for one that is revoked and one that is in force", async () => {
    const durations = [];
    for (const [at, text] of [inForce, revoked, "nothing"].entries()) {
      const startedMs = timer.nowMs();
      await signIn.try(text, `192.0.2.${at}`);
      durations.push(timer.nowMs() - startedMs);
    }
    expect(durations).to.deep.equal([100, 100, 100]);
  });

  it("looks at so many tries of an address in a minute, right ones too, and at those of others", async () => {
    for (let count = 0; count < 3; count += 1) await signIn.try("wrong", "2001:db8::1");
    const held = await signIn.try(inForce, "2001:db8::2");
    expect(held, "another address of the same network").to.deep.include({ outcome: "tooMany" });
    expect(begun).to.deep.equal([]);
    expect(await signIn.try(inForce, "2001:db8:1::1")).to.deep.include({ outcome: "signedIn" });
    await timer.sleep(60_000);
    expect(await signIn.try(inForce, "2001:db8::1")).to.deep.include({ outcome: "signedIn" });
  });
});
