/** Rosters of the same period that were made before: their people keep the salts, and so the pseudonyms, they have. */
import type { KeyObject } from "node:crypto";
import { fromHex } from "../../protocol/bytes.ts";
import { openingLengthBytes, readOpening } from "../../protocol/rosters/opening.ts";
import { InvalidCall } from "./arguments.ts";
import type { BuildCall } from "./arguments.ts";
import { framesOf, readRosterRecord } from "./folder.ts";
import { UnreadableOpenings } from "./openings.ts";
import { earlierLine } from "./people.ts";
import type { People } from "./people.ts";

/** Takes their rows in. Throws {@link InvalidCall}, {@link UnreadableOpenings} and what reading them throws. */
export const readEarlier = async (call: BuildCall, key: KeyObject, people: People): Promise<void> => {
  for (const folder of call.earlier) {
    const record = readRosterRecord(folder);
    if (record.of.programme !== call.of.programme || record.of.period !== call.of.period) {
      throw new InvalidCall(`--earlier ${folder}: is a roster of another programme or period`);
    }
    for await (const frame of framesOf(folder, record, key)) {
      for (let index = 0; index < frame.length / openingLengthBytes; index += 1) {
        const { idNumber, validity, salt } = readOpening(frame, index);
        const placed = people.place(idNumber, validity, earlierLine, fromHex(salt));
        if (!("salt" in placed) || Buffer.compare(placed.salt, fromHex(salt)) !== 0) {
          throw new UnreadableOpenings(
            folder,
            "disagrees with another --earlier: one person has two pseudonyms, or one validity twice; is a folder named twice?",
          );
        }
      }
    }
  }
};
