/** Opening funds. */
import { programmeId } from "../../protocol/ids.ts";
import { DeskRefusal, type Asking, type OpenFundRequest } from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { knownProgramme } from "./known.ts";

const none = programmeId(0);

/** A restricted fund names the programme and where its money goes when that ends, both in its own currency. */
const checkRestriction = async (
  counter: Counter,
  { currency, restrictedTo, fallbackTo }: OpenFundRequest,
): Promise<void> => {
  if (restrictedTo === undefined) {
    if (fallbackTo !== undefined) throw new DeskRefusal("fallbackTo", "expected none for a general fund");
    return;
  }
  if (fallbackTo === undefined) {
    throw new DeskRefusal("fallbackTo", "expected a programme: a restricted fund needs a fallback");
  }
  if (fallbackTo === restrictedTo) {
    throw new DeskRefusal("fallbackTo", "expected another programme than restrictedTo");
  }
  for (const [field, programme] of Object.entries({ restrictedTo, fallbackTo })) {
    const view = await knownProgramme(counter, programme, field);
    if (view.currency !== currency) {
      throw new DeskRefusal(field, `expected a programme in ${currency}, it is in ${view.currency}`);
    }
  }
};

export const openFund = (counter: Counter, request: OpenFundRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    await checkRestriction(counter, request);
    const { name, currency, claimsShareBps, restrictedTo = none, fallbackTo = none } = request;
    const content = { name: { ...name }, currency, claimsShareBps, restrictedTo, fallbackTo };
    return counter.take("openFund", content, asking, async (operation) => {
      const document = await counter.publish({ kind: "fund", ...content });
      const verb = {
        verb: "openFund",
        operation,
        currency,
        claimsShareBps,
        restrictedTo,
        fallbackTo,
      } as const;
      return { actor: "treasurer", verb: { ...verb, document } };
    });
  });
