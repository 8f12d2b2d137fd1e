/** Which heads a check believes, remembers and accuses somebody with: neither a lying node nor a forged file may borrow it. */
import { expect } from "chai";
import { batchId } from "../../../protocol/ids.ts";
import type { Node } from "../../../protocol/verify/ports.ts";
import { Unanswered, type Step, type StepResult } from "../../../protocol/verify/steps.ts";
import { verifyDonation, type Question, type Report } from "../../../protocol/verify/verify.ts";
import { there } from "../read/histories.ts";
import { asOfLie, fileLie, inside, otherHash } from "./lying.ts";
import { openScene, type Scene } from "./scene.ts";

const farAhead = 900_000_000;

describe("the heads of a check", function () {
  this.timeout(30_000);
  let scene: Scene;
  let question: Question;
  let newest: number;

  before(async () => {
    scene = await openScene(2, 200);
    const [{ batch, index } = { batch: batchId(1), index: 0 }] = scene.donations;
    question = { file: await scene.proof(batch, index), node: scene.node, gateway: scene.gateway };
    newest = (await scene.chain.head()).number;
  });
  after(() => scene.close());

  const resultOf = ({ results }: Report, step: Step): StepResult =>
    there(results.find((result) => result.step === step));
  const failures = ({ results }: Report) =>
    results.flatMap((result) => (result.outcome === "failed" ? [result.kind] : []));

  /** A node that goes on where the gateway stands still: blocks of one second each. */
  const ahead = (blocks: number): Node => {
    const grown = async () => {
      const head = await scene.chain.head();
      return { ...head, number: head.number + blocks, time: head.time + blocks, hash: otherHash };
    };
    const { node } = scene;
    const block: Node["block"] = async (number) =>
      number === newest + blocks ? grown() : node.block(number);
    return { ...node, newest: grown, final: grown, block };
  };

  it("remembers the block that the gateway speaks of, not the node's newest, which may still be replaced", async () => {
    const { verdict, seen } = await verifyDonation({ ...question, node: ahead(12) });
    expect(verdict).to.equal("passed");
    expect(seen?.number).to.equal(newest);
  });

  it("remembers the node's final block where no gateway is asked, and nothing where it names none", async () => {
    const { file, node } = question;
    expect((await verifyDonation({ file, node: ahead(12) })).seen?.number).to.equal(newest + 12);
    const final = async (): Promise<never> => {
      throw new Unanswered("refused", "no such tag");
    };
    const report = await verifyDonation({ file, node: { ...node, final } });
    expect(report.verdict).to.equal("passed");
    expect(report).not.to.have.property("seen");
  });

  it("keeps the newer head that it remembers", async () => {
    const { number, hash } = there(await scene.chain.block(newest));
    const of = { ...question, remembered: () => ({ number, hash }) };
    const final = () => scene.chain.block(newest - 5).then(there);
    const { file, node, remembered } = of;
    const report = await verifyDonation({ file, node: { ...node, final }, remembered });
    expect(report.verdict).to.equal("passed");
    expect(report).not.to.have.property("seen");
  });

  it("does not call books old that are seconds behind what was seen, and does where it is more than ten minutes", async () => {
    const remembering = (blocks: number): Question => ({
      ...question,
      node: ahead(blocks),
      remembered: () => ({ number: newest + blocks, hash: otherHash }),
    });
    expect((await verifyDonation(remembering(600))).verdict).to.equal("passed");
    expect(failures(await verifyDonation(remembering(601)))).to.deep.equal(["gatewayHeadOld"]);
  });

  it("accuses nobody with a head that this device remembers and the chain has not reached", async () => {
    const report = await verifyDonation({
      ...question,
      remembered: () => ({ number: farAhead, hash: otherHash }),
    });
    expect(failures(report)).to.deep.equal([]);
    expect(report.verdict).to.equal("unchecked");
    expect(resultOf(report, "history")).to.deep.include({
      reason: "behind",
      facts: { detail: String(farAhead) },
    });
    expect(report).not.to.have.property("seen");
  });

  it("accuses nobody with a head that somebody wrote into a file", async () => {
    const forged = fileLie((file) => (inside(file, "head")["number"] = farAhead));
    const report = await verifyDonation(forged(question));
    expect(failures(report)).to.deep.equal([]);
    expect(resultOf(report, "history")).to.deep.include({ reason: "behind" });
  });

  it("remembers nothing of a chain that the gateway is not on", async () => {
    const report = await verifyDonation(asOfLie((asOf) => (asOf["hash"] = otherHash))(question));
    expect(failures(report)).to.deep.equal(["gatewayHeadForked"]);
    expect(report).not.to.have.property("seen");
  });

  it("leaves the history open where the node has not reached the gateway's block", async () => {
    const report = await verifyDonation(asOfLie((asOf) => (asOf["block"] = farAhead))(question));
    expect(failures(report)).to.deep.equal([]);
    expect(resultOf(report, "history")).to.deep.include({ outcome: "unchecked", reason: "behind" });
    expect(report.verdict).to.equal("unchecked");
    expect(report).not.to.have.property("seen");
  });
});
