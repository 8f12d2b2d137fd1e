/** What an attestation or a finding is about. */
import type { Static } from "typebox";
import { periodNumber } from "../../../protocol/ids.ts";
import type { AuditSubject } from "../../../protocol/ports/desk.ts";
import { codeIn } from "../../codes.ts";
import type { SubjectBody } from "../../schemas/requests/audit.ts";

export const subjectOf = ({ programme, period }: Static<typeof SubjectBody>): AuditSubject => ({
  ...(programme === undefined ? {} : { programme: codeIn("programme", "programme", programme).programme }),
  ...(period === undefined ? {} : { period: periodNumber(period) }),
});
