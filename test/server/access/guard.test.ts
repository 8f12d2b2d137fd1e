import { expect } from "chai";
import { HalfARule, ruleOf } from "../../../server/access/guard.ts";

describe("the rule of an endpoint", () => {
  it("is a role and what its requests are about, or none at all", () => {
    const rule = { role: "payer", concerns: "everything" } as const;
    expect(ruleOf("POST /v1/invented", rule)).to.deep.equal(rule);
    expect(ruleOf("GET /v1/invented", {})).to.equal(undefined);
  });

  it("is no half of it: such an endpoint keeps the gateway from starting", () => {
    for (const half of [{ role: "payer" }, { concerns: "everything" }] as const) {
      expect(() => ruleOf("POST /v1/invented", half)).to.throw(HalfARule, "POST /v1/invented");
    }
  });
});
