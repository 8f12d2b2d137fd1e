/**
 * What the end of the process says to whoever watches over it (sysexits.h): whether starting it again may help. A
 * service manager restarts on 75 and leaves the other two alone.
 */
import { NotADemonstration, DamagedMark } from "./commands/demonstration/mark.ts";
import { DamagedBackup, UnfitFolder } from "./commands/backup.ts";
import { NothingToCompare, RecordDiffers } from "./commands/rechain.ts";
import { HardhatVersionMismatch } from "./chain/embedded.ts";
import { WrongNode } from "./chain/node-chain.ts";
import { InvalidConfig } from "./config.ts";
import { AbiMismatch, DamagedDeployment, DeploymentMismatch } from "./deployment/record.ts";
import { DeploymentFailed } from "./deployment/first.ts";
import { DataFolderInUse, ReadableByOthers } from "./folder.ts";
import { IncompleteDeployment } from "./gateway.ts";
import { DamagedIndexRow } from "./index/codecs/choices.ts";
import { OutboxBehindIndex } from "./index/agreement.ts";
import { DeepReorg, UnreadableIndex, WrongChain } from "./index/errors.ts";
import { InvalidKeystore, WrongKeystorePassword } from "./keys/keystore.ts";
import { InvalidVaultKey } from "./keys/secrets.ts";
import { DamagedClockOffset } from "./outbox/kept-clock.ts";
import { ForeignKeys } from "./stores.ts";
import { ForeignOutbox, ReplayDiverged } from "./outbox/replay.ts";
import { DamagedReplica } from "./replica/kept.ts";
import { NotEmbedded, NotOutside } from "./replica/source.ts";
import { UnreadableEvidence } from "./replica/evidence.ts";
import { FinalBlockReplaced, SenderStopped } from "./outbox/errors.ts";
import { MissingBytes } from "./outbox/store.ts";
import { InconsistentEvent } from "../protocol/ledger/refusals.ts";
import { UnknownSchema } from "./database/database.ts";
import { DamagedRow } from "./database/rows.ts";

export const exitCodes = {
  stopped: 0,
  /** Books, keys or index are not as they were recorded: somebody has to look before it is started again. */
  data: 65,
  /** Something passing may be at fault, such as a full disk or a port in use: a restart may help. */
  retry: 75,
  /** The configuration, or the version that was installed, does not fit the data folder. */
  config: 78,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const ofConfig = [
  InvalidConfig,
  ForeignKeys,
  DataFolderInUse,
  ReadableByOthers,
  WrongKeystorePassword,
  ForeignOutbox,
  WrongNode,
  HardhatVersionMismatch,
  UnknownSchema,
  AbiMismatch,
  WrongChain,
  NotADemonstration,
  UnfitFolder,
  NotEmbedded,
  NotOutside,
] as const;

const ofData = [
  ReplayDiverged,
  FinalBlockReplaced,
  MissingBytes,
  DamagedRow,
  DamagedMark,
  DamagedClockOffset,
  DamagedDeployment,
  DeploymentMismatch,
  DeploymentFailed,
  IncompleteDeployment,
  InvalidKeystore,
  InvalidVaultKey,
  OutboxBehindIndex,
  UnreadableIndex,
  DamagedIndexRow,
  InconsistentEvent,
  DeepReorg,
  DamagedBackup,
  RecordDiffers,
  NothingToCompare,
  DamagedReplica,
  UnreadableEvidence,
] as const;

/** SQLite's codes for a damaged file (11) and for a file that it did not write (26). */
const isDamagedFile = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);

/** The code to end with after `error`; a stop is judged by what caused it. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (ofConfig.some((kind) => error instanceof kind)) return exitCodes.config;
  if (isDamagedFile(error) || ofData.some((kind) => error instanceof kind)) return exitCodes.data;
  return error instanceof SenderStopped && error.cause !== undefined
    ? exitCodeOf(error.cause)
    : exitCodes.retry;
};

/** The last words of the process, with what to do. */
export const lastWordsOf = (error: unknown): string => {
  if (isDamagedFile(error))
    return `a store is damaged (${String(error)}); restore the data folder from its backup`;
  return error instanceof Error ? error.message : String(error);
};
