import { Type, type Static } from "typebox";
import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { bytes32, periodNumber } from "../../../protocol/ids.ts";
import { DeskRefusal, type AppendRosterRequest } from "../../../protocol/ports/desk.ts";
import { programmeInPath } from "../../access/concerns.ts";
import { codeOf, numberIn } from "../../codes.ts";
import { closed, CodeText } from "../../schemas/common.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { AppendRosterBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField, minuteOfPerson } from "../fields.ts";
import { requireProgrammeCurrency } from "./currency.ts";

export const appendRoster: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/programmes/:code/periods/:period/rosters",
    {
      config: { role: "coordinator", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Enrol up to 10,000 people in a policy period, or append a roster that was made elsewhere",
        description:
          "Of people, the ledger gets a Merkle root of salted pseudonyms and a count. Id numbers are kept as keyed marks " +
          "in the vault, and nowhere else.",
        params: Type.Object({ code: CodeText, period: RecordNumber }, closed),
        body: AppendRosterBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { premiumPerHead, currency, denominator } = request.body;
      await requireProgrammeCurrency(read, programme, currency);
      const id = await desk.appendRoster(
        {
          programme,
          policyPeriod: numberIn("policy period", request.params.period, periodNumber),
          premiumPerHead: inField("premiumPerHead", () => parseMinorUnits(premiumPerHead)),
          ...(denominator === undefined ? {} : { denominator }),
          ...enrolled(request.body),
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );

type Enrolled = Pick<Extract<AppendRosterRequest, { readonly people: unknown }>, "people">;
type MadeElsewhere = Pick<Extract<AppendRosterRequest, { readonly root: unknown }>, "root" | "count">;

const enrolled = ({ people, root, count }: Static<typeof AppendRosterBody>): Enrolled | MadeElsewhere => {
  if (people === undefined) {
    if (root === undefined) throw new DeskRefusal("people", "expected people, or root and count");
    if (count === undefined) throw new DeskRefusal("count", "expected how many people the root stands for");
    return { root: bytes32(root), count };
  }
  if (root !== undefined) throw new DeskRefusal("root", "expected none beside people: it is made of them");
  if (count !== undefined) throw new DeskRefusal("count", "expected none beside people: they are counted");
  return {
    people: people.map(({ idNumber, from, to }, index) => ({
      idNumber,
      from: minuteOfPerson(`people[${index}].from`, from),
      to: minuteOfPerson(`people[${index}].to`, to),
    })),
  };
};
