/** Money that came back from claims, and what ended programmes passed on. */
import { encodeCode } from "../../protocol/codes/code.ts";
import type { ClaimId, ProgrammeId } from "../../protocol/ids.ts";
import type { MoveRecord, RecoveryRecord } from "../../protocol/ledger/records.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { MoveView, Page, RecoveryView } from "../../protocol/ports/views.ts";
import { moveOf, recoveryOf } from "../index/codecs/lines.ts";
import { mapPage, pageOf } from "./pages.ts";
import { loadProgramme, nameOfProgramme } from "./reading.ts";
import type { Reading } from "./reading.ts";

const recoveryView = (recovery: RecoveryRecord): RecoveryView => ({
  recovery: recovery.recovery,
  payout: recovery.payout,
  claim: recovery.claim,
  claimCode: encodeCode({ kind: "claim", claim: recovery.claim }),
  programme: recovery.programme,
  amount: recovery.amount,
  returned: recovery.returned,
  period: recovery.period,
  reserveStart: recovery.reserveStart,
  recoveredAt: recovery.place,
});

/** In the order in which they were recorded. */
export const readRecoveries = async (
  { database }: Reading,
  filter: { readonly programme?: ProgrammeId; readonly claim?: ClaimId },
  page: PageRequest,
): Promise<Page<RecoveryView>> => {
  const rows = await pageOf(
    "recoveries",
    page,
    (after, count) => {
      let query = database.selectFrom("recoveries").selectAll().where("recovery", ">", after);
      if (filter.programme !== undefined) query = query.where("programme", "=", filter.programme);
      if (filter.claim !== undefined) query = query.where("claim", "=", filter.claim);
      return query.orderBy("recovery").limit(count).execute();
    },
    ({ recovery }) => recovery,
  );
  return mapPage(rows, (found) => found.map(recoveryOf).map(recoveryView));
};

const moveView = async (reading: Reading, move: MoveRecord): Promise<MoveView> => ({
  move: move.move,
  from: move.from,
  fromName: await nameOfProgramme(reading, move.from),
  to: move.to,
  toName: await nameOfProgramme(reading, move.to),
  currency: (await loadProgramme(reading, move.to))?.currency ?? "",
  reserveAmount: move.reserveAmount,
  operationsAmount: move.operationsAmount,
  movedAt: move.place,
});

/** In the order in which they were recorded; of a programme, those into it and out of it. */
export const readMoves = async (
  reading: Reading,
  { programme }: { readonly programme?: ProgrammeId },
  page: PageRequest,
): Promise<Page<MoveView>> => {
  const rows = await pageOf(
    "moves",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("moves").selectAll().where("move", ">", after);
      if (programme !== undefined) {
        query = query.where((where) =>
          where.or([where("from_programme", "=", programme), where("to_programme", "=", programme)]),
        );
      }
      return query.orderBy("move").limit(count).execute();
    },
    ({ move }) => move,
  );
  return mapPage(rows, (found) => Promise.all(found.map((row) => moveView(reading, moveOf(row)))));
};
