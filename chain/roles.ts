/** Role ids, as contracts/access/Roles.sol computes them. */
import { encodeAbiParameters, keccak256, numberToHex, stringToHex, type Hex } from "viem";
import { encodeChannel } from "../protocol/donations/channel.ts";
import { bytes32, type Bytes32, type ProgrammeId } from "../protocol/ids.ts";

export const ledgerRoles = ["recorder", "treasurer", "auditor", "guardian"] as const;
export const programmeRoles = ["coordinator", "adjudicator", "payer"] as const;
export const channelRoles = ["provider"] as const;
export type LedgerRole = (typeof ledgerRoles)[number];
export type ProgrammeRole = (typeof programmeRoles)[number];
export type ChannelRole = (typeof channelRoles)[number];

const roleId = (name: string, scope: Hex): Bytes32 =>
  bytes32(
    keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "bytes32" }],
        [stringToHex(name, { size: 32 }), scope],
      ),
    ),
  );

const programmeScope = (programme: number): Hex => numberToHex(programme, { size: 32 });

export const ledgerRole = (name: LedgerRole): Bytes32 => roleId(name, programmeScope(0));
export const programmeRole = (name: ProgrammeRole, programme: ProgrammeId): Bytes32 =>
  roleId(name, programmeScope(programme));
/** Throws InvalidChannel where `channel` cannot be a channel's id. */
export const channelRole = (name: ChannelRole, channel: string): Bytes32 =>
  roleId(name, encodeChannel(channel));
