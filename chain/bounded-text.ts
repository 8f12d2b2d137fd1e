/** What somebody answers over HTTP, up to a limit: a liar may go on for ever. */

export class AnswerTooLong extends Error {
  readonly limitBytes: number;
  constructor(limitBytes: number) {
    super(`the answer is longer than ${limitBytes} bytes`);
    this.name = "AnswerTooLong";
    this.limitBytes = limitBytes;
  }
}

/** The body as text; reads no further than the limit. Rejects with {@link AnswerTooLong} and what the connection does. */
export const boundedText = async (response: Response, limitBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new AnswerTooLong(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};
