/** Role ids, as contracts/access/Roles.sol computes them. */
import { encodeAbiParameters, keccak256, stringToHex } from "viem";
import { bytes32, type Bytes32, type ProgrammeId } from "../protocol/ids.ts";

export const ledgerRoles = ["recorder", "treasurer", "auditor", "guardian"] as const;
export const programmeRoles = ["coordinator", "adjudicator", "payer"] as const;
export type LedgerRole = (typeof ledgerRoles)[number];
export type ProgrammeRole = (typeof programmeRoles)[number];

const roleId = (name: string, programme: number): Bytes32 =>
  bytes32(
    keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "uint32" }],
        [stringToHex(name, { size: 32 }), programme],
      ),
    ),
  );

export const ledgerRole = (name: LedgerRole): Bytes32 => roleId(name, 0);
export const programmeRole = (name: ProgrammeRole, programme: ProgrammeId): Bytes32 =>
  roleId(name, programme);
