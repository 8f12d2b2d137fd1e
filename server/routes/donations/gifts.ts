/** Gifts from their wire form. Money in another currency than the fund's is refused, never converted. */
import type { Static } from "typebox";
import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { parseDay } from "../../../protocol/calendar.ts";
import type { FundId } from "../../../protocol/ids.ts";
import { DeskRefusal, type DonationRequest } from "../../../protocol/ports/desk.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { codeIn } from "../../codes.ts";
import type { GiftBody } from "../../schemas/requests/donations.ts";
import { inField, requireCurrency } from "../fields.ts";

export const giftsOf = async (
  read: Read,
  bodies: readonly Static<typeof GiftBody>[],
): Promise<readonly DonationRequest[]> => {
  const currencies = new Map((await read.funds()).map(({ fund, currency }) => [fund, currency]));
  // Gifts of a request are of few funds.
  const funds = new Map<string, FundId>();
  return bodies.map((body, index) => {
    const at = `donations[${index}]`;
    const fund = funds.get(body.fund) ?? codeIn("fund", `${at}.fund`, body.fund).fund;
    funds.set(body.fund, fund);
    const currency = currencies.get(fund);
    if (currency === undefined) throw new DeskRefusal(`${at}.fund`, `no fund ${body.fund}`);
    requireCurrency(`${at}.currency`, currency, body.currency);
    return {
      fund,
      channel: body.channel,
      occurredAt: body.occurredAt,
      transactionNumber: body.transactionNumber,
      amount: inField(`${at}.amount`, () => parseMinorUnits(body.amount)),
      providerIssued: body.providerIssued,
      ...(body.remark === undefined ? {} : { remark: body.remark }),
      ...(body.day === undefined ? {} : { day: inField(`${at}.day`, () => parseDay(body.day ?? "")) }),
    };
  });
};
