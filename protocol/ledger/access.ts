/** Who may act, where money may come in, and whether the ledger is paused. */
import { channelId } from "../donations/channel.ts";
import type { Bytes32 } from "../ids.ts";
import type { ActorRegistered, ChannelRegistered, RoleGranted, RoleRevoked } from "./events.ts";
import type { LedgerState } from "./records.ts";
import { expectDigest, expectEqual, expectThat } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

const noAccount = `0x${"0".repeat(40)}`;

export const applyActorRegistered = (state: LedgerState, examination: Examination<ActorRegistered>): void => {
  const { event } = examination;
  expectEqual(examination, "actor", state.actors.length + 1, Number(event.actor));
  expectThat(examination, !state.actors.includes(event.account), "account", "a new one", event.account);
  expectThat(examination, event.account !== noAccount, "account", "not zero", event.account);
  state.actors.push(event.account);
};

export const applyRoleGranted = (state: LedgerState, { event }: Examination<RoleGranted>): void => {
  const holders = state.roles.get(event.role) ?? new Set();
  holders.add(event.account);
  state.roles.set(event.role, holders);
};

export const applyRoleRevoked = (state: LedgerState, { event }: Examination<RoleRevoked>): void => {
  const holders = state.roles.get(event.role);
  holders?.delete(event.account);
  if (holders?.size === 0) state.roles.delete(event.role);
};

export const applyChannelRegistered = (
  state: LedgerState,
  examination: Examination<ChannelRegistered>,
): void => {
  const { channel } = examination.event;
  expectThat(examination, !state.channels.has(channel), "channel", "a new one", channel);
  state.channels.add(channelId(channel));
};

/** Every operation lands once. */
export const expectNewOperation = (
  state: LedgerState,
  examination: Examination,
  operation: Bytes32,
): void => {
  expectDigest(examination, "operation", operation);
  expectThat(examination, !state.operations.has(operation), "operation", "a new one", operation);
};

/**
 * What a pause does not stop: the admin's actors and roles, and close records, which write down what time has decided.
 * The pause itself is begun once and ended once.
 */
export const expectNotPaused = ({ paused }: LedgerState, examination: Examination): void => {
  switch (examination.event.type) {
    case "ActorRegistered":
    case "RoleGranted":
    case "RoleRevoked":
    case "PeriodClosed":
      return;
    case "Unpaused":
      return expectEqual(examination, "paused", true, paused);
    default:
      return expectEqual(examination, "paused", false, paused);
  }
};
