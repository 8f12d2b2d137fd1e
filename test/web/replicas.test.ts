/** What pages say of replicas: one operator, how many agree and up to where, and plainly where there is none. */
import { expect } from "chai";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { ReplicasView } from "../../protocol/ports/replica-views.ts";
import { languages, words } from "../../web/words/languages.ts";
import { cellsIn, section, tables } from "./reading.ts";
import { emptySample, sample } from "./sample.ts";
import { openSite, visibleText } from "./site.ts";

const hash = (digit: string) => bytes32(`0x${digit.repeat(64)}`);
const replica = (digit: string) => address(`0x${digit.repeat(40)}`);
const statedAt = 1_577_836_800;
const said = { block: 4_800, hash: hash("a"), signature: `0x${"5a".repeat(65)}`, statedAt } as const;

const view: ReplicasView = {
  agreeing: 2,
  block: 4_711,
  replicas: [
    {
      replica: replica("1"),
      admittedAt: 0,
      newest: { ...said, agrees: true, isSilent: false },
      disagreements: [],
    },
    {
      replica: replica("2"),
      admittedAt: 0,
      newest: { ...said, agrees: true, isSilent: true },
      disagreements: [],
    },
    {
      replica: replica("3"),
      admittedAt: 0,
      newest: { ...said, agrees: false, isSilent: false },
      disagreements: [{ ...said, own: hash("b") }],
    },
    { replica: replica("4"), admittedAt: 0, disagreements: [] },
    { replica: replica("5"), admittedAt: 0, endedAt: 1, disagreements: [] },
  ],
};

describe("pages about replicas", () => {
  const { read } = sample();

  it("say on the overview and on the audit page how many agree at which block, with the way to run one", async () => {
    const site = await openSite({ ...read, replicas: async () => view });
    const sentences = {
      zh: "记账的只有一家；2 个副本独立重算，到区块 4,711 为止结果一致。",
      en: "One operator; 2 replicas agree at block 4,711.",
    };
    for (const language of languages) {
      const home = await site.get(`/${language}/`);
      expect(visibleText(home.body)).to.contain(sentences[language]);
      expect(home.body).to.contain(`href="/${language}/audit#replicas"`);
      const part = section((await site.get(`/${language}/audit`)).body, "replicas");
      expect(visibleText(part)).to.contain(sentences[language]);
      expect(part)
        .to.match(/npm run replica -- --from http/)
        .and.to.contain('href="/v1/replicas"');
    }
    await site.close();
  });

  it("list what each says, and for ever where one disagreed", async () => {
    const site = await openSite({ ...read, replicas: async () => view });
    for (const language of languages) {
      const { states } = words[language].replicas;
      const part = section((await site.get(`/${language}/audit`)).body, "replicas");
      const rows = cellsIn(tables(part, "cards")[0] ?? "");
      expect(rows.map(([name, state]) => [name, state])).to.deep.equal([
        [replica("1"), states.agrees],
        [replica("2"), states.silent],
        [replica("3"), states.disagrees],
        [replica("4"), states.nothing],
        [replica("5"), states.ended],
      ]);
      expect(part).to.contain(hash("b"));
    }
    await site.close();
  });

  it("say plainly that there is none, also of empty books", async () => {
    const site = await openSite(emptySample().read);
    for (const language of languages) {
      for (const path of ["", "audit"]) {
        const { body } = await site.get(`/${language}/${path}`);
        expect(visibleText(body)).to.contain(words[language].replicas.none);
      }
    }
    await site.close();
  });

  it("say nothing where others make the chain", async () => {
    const site = await openSite({ ...read, replicas: async () => undefined });
    for (const language of languages) {
      for (const path of ["", "audit"]) {
        const { body } = await site.get(`/${language}/${path}`);
        expect(body).to.not.contain(words[language].replicas.title).and.not.contain("#replicas");
      }
    }
    await site.close();
  });
});
