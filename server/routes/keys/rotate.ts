import { shownKey, KeyParams, moment, RotatedKeyWire, RotateKeyBody } from "../../schemas/keys.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";

const daySeconds = 86_400;

export const rotateKey: Endpoint = (app, { keys }) =>
  app.post(
    "/v1/keys/:id/rotate",
    {
      config: { role: "admin", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["keys"],
        summary: "Give an API key a new text, shown this once; the one before goes on for a while",
        params: KeyParams,
        body: RotateKeyBody,
        response: { 201: RotatedKeyWire, ...problems },
      },
    },
    async (request, reply) => {
      const { overlapSeconds = daySeconds } = request.body;
      const rotated = await keys.rotate(request.params.id, overlapSeconds * 1_000, askingOf(request));
      const body = { ...shownKey(rotated), previousEndsAt: moment(rotated.previousEndsAtMs) };
      return reply.code(201).send(body);
    },
  );
