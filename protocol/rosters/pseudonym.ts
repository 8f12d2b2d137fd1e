/**
 * How an insured person is called on the chain: a salted pseudonym, another one in every programme and period, so
 * that nobody can follow a person from one to the next or find one by trying id numbers.
 */
import { bigEndian, concat, fromHex, keccakHex, utf8 } from "../bytes.ts";
import type { Bytes32, PeriodNumber, ProgrammeId } from "../ids.ts";
import { canonicalJson } from "../json.ts";
import type { IdNumber } from "./id-number.ts";

/** Apart from the trees of donations (0x00-0x02), donations (0x10) and evidence (0x11). */
export const personDomain = 0x12;

export interface RosterPeriod {
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
}

/**
 * keccak256(0x12 ‖ salt 32 ‖ programme u32 ‖ period u32 ‖ RFC 8785 JSON {idNumber}). The salt is 32 random bytes,
 * drawn once for a person, programme and period, kept only in the openings; without it the pseudonym says nothing.
 */
export const personPseudonym = (
  salt: Bytes32,
  { programme, period }: RosterPeriod,
  idNumber: IdNumber,
): Bytes32 =>
  keccakHex(
    concat(
      Uint8Array.of(personDomain),
      fromHex(salt),
      bigEndian(programme, 4),
      bigEndian(period, 4),
      utf8(canonicalJson({ idNumber })),
    ),
  );
