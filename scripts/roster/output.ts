/** Where a roster's rows go: through the threads into the encrypted file, in their order; what stays are the leaves. */
import type { KeyObject } from "node:crypto";
import { leafOfRecord, openingLengthBytes, writeOpening } from "../../protocol/rosters/opening.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { LeafWorkers } from "./leaf-workers.ts";
import { OpeningsWriter, recordsPerFrame } from "./openings.ts";
import type { RosterRow } from "./row.ts";

const leafLength = 32;

export class RosterOutput {
  count = 0;
  readonly #workers: LeafWorkers;
  readonly #writer: OpeningsWriter;
  /** Settled outcomes, so that one that fails while others are awaited is not an unhandled rejection. */
  readonly #underWay: Promise<PromiseSettledResult<Uint8Array>>[] = [];
  #frame = newFrame();
  #inFrame = 0;
  #leaves = new Uint8Array(1024 * leafLength);
  #leavesEnd = 0;

  private constructor(workers: LeafWorkers, writer: OpeningsWriter) {
    this.#workers = workers;
    this.#writer = writer;
  }

  static async create(path: string, key: KeyObject, of: RosterPeriod): Promise<RosterOutput> {
    const writer = await OpeningsWriter.create(path, key, of);
    return new RosterOutput(new LeafWorkers(of), writer);
  }

  async add(row: RosterRow, salt: Uint8Array): Promise<void> {
    writeOpening(this.#frame, this.#inFrame, { ...row, salt });
    this.count += 1;
    this.#inFrame += 1;
    if (this.#inFrame === recordsPerFrame) await this.#send();
  }

  /** Completes the file and answers its digest and the leaves, in the order of the rows. */
  async finish(): Promise<{ readonly leaves: Uint8Array; readonly openingsDigest: string }> {
    if (this.#inFrame > 0) await this.#send();
    while (this.#underWay.length > 0) await this.#writeNext();
    const openingsDigest = await this.#writer.finish();
    await this.#workers.end();
    return { leaves: this.#leaves.subarray(0, this.#leavesEnd), openingsDigest };
  }

  /** Gives up; the file is left as it is, for the caller to remove. */
  async abandon(): Promise<void> {
    await this.#workers.end();
    await this.#writer.abandon();
  }

  async #send(): Promise<void> {
    const frame = this.#frame.slice(0, this.#inFrame * openingLengthBytes);
    this.#underWay.push(Promise.allSettled([this.#workers.compute(frame)]).then(([outcome]) => outcome));
    this.#frame = newFrame();
    this.#inFrame = 0;
    if (this.#underWay.length > this.#workers.depth) await this.#writeNext();
  }

  async #writeNext(): Promise<void> {
    const outcome = await this.#underWay.shift();
    if (outcome === undefined) return;
    if (outcome.status === "rejected") throw outcome.reason;
    const records = outcome.value;
    this.#keepLeaves(records);
    await this.#writer.write(records);
  }

  #keepLeaves(records: Uint8Array): void {
    const count = records.length / openingLengthBytes;
    if (this.#leavesEnd + count * leafLength > this.#leaves.length) {
      const larger = new Uint8Array(this.#leaves.length * 2);
      larger.set(this.#leaves);
      this.#leaves = larger;
    }
    for (let index = 0; index < count; index += 1) {
      this.#leaves.set(leafOfRecord(records, index), this.#leavesEnd);
      this.#leavesEnd += leafLength;
    }
  }
}

const newFrame = (): Uint8Array<ArrayBuffer> => new Uint8Array(recordsPerFrame * openingLengthBytes);
