/** Pass two: records what pass one found to be new, request after request. */
import { createHash } from "node:crypto";
import { GiftReader, type Checked, type PlacedGift } from "./check.ts";
import { Chunks } from "./chunks.ts";
import { fileDigest, type CsvFile } from "./csv.ts";
import { Faults } from "./faults.ts";
import { InFlight, requestsAtOnce } from "./in-flight.ts";
import type { Profile } from "./profile.ts";
import type { ImportTarget } from "./target.ts";
import { Tallies } from "./totals.ts";

/** The file was written to between the two passes. */
export class FileChanged extends Error {
  constructor(path: string) {
    super(
      `${path} changed while it was imported; run the import again, what was recorded counts as recorded`,
    );
    this.name = "FileChanged";
  }
}

export interface Recorded {
  readonly bySource: Tallies;
  readonly byFund: Tallies;
  readonly requests: number;
}

/**
 * The key under which the gateway recognises a request that it had before: after a crash of this script the same
 * rows make the same key, so a request whose answer was lost is not recorded twice.
 */
export const requestKey = (file: string, profile: string, gifts: readonly PlacedGift[]): string =>
  createHash("sha256")
    .update(`${file}\n${profile}\n${gifts.map(({ record }) => record).join(",")}`)
    .digest("hex");

/**
 * Records the file's new gifts. `digests` are those of the file in pass one and of the profile. Throws
 * {@link FileChanged} before anything is sent that pass one did not see, and what the target throws.
 */
export const recordFile = async (
  file: CsvFile,
  profile: Profile,
  checked: Checked,
  digests: { readonly file: string; readonly profile: string },
  target: ImportTarget,
  onRecorded: (gifts: number) => void,
): Promise<Recorded> => {
  const result = { bySource: new Tallies(), byFund: new Tallies(), requests: 0 };
  const send = async (gifts: readonly PlacedGift[]): Promise<void> => {
    await target.record(
      gifts.map(({ gift }) => gift),
      requestKey(digests.file, digests.profile, gifts),
    );
    result.requests += 1;
    for (const { gift, source } of gifts) {
      result.bySource.add(source, gift.amount);
      result.byFund.add(gift.fund, gift.amount);
    }
    onRecorded(gifts.length);
  };

  if ((await fileDigest(file.path)) !== digests.file) throw new FileChanged(file.path);
  const faults = new Faults();
  const chunks = new Chunks();
  const requests = new InFlight(requestsAtOnce);
  for await (const placed of new GiftReader(profile, file, faults).gifts()) {
    if (checked.recorded?.has(placed.record) === true) continue;
    const full = chunks.add(placed);
    if (full !== undefined) await requests.begin(() => send(full));
  }
  for (const rest of chunks.rest()) await requests.begin(() => send(rest));
  await requests.end();
  if (faults.count > 0 || file.digest !== digests.file) throw new FileChanged(file.path);
  return result;
};
