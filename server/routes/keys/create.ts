import type { KeyRequest } from "../../access/new-key.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import { DeskRefusal } from "../../../protocol/ports/desk.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { codeIn } from "../../codes.ts";
import { CreatedKeyWire, CreateKeyBody, shownKey } from "../../schemas/keys.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";
import { momentIn } from "../fields.ts";

export const createKey: Endpoint = (app, { keys, read }) =>
  app.post(
    "/v1/keys",
    {
      config: { role: "admin", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["keys"],
        summary: "Make an API key with the given roles; its text is shown this once",
        body: CreateKeyBody,
        response: { 201: CreatedKeyWire, ...problems },
      },
    },
    async (request, reply) => {
      const { roles, programmes, expiresAt } = request.body;
      const asked: KeyRequest = {
        roles,
        ...(programmes === undefined ? {} : { programmes: await programmesIn(read, programmes) }),
        ...(expiresAt === undefined ? {} : { expiresAtMs: momentIn("expiresAt", expiresAt) }),
      };
      const made = await keys.create(asked, askingOf(request));
      return reply.code(201).send(shownKey(made));
    },
  );

const programmesIn = async (read: Read, codes: readonly string[]): Promise<readonly ProgrammeId[]> => {
  const programmes: ProgrammeId[] = [];
  for (const [index, code] of codes.entries()) {
    const field = `programmes[${index}]`;
    const { programme } = codeIn("programme", field, code);
    if ((await read.programme(programme)) === undefined) {
      throw new DeskRefusal(field, `no programme ${programme}`);
    }
    programmes.push(programme);
  }
  return programmes;
};
