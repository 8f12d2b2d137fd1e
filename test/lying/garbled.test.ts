/**
 * A check whose node or gateway answers one question with rubbish: it never breaks, and where it passes it says the very
 * same of every fen as over the true answers.
 */
import { expect } from "chai";
import { jsonRpc, type Request } from "../../chain/light/json-rpc.ts";
import { lightNode } from "../../chain/light/node.ts";
import type { Verdict } from "../../protocol/verify/steps.ts";
import { verifyDonation, type Report } from "../../protocol/verify/verify.ts";
import { Random } from "../model/random.ts";
import { openLiedAbout, type LiedAbout } from "./books.ts";
import { garbled } from "./garbled.ts";
import { giftCodes, giftsOf, type Gift } from "./gifts.ts";

const rounds = 1_500;

/** The same question is asked of the other side once, and answered with a copy of its own each time. */
const once = <Asked extends readonly unknown[]>(
  ask: (...asked: Asked) => Promise<unknown>,
): ((...asked: Asked) => Promise<unknown>) => {
  const answers = new Map<string, Promise<unknown>>();
  return async (...asked) => {
    const key = JSON.stringify(asked);
    const answer = answers.get(key) ?? ask(...asked);
    answers.set(key, answer);
    return structuredClone(await answer);
  };
};

const figuresOf = ({ checked }: Report): string =>
  JSON.stringify(checked, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));

describe("a check that is answered with rubbish", function () {
  this.timeout(60_000);
  let books: LiedAbout;
  let gifts: readonly Gift[];
  let request: Request;

  before(async () => {
    books = await openLiedAbout();
    const base = await books.service.app.listen({ host: "127.0.0.1", port: 0 });
    gifts = await giftsOf(base, await giftCodes(base));
    request = once(jsonRpc(`${base}/rpc`));
  });
  after(() => books.service.close());

  it("never breaks, and passes with no other figures than the true ones", async () => {
    const random = new Random(3);
    const verdicts: Record<Verdict, number> = { passed: 0, failed: 0, unchecked: 0 };
    for (const { question, report } of gifts) {
      const truth = figuresOf(report);
      const { file, gateway } = question;
      if (gateway === undefined) throw new RangeError("no gateway");
      const donation = once((code: string) => gateway.donation(code));
      const trace = once((code: string, cursor: string | undefined) => gateway.trace(code, cursor));
      for (let round = 0; round < rounds / gifts.length; round += 1) {
        let left = random.between(0, 25);
        const told = async (answer: Promise<unknown>): Promise<unknown> => {
          const said = await answer;
          left -= 1;
          return left === -1 ? garbled(random, said) : said;
        };
        const found = await verifyDonation({
          file,
          node: lightNode((method, params) => told(request(method, params))),
          gateway: { donation: (code) => told(donation(code)), trace: (...asked) => told(trace(...asked)) },
        });
        verdicts[found.verdict] += 1;
        if (found.verdict === "passed") expect(figuresOf(found)).to.equal(truth);
      }
    }
    // Each way to end was tried.
    for (const count of Object.values(verdicts)) expect(count).to.be.greaterThan(rounds / 50);
  });
});
