/**
 * What does not go the ordinary way in the demonstration: claims rejected, withdrawn and held, money of a payout that
 * comes back, gifts repaid, a grant that follows a claim.
 */
import { fen } from "../../../protocol/amounts.ts";
import { refundId, type ClaimId, type PayoutId } from "../../../protocol/ids.ts";
import { reasons, type DayNumber } from "../../../protocol/ledger/events.ts";
import type { DonationRequest } from "../../../protocol/ports/desk.ts";
import type { Claims, PlannedClaim } from "./claims.ts";
import { aid, kangbao, published, shangyi, yangyuan, yuxian } from "./counties.ts";
import { generalFund } from "./gifts.ts";
import type { Random } from "./random.ts";
import type { Act, Entry } from "./steps.ts";
import type { Tally } from "./tally.ts";
import { at, claimsGroups } from "./timetable.ts";

/** The script so far, and what goes on in it. */
export interface Pen {
  readonly tally: Tally;
  readonly claims: Claims;
  readonly step: (act: Act) => void;
  readonly file: (planned: readonly PlannedClaim[]) => void;
  readonly approve: (planned: readonly PlannedClaim[]) => void;
  /** Pays what stands before the reserve of the programme. */
  readonly pay: (programmes: readonly number[]) => void;
  readonly planned: (group: number, programme: number) => readonly PlannedClaim[];
  /** The latest payout of a claim that was paid. */
  readonly payoutOf: (claim: ClaimId) => PayoutId;
  readonly settledOn: (day: DayNumber) => readonly DonationRequest[];
}

/** Groups of claims by their place in the timetable, and what becomes of one claim in each. */
const recovered = { group: 14, at: at(20190610, 11) } as const;
const returned = { group: 12, at: at(20190304, 11), paidAgain: at(20190308, 10) } as const;
const held = { group: 20, at: at(20191029, 15) } as const;
const withdrawn = { group: 5, at: at(20180725, 15) } as const;
const grant = { filed: at(20191008, 10), approved: at(20191010, 10), paid: at(20191012, 10) } as const;

/** Without a claim like that the demonstration would not show what it is to show. */
const found = <Item>(item: Item | undefined, what: string): Item => {
  if (item === undefined) throw new RangeError(`the demonstration's figures hold no ${what}`);
  return item;
};

export const exceptions = (pen: Pen, random: Random): readonly Entry[] => [
  ...rejections(pen, random),
  ...withdrawal(pen),
  ...hold(pen),
  ...recovery(pen),
  ...bankReturn(pen),
  ...refunds(pen),
  ...grants(pen),
];

/**
 * One a month in Yuxian, at least eleven in its first year: fewer are never published, and would keep the whole
 * county's settlement times back. In the others none.
 */
const rejections = ({ claims, file, step }: Pen, random: Random): readonly Entry[] =>
  claimsGroups.flatMap(({ filed, approved }): readonly Entry[] => {
    let planned: PlannedClaim | undefined;
    return [
      {
        at: filed,
        write: () => {
          planned = claims.plan(yuxian, filed, random.between(30_000, 900_000));
          file([planned]);
        },
      },
      {
        at: approved,
        write: () => {
          const { claim } = found(planned, "claim to reject");
          step({ verb: "rejectClaims", claims: [{ claim, reason: random.pick(reasons) }] });
        },
      },
    ];
  });

const groupAt = (index: number) => found(claimsGroups[index], `group ${index} of claims`);

const withdrawal = ({ claims, file, step }: Pen): readonly Entry[] => {
  const { filed } = groupAt(withdrawn.group);
  let planned: PlannedClaim | undefined;
  return [
    {
      at: filed,
      write: () => {
        planned = claims.plan(yuxian, filed, 84_600);
        file([planned]);
      },
    },
    {
      at: withdrawn.at,
      write: () => step({ verb: "withdrawClaims", claims: [found(planned, "withdrawn claim").claim] }),
    },
  ];
};

/** A claim of Yangyuan that lacks a piece of evidence: all that were approved after it overtake it. */
const hold = ({ claims, file, approve, step, tally }: Pen): readonly Entry[] => {
  const { filed, approved } = groupAt(held.group);
  let planned: PlannedClaim | undefined;
  return [
    {
      at: filed,
      write: () => {
        planned = claims.plan(yangyuan, filed, 336_000);
        file([planned]);
      },
    },
    { at: approved, write: () => approve([found(planned, "held claim")]) },
    {
      at: held.at,
      write: () => {
        const { claim } = found(planned, "held claim");
        tally.hold(yangyuan, claim);
        step({ verb: "holdClaims", claims: [{ claim, reason: "evidence" }] });
      },
    },
  ];
};

/** Two fifths of a payout of Yuxian come back: somebody else had paid them too. */
const recovery = ({ planned, payoutOf, step, tally }: Pen): readonly Entry[] => [
  {
    at: recovered.at,
    write: () => {
      const paid = planned(recovered.group, yuxian).toSorted((one, other) =>
        Number(other.approved - one.approved),
      );
      const { claim, approved } = found(paid[0], "claim to recover from");
      const amount = fen((approved * 2n) / 5n);
      tally.recover(yuxian, Number(amount));
      step({
        verb: "recoverPayout",
        request: { payout: payoutOf(claim), amount, voucher: "DEMO-RECOVERY-000001" },
      });
    },
  },
];

/** The bank could not credit a payment of Shangyi; it is paid again a few days later. */
const bankReturn = ({ planned, payoutOf, pay, step, tally }: Pen): readonly Entry[] => [
  {
    at: returned.at,
    write: () => {
      const { claim, approved } = found(planned(returned.group, shangyi)[0], "claim to return");
      tally.returnPayment(shangyi, { claim, amountFen: Number(approved) });
      step({
        verb: "recoverPayout",
        request: { payout: payoutOf(claim), voucher: "DEMO-RETURN-000001" },
      });
    },
  },
  { at: returned.paidAgain, write: () => pay([shangyi]) },
];

/** One gift repaid in part and still owed by the foundation, one repaid whole and covered. */
const refunds = ({ settledOn, step }: Pen): readonly Entry[] => {
  const giftOf = (day: DayNumber): DonationRequest =>
    found(
      settledOn(day).find(
        ({ fund, channel, amount }) =>
          fund === generalFund && channel === "alipay" && amount >= 100_000n && amount < 400_000n,
      ),
      `gift of ${day} to repay`,
    );
  return [
    {
      at: at(20190925, 15),
      write: () => {
        const gift = giftOf(20190914);
        step({ verb: "refundGift", gift, amount: gift.amount });
      },
    },
    {
      at: at(20190930, 15),
      write: () =>
        step({
          verb: "coverRefund",
          request: { refund: refundId(1), channel: "bank", paymentNumber: "DEMO-COVER-000001" },
        }),
    },
    {
      at: at(20191030, 15),
      write: () => step({ verb: "refundGift", gift: giftOf(20190314), amount: fen(50_000n) }),
    },
  ];
};

/** The claim of Kangbao whose amount is published still left its person much to pay. */
const grants = ({ planned, claims, step, pay, tally }: Pen): readonly Entry[] => {
  let granted: ReturnType<Claims["planGrant"]> | undefined;
  return [
    {
      at: grant.filed,
      write: () => {
        const followed = claimsGroups
          .flatMap((_, group) => planned(group, kangbao))
          .find(({ approved }) => Number(approved) === published.oneClaimFen);
        granted = claims.planGrant(found(followed, "claim of the published amount"));
        step({ verb: "fileGrants", claims: [granted.request] });
      },
    },
    {
      at: grant.approved,
      write: () => {
        const { claim, approved: amount, remaining } = found(granted, "grant");
        tally.approve(aid, { claim, amountFen: Number(amount) });
        step({ verb: "approveClaims", claims: [{ claim, amount, remaining }] });
      },
    },
    { at: grant.paid, write: () => pay([aid]) },
  ];
};
