/** A request to a node of these tests, with less around it than fetch has. */
import { request as send, type Agent, type IncomingMessage } from "node:http";

/** Rejects where the connection ends before the message. */
export const bodyOf = (message: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    message.once("error", reject);
    message.once("aborted", () => reject(new Error("the connection was cut")));
  });

/** The answer's text. Without an agent the request has a connection of its own. */
export const postJson = (url: string, body: string, agent: Agent | false): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const request = send(url, { method: "POST", agent, headers }, (response) => {
      bodyOf(response).then(resolve, reject);
    });
    request.once("error", reject);
    request.end(body);
  });
