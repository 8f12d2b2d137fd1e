/** Who acts on the shared chain's ledger, and with which roles. */
import { encodeAbiParameters, getContract, numberToHex, stringToHex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { fromHex, keccakHex } from "../../protocol/bytes.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { TestChain } from "./chain.ts";

/** Registered as actors 1, 2, … in this order; each has the role of its name. */
export const actors = [
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "guardian",
  "auditor",
  "provider",
] as const;
/**
 * `visitor` has every role and is no actor; `stranger` is an actor without a role; `neighbour` is an actor with every
 * role of programme 2 and the provider's of the channel `bank`, and none elsewhere. `filer` and `approver` are what a
 * test makes of them.
 */
export type Who =
  "admin" | (typeof actors)[number] | "visitor" | "stranger" | "neighbour" | "filer" | "approver";
export const everyone = [
  "admin",
  ...actors,
  "visitor",
  "stranger",
  "neighbour",
  "filer",
  "approver",
] as const satisfies readonly Who[];

export const channels = ["alipay", "bank", "interest"] as const;

const ledgerRoles = ["recorder", "treasurer", "guardian", "auditor"] as const;
export const programmeRoles = ["coordinator", "adjudicator", "payer"] as const;
/** Roles are granted in this many programmes, before these are opened. */
const programmesWithRoles = 5;

const roleOf = (name: string, scope: `0x${string}`): Bytes32 =>
  keccakHex(
    fromHex(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "bytes32" }],
        [stringToHex(name, { size: 32 }), scope],
      ),
    ),
  );

/** keccak256(abi.encode(name, programme)). */
export const roleId = (name: string, programme = 0): Bytes32 =>
  roleOf(name, numberToHex(programme, { size: 32 }));

/** keccak256(abi.encode("provider", channel)). */
export const providerRole = (channel: string): Bytes32 => roleOf("provider", encodeChannel(channel));

/** The number of an actor, as records name it; `filer` and `approver` where they are registered in this order. */
export const actorId = (who: Who): number => {
  const order = [...actors, "stranger", "neighbour", "filer", "approver"];
  return order.indexOf(who) + 1;
};

export const contractOf = (chain: TestChain, ledger: Address, account: Address) =>
  getContract({ address: ledger, abi: ledgerAbi, client: chain.writer(account) });

export type Writer = ReturnType<typeof contractOf>["write"];

export const accountOf = (chain: TestChain, who: Who): Address => {
  const account = chain.accounts[everyone.indexOf(who)];
  if (account === undefined) throw new RangeError(`no account for ${who}`);
  return account;
};

/** Registers the actors and channels and grants the roles, as the default admin. */
export const appoint = async (admin: Writer, account: (who: Who) => Address): Promise<void> => {
  const grant = (role: Bytes32, who: Who) => admin.grantRole([role, account(who)]);
  for (const who of [...actors, "stranger", "neighbour"] as const) await admin.registerActor([account(who)]);
  for (const name of ledgerRoles) {
    for (const who of [name, "visitor"] as const) await grant(roleId(name), who);
  }
  for (let programme = 1; programme <= programmesWithRoles; programme += 1) {
    for (const name of programmeRoles) {
      for (const who of [name, "visitor"] as const) await grant(roleId(name, programme), who);
      if (programme === 2) await grant(roleId(name, programme), "neighbour");
    }
  }
  for (const who of ["provider", "visitor"] as const) await grant(providerRole("alipay"), who);
  await grant(providerRole("bank"), "neighbour");
  for (const channel of channels) await admin.registerChannel([encodeChannel(channel)]);
};
