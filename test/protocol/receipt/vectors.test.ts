/** The published receipts: what a reader finds in each, and what each opens. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { utf8 } from "../../../protocol/bytes.ts";
import { receiptFaults, readReceipt } from "../../../protocol/receipt/read.ts";
import { proofOf, proofText, receiptText } from "../../../protocol/receipt/write.ts";
import { failureKinds } from "../../../protocol/verify/steps.ts";
import { receiptVectorsText } from "../../vectors/receipts.ts";
import { opensOf, pathOf } from "../../vectors/run.ts";

interface Fault {
  readonly fault: string;
  readonly at: string;
}
interface Vector {
  readonly name: string;
  readonly text: string;
  readonly read: string | readonly Fault[];
  readonly path?: string;
  readonly opens?: Readonly<Record<"amount" | "commitment" | "leftSum" | "treeRoot" | "batchRoot", string>>;
}

const text = readFileSync(new URL("../../vectors/receipts.json", import.meta.url), "utf8");
const { receipts } = JSON.parse(text) as { readonly receipts: readonly Vector[] };

describe("the published receipts", () => {
  it("are what the generator writes", () => expect(text).to.equal(receiptVectorsText()));

  it("show every fault that a reader can name", () => {
    const shown = receipts.flatMap(({ read }) =>
      typeof read === "string" ? [] : read.map(({ fault }) => fault),
    );
    expect([...new Set(shown)].toSorted()).to.deep.equal([...receiptFaults].toSorted());
  });

  it("show every way in which a path can miss its batch", () => {
    const paths = new Set(receipts.flatMap(({ path }) => path ?? []));
    const misses = failureKinds.path.filter((kind) => kind !== "leafDiffers");
    expect([...paths].toSorted()).to.deep.equal(["proven", ...misses].toSorted());
  });

  for (const { name, text: file, read, path, opens } of receipts) {
    const said = typeof read === "string" ? `${read}, ${path}` : read.map(({ fault }) => fault).join(", ");
    it(`${name}: ${said}`, () => {
      const found = readReceipt(file);
      expect(pathOf(file)).to.equal(path);
      if (found.kind === "faulty") {
        expect(found.faults).to.deep.equal(read);
        return;
      }
      expect(found.kind).to.equal(read);
      expect(utf8(file).length).to.be.at.most(5 * 1024);
      if (found.kind === "proof") {
        expect(proofText(found.proof)).to.equal(file);
        return;
      }
      const { receipt } = found;
      expect(receiptText(receipt)).to.equal(file);
      if (path !== "proven") return;
      expect(opensOf(file)).to.deep.equal(opens);
      expect(receipt.batch.root).to.equal(opens?.batchRoot);
    });
  }
});

describe("a receipt", () => {
  const [, second] = receipts;
  const read = readReceipt(second?.text ?? "");

  it("leaves its opening out of the proof that anyone may see", () => {
    if (read.kind !== "receipt") throw new RangeError(read.kind);
    const shown = proofText(proofOf(read.receipt));
    const { salt, payload } = read.receipt.opening;
    for (const secret of [salt, payload.transactionNumber, payload.occurredAt]) {
      expect(second?.text).to.contain(secret);
      expect(shown).not.to.contain(secret);
    }
  });

  it("names places of faults and never what was found there", () => {
    const spoiled = (second?.text ?? "").replace("INVENTED-2", "INVENTED-\\u0000");
    const found = readReceipt(spoiled);
    expect(JSON.stringify(found)).to.contain("opening.transactionNumber").and.not.to.contain("INVENTED");
  });
});
