/**
 * The ids that the ledger hands out. Each is a 32-bit number on the chain; the brand keeps a claim id from
 * being used where a batch id is meant. Ids count from 1; 0 means "none" wherever a record may lack one.
 */
declare const brand: unique symbol;
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

export type FundId = Brand<number, "FundId">;
export type BatchId = Brand<number, "BatchId">;
export type ProgrammeId = Brand<number, "ProgrammeId">;
/** The ordinal of a policy period inside its programme: 1 for the first. One past the last is the run-off. */
export type PeriodNumber = Brand<number, "PeriodNumber">;
export type AllocationId = Brand<number, "AllocationId">;
export type ClaimId = Brand<number, "ClaimId">;
export type PayoutId = Brand<number, "PayoutId">;
export type ExpenseId = Brand<number, "ExpenseId">;
export type RosterId = Brand<number, "RosterId">;
export type RecoveryId = Brand<number, "RecoveryId">;
export type MoveId = Brand<number, "MoveId">;
export type RefundId = Brand<number, "RefundId">;
export type AttestationId = Brand<number, "AttestationId">;
export type FindingId = Brand<number, "FindingId">;
export type ConfirmationId = Brand<number, "ConfirmationId">;
export type CorrectionId = Brand<number, "CorrectionId">;
export type ActorId = Brand<number, "ActorId">;

/** A 32-byte value in lower-case hexadecimal with 0x: a digest, a salted commitment, an operation id. */
export type Bytes32 = Brand<`0x${string}`, "Bytes32">;
/** A 20-byte account or contract in lower-case hexadecimal with 0x. */
export type Address = Brand<`0x${string}`, "Address">;

export class InvalidId extends Error {
  readonly kind: string;
  readonly value: string;
  constructor(kind: string, value: string) {
    super(`${kind}: expected a whole number from 0 to 4294967295, got ${value}`);
    this.name = "InvalidId";
    this.kind = kind;
    this.value = value;
  }
}

const isU32 = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;

const makeId =
  <Id extends Brand<number, string>>(kind: string) =>
  (value: number | bigint): Id => {
    const id = Number(value);
    if (!isU32(id)) throw new InvalidId(kind, String(value));
    return id as Id;
  };

export const fundId = makeId<FundId>("fund id");
export const batchId = makeId<BatchId>("batch id");
export const programmeId = makeId<ProgrammeId>("programme id");
export const periodNumber = makeId<PeriodNumber>("period number");
export const allocationId = makeId<AllocationId>("allocation id");
export const claimId = makeId<ClaimId>("claim id");
export const payoutId = makeId<PayoutId>("payout id");
export const expenseId = makeId<ExpenseId>("expense id");
export const rosterId = makeId<RosterId>("roster id");
export const recoveryId = makeId<RecoveryId>("recovery id");
export const moveId = makeId<MoveId>("move id");
export const refundId = makeId<RefundId>("refund id");
export const attestationId = makeId<AttestationId>("attestation id");
export const findingId = makeId<FindingId>("finding id");
export const confirmationId = makeId<ConfirmationId>("confirmation id");
export const correctionId = makeId<CorrectionId>("correction id");
export const actorId = makeId<ActorId>("actor id");

export class InvalidHex extends Error {
  readonly kind: string;
  readonly lengthBytes: number;
  readonly value: string;
  constructor(kind: string, lengthBytes: number, value: string) {
    super(`${kind}: expected 0x and ${lengthBytes * 2} hexadecimal digits, got ${value.slice(0, 80)}`);
    this.name = "InvalidHex";
    this.kind = kind;
    this.lengthBytes = lengthBytes;
    this.value = value;
  }
}

export const bytes32 = (value: string): Bytes32 => {
  if (!/^0x[0-9a-fA-F]{64}$/.test(value)) throw new InvalidHex("bytes32", 32, value);
  return value.toLowerCase() as Bytes32;
};

export const address = (value: string): Address => {
  if (!/^0x[0-9a-fA-F]{40}$/.test(value)) throw new InvalidHex("address", 20, value);
  return value.toLowerCase() as Address;
};
