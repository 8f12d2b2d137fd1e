/** Ten histories in which everything goes wrong that may, and what came of the promises. */
import { expect } from "chai";
import { exitCodes, simulateCommand } from "./command.ts";
import { BrokenPromise, Model } from "./model.ts";
import type { Figures, Simulated } from "./result.ts";
import { simulate } from "./simulate.ts";
import { openTemplates, type Templates } from "./template.ts";
import { variantOf, variants } from "./variants.ts";
import type { Write } from "./writes.ts";

/** A chain that moves by itself takes its time, and two gateways wait for each other's leases. */
const steps = { embedded: 12, outside: 8, shared: 6 } as const;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe("a simulation", function () {
  this.timeout(180_000);
  let templates: Templates;
  const results: Simulated[] = [];
  before(async () => {
    templates = await openTemplates(new Set(seeds.map(variantOf)));
  });
  after(() => templates.remove());

  for (const seed of seeds) {
    it(`of seed ${seed} (${variantOf(seed)}) ends with every acknowledged write on the chain once, and nothing else`, async () => {
      const result = await simulate(seed, steps[variantOf(seed)], templates.beginnings);
      results.push(result);
      expect(result.acknowledged).to.be.greaterThan(3);
      expect(result.deeds).to.be.greaterThan(3);
      expect(result.donations).to.be.greaterThan(7);
    });
  }

  it("is one of each kind: the chain inside, the chain outside, and two gateways on one database", () => {
    expect(new Set(results.map(({ variant }) => variant)).size).to.equal(variants.length);
    expect(results.filter(({ gateways }) => gateways === 2)).to.have.length(1);
  });

  it("has everything go wrong: kills, full disks, lost answers, clocks, refusals, nodes, reorganizations", () => {
    const sum = (name: keyof Figures): number => results.reduce((total, each) => total + each[name], 0);
    for (const name of [
      "kills",
      "fullDisks",
      "lost",
      "repeated",
      "clockJumps",
      "refused",
      "restarts",
      "faults",
      "reorgs",
    ] as const) {
      expect(sum(name), name).to.be.greaterThan(0);
    }
  });
});

describe("the model of a simulation", () => {
  const write: Write = {
    key: "k",
    path: "/v1/donations",
    body: {},
    deeds: ["gift of 1 to F", "gift of 2 to F"],
    numbers: ["A", "B"],
  };
  const accepted = (operation: string) =>
    ({ status: 202, body: { operations: [{ operation, state: "accepted", records: [] }] } }) as const;
  const modelOf = (...writes: readonly Write[]): Model => {
    const model = new Model();
    for (const each of writes) model.asked(each);
    return model;
  };

  it("expects the deeds of a write that was recorded, and none of one that was refused or never answered", () => {
    const model = modelOf(write);
    expect(model.deeds()).to.deep.equal([]);
    model.answered(write, "lost", false);
    model.answered(write, accepted("op"), false);
    model.became(write, "op", "recorded", []);
    expect(model.deeds()).to.deep.equal(write.deeds);
    const refused = modelOf(write);
    refused.answered(write, accepted("op"), false);
    refused.became(write, "op", "refused", []);
    expect(refused.deeds()).to.deep.equal([]);
  });

  const broken: readonly (readonly [what: string, work: () => void])[] = [
    [
      "a write that was acknowledged is not known any more",
      () => {
        const model = modelOf(write);
        model.answered(write, accepted("op"), false);
        model.answered(write, { status: 422, body: { type: "urn:everyfen:problem:unprocessable" } }, false);
      },
    ],
    [
      "a repetition is another operation",
      () => {
        const model = modelOf(write);
        model.answered(write, accepted("op"), false);
        model.answered(write, accepted("another"), false);
      },
    ],
    [
      "what was recorded is refused later",
      () => {
        const model = modelOf(write);
        model.answered(write, accepted("op"), false);
        model.became(write, "op", "recorded", []);
        model.became(write, "op", "refused", []);
      },
    ],
    [
      "a record has another code later",
      () => {
        const model = modelOf(write);
        model.answered(write, accepted("op"), false);
        model.became(write, "op", "recorded", [{ code: "B01" }]);
        model.became(write, "op", "recorded", [{ code: "B02" }]);
      },
    ],
    [
      "a payment is recorded by two writes",
      () => {
        const again = { ...write, key: "again" };
        const model = modelOf(write, again);
        for (const each of [write, again]) {
          model.answered(each, accepted(each.key), false);
          model.became(each, each.key, "recorded", []);
        }
        model.deeds();
      },
    ],
    ["a fault is answered", () => modelOf(write).answered(write, { status: 500, body: {} }, false)],
  ];
  for (const [what, work] of broken) {
    it(`calls a promise broken where ${what}`, () => expect(work).to.throw(BrokenPromise));
  }
});

describe("npm run simulate", () => {
  for (const wrong of [["--seed", "x"], ["--steps", "0"], ["--more"]]) {
    it(`says how it is called for ${wrong.join(" ")}`, async () => {
      const errors: string[] = [];
      const output = { print: () => {}, printError: (line: string) => void errors.push(line) };
      expect(await simulateCommand(wrong, output)).to.equal(exitCodes.wrongCall);
      expect(errors.join("\n")).to.contain("npm run simulate -- [--seed N]");
    });
  }

  it("shares seeds among processes, and its last line says how many of what", async () => {
    const lines: string[] = [];
    const output = {
      print: (line: string) => void lines.push(line),
      printError: (line: string) => void lines.push(line),
    };
    const call = ["--seed", "11", "--seeds", "2", "--steps", "4", "--processes", "2"];
    expect(await simulateCommand(call, output), lines.join("\n")).to.equal(exitCodes.kept);
    expect(lines).to.have.length(3);
    expect(lines.at(-1)).to.match(
      /^2 seeds: 2 gateways, \d+ writes, .* all promises kept, laws L1 to L6 hold$/,
    );
  }).timeout(180_000);
});
