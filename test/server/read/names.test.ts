import { expect } from "chai";
import type { Bytes32 } from "../../../protocol/ids.ts";
import { Names } from "../../../server/read/names.ts";
import { hashOf } from "../index/invented-chain.ts";

describe("names of funds and programmes", () => {
  const documents = new Map<Bytes32, string>();
  let asked = 0;
  const names = new Names({
    document: async (digest) => {
      asked += 1;
      return documents.get(digest);
    },
  });

  it("come from the published document, which is read once", async () => {
    documents.set(hashOf("named"), JSON.stringify({ name: { zh: "例子", en: "Example" }, more: 1 }));
    expect(await names.of(hashOf("named"), "F1")).to.deep.equal({ zh: "例子", en: "Example" });
    expect(await names.of(hashOf("named"), "F1")).to.deep.equal({ zh: "例子", en: "Example" });
    expect(asked).to.equal(1);
  });

  it("are the code where the document is missing or names nothing, until one is published", async () => {
    const code = { zh: "F004", en: "F004" };
    const nameless = ["not JSON", "null", "{}", '{"name":"Example"}', '{"name":{"zh":"","en":"Example"}}'];
    for (const [index, text] of nameless.entries()) {
      documents.set(hashOf(`nameless ${index}`), text);
      expect(await names.of(hashOf(`nameless ${index}`), "F004"), text).to.deep.equal(code);
    }
    expect(await names.of(hashOf("later"), "F004")).to.deep.equal(code);
    documents.set(hashOf("later"), JSON.stringify({ name: { zh: "后来", en: "Later" } }));
    expect(await names.of(hashOf("later"), "F004")).to.deep.equal({ zh: "后来", en: "Later" });
  });
});
