/** Who insures a policy period together, and with which shares. */
import { DeskRefusal, type Asking, type DeclareInsurersRequest } from "../../protocol/ports/desk.ts";
import { insurersDocument, mostInsurers } from "../documents.ts";
import type { Counter } from "./counter.ts";
import { knownPeriod, knownProgramme } from "./known.ts";

const wholeBps = 10_000;

const checkShares = ({ insurers }: DeclareInsurersRequest): void => {
  if (insurers.length === 0 || insurers.length > mostInsurers) {
    throw new DeskRefusal("insurers", `expected 1 to ${mostInsurers}, got ${insurers.length}`);
  }
  insurers.forEach(({ shareBps }, index) => {
    if (Number.isInteger(shareBps) && shareBps >= 1 && shareBps <= wholeBps) return;
    throw new DeskRefusal(`insurers[${index}].shareBps`, `expected 1 to ${wholeBps}, got ${shareBps}`);
  });
  const sum = insurers.reduce((total, { shareBps }) => total + shareBps, 0);
  if (sum !== wholeBps) {
    throw new DeskRefusal("insurers", `expected shares that sum to ${wholeBps} basis points, got ${sum}`);
  }
};

export const declareInsurers = (
  counter: Counter,
  request: DeclareInsurersRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { programme, policyPeriod, insurers } = request;
    checkShares(request);
    await knownProgramme(counter, programme);
    await knownPeriod(counter, programme, policyPeriod);
    const published = insurersDocument(insurers);
    const content = { programme, policyPeriod, published };
    return counter.take("declareInsurers", content, asking, async () => {
      const sharesBps = insurers.map(({ shareBps }) => shareBps);
      const document = await counter.publish(published);
      return {
        actor: "treasurer",
        verb: { verb: "declareInsurers", programme, policyPeriod, sharesBps, document },
      };
    });
  });
