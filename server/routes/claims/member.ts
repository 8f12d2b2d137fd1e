/** Who a claim is for: an id number to be looked up, or the line of a roster with its proof. */
import type { Static } from "typebox";
import { bytes32, rosterId } from "../../../protocol/ids.ts";
import { DeskRefusal, type Membership } from "../../../protocol/ports/desk.ts";
import type { Member } from "../../schemas/requests/claims.ts";

const lineFields = ["roster", "person", "from", "to", "proof"] as const;

export const memberOf = (field: string, member: Static<typeof Member>): Membership => {
  const { idNumber, roster, person, from, to, proof } = member;
  if (idNumber !== undefined) {
    const beside = lineFields.find((name) => member[name] !== undefined);
    if (beside === undefined) return { idNumber };
    throw new DeskRefusal(`${field}.${beside}`, "expected none beside idNumber: the line is looked up");
  }
  if (
    roster === undefined ||
    person === undefined ||
    from === undefined ||
    to === undefined ||
    proof === undefined
  ) {
    const missing = lineFields.find((name) => member[name] === undefined) ?? "idNumber";
    throw new DeskRefusal(`${field}.${missing}`, "is missing: expected idNumber, or a line with its proof");
  }
  return { roster: rosterId(roster), person: bytes32(person), from, to, proof: proof.map(bytes32) };
};
