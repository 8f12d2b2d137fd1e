import { expect } from "chai";
import { createSecretKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { periodNumber, programmeId } from "../../../protocol/ids.ts";
import { openingLengthBytes } from "../../../protocol/rosters/opening.ts";
import { LeafWorkers } from "../../../scripts/roster/leaf-workers.ts";
import { OpeningsWriter, readOpenings, recordsPerFrame } from "../../../scripts/roster/openings.ts";
import { inventedIdNumber } from "../../protocol/rosters/invented.ts";
import { Desk, peopleCsv } from "./files.ts";

const of = { programme: programmeId(7), period: periodNumber(3) };
const headerBytes = 48;
const frameBytes = recordsPerFrame * openingLengthBytes + 16;
const people = Array.from({ length: 2 * recordsPerFrame + 5 }, (_, n) => inventedIdNumber(n));

describe("an openings file", () => {
  const desk = new Desk();
  let whole: Buffer;
  const path = desk.path("roster/openings.bin");
  before(async () => {
    expect(await desk.run(desk.build(peopleCsv(people), "roster"))).to.equal(0);
    whole = readFileSync(path);
  });
  afterEach(() => writeFileSync(path, whole));
  after(() => desk.folder.remove());

  /** Reads it frame by frame with the digest of what is there, so that only the frames tell. */
  const readsAs = async (content: Buffer): Promise<string> => {
    writeFileSync(path, content);
    const { createHash } = await import("node:crypto");
    const digest = createHash("sha256").update(content).digest("hex");
    const key = createSecretKey(readFileSync(desk.path("key"), "utf8").trim(), "hex");
    let records = 0;
    try {
      for await (const frame of readOpenings({ path, key, of, digest })) {
        records += frame.length / openingLengthBytes;
      }
      return `${records} records`;
    } catch (error) {
      return error instanceof Error ? `${error.name} after ${records}` : "no error";
    }
  };
  const frame = (index: number): Buffer =>
    whole.subarray(headerBytes + index * frameBytes, headerBytes + (index + 1) * frameBytes);
  const header = (): Buffer => whole.subarray(0, headerBytes);

  it("is read in frames, as it was written", async () => {
    expect(await readsAs(whole)).to.equal(`${people.length} records`);
    expect(whole.length).to.equal(headerBytes + 3 * 16 + people.length * openingLengthBytes);
  });

  const changes: readonly (readonly [string, () => Buffer, string])[] = [
    ["a frame left out", () => Buffer.concat([header(), frame(0), frame(2)]), "UnreadableOpenings after 712"],
    [
      "its last frame left out",
      () => Buffer.concat([header(), frame(0), frame(1)]),
      "UnreadableOpenings after 712",
    ],
    [
      "frames exchanged",
      () => Buffer.concat([header(), frame(1), frame(0), frame(2)]),
      "UnreadableOpenings after 0",
    ],
    ["its end cut off", () => whole.subarray(0, -1), "UnreadableOpenings after 1424"],
    ["all but some bytes cut off", () => whole.subarray(0, headerBytes + 3), "UnreadableOpenings after 0"],
    ["half a header", () => whole.subarray(0, 20), "UnreadableOpenings after 0"],
    ["a byte appended", () => Buffer.concat([whole, Buffer.of(0)]), "UnreadableOpenings after 1424"],
    ["another file salt", () => changedAt(30), "UnreadableOpenings after 0"],
    ["another period in its header", () => changedAt(15), "UnreadableOpenings after 0"],
    [
      "one bit changed in the middle",
      () => changedAt(headerBytes + frameBytes + 99),
      "UnreadableOpenings after 712",
    ],
  ];
  const changedAt = (place: number): Buffer => {
    const content = Buffer.from(whole);
    content[place] = Number(content[place]) ^ 1;
    return content;
  };
  for (const [what, change, outcome] of changes) {
    it(`does not open with ${what}`, async () => {
      expect(await readsAs(change())).to.equal(outcome);
    });
  }

  it("is refused where roster.json names another one, or has another root or count", async () => {
    const recordPath = desk.path("roster/roster.json");
    const record = readFileSync(recordPath, "utf8");
    const proven = async (text: string): Promise<number> => {
      writeFileSync(recordPath, text);
      const code = await desk.run(desk.prove("roster"), [`${people[1]}\n`]);
      writeFileSync(recordPath, record);
      return code;
    };
    expect(await proven(record)).to.equal(0);
    expect(await proven(record.replace(/("sha256": "0x).{4}/, "$10000"))).to.equal(3);
    expect(desk.errors).to.contain("is not the file that roster.json names");
    expect(await proven(record.replace(/("root": "0x).{4}/, "$10000"))).to.equal(3);
    expect(desk.errors).to.contain("does not lead to the root");
    expect(
      await proven(record.replace(`"count": ${people.length}`, `"count": ${people.length + 1}`)),
    ).to.equal(3);
    expect(desk.errors).to.contain("does not hold the 1430 openings that roster.json says");
    expect(await proven(record.replace(`"count": ${people.length}`, `"count": 1`))).to.equal(3);
    expect(await proven("{}")).to.equal(3);
    expect(await proven(peopleCsv(people.slice(0, 3)))).to.equal(3);
  });

  it("has a key of its own: two files of the same records have no frame in common", async () => {
    const key = createSecretKey(Buffer.alloc(32, 7));
    const files: Buffer[] = [];
    for (const name of ["one.bin", "other.bin"]) {
      const writer = await OpeningsWriter.create(desk.path(name), key, of);
      await writer.write(new Uint8Array(openingLengthBytes));
      await writer.finish();
      files.push(readFileSync(desk.path(name)).subarray(headerBytes));
    }
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).to.equal(false);
  });
});

describe("the threads that hash", () => {
  it("fail the call, and every later one of the thread, when one of them fails", async () => {
    const workers = new LeafWorkers(of, 1);
    const outcomes = await Promise.allSettled([
      workers.compute(new Uint8Array(5)),
      workers.compute(new Uint8Array(openingLengthBytes)),
    ]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
    const [later] = await Promise.allSettled([workers.compute(new Uint8Array(openingLengthBytes))]);
    expect(later.status).to.equal("rejected");
    await workers.end();
  });
});
