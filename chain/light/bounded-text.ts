/** What somebody answers over HTTP, up to a limit: a liar may go on for ever. In a browser as well. */

export class AnswerTooLong extends Error {
  constructor(limitBytes: number) {
    super(`the answer is longer than ${limitBytes} bytes`);
  }
}

/** The body as text; reads no further than the limit. Rejects with {@link AnswerTooLong} and what the connection does. */
export const boundedText = async ({ body }: Response, limitBytes: number): Promise<string> => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  // Reader by reader: few browsers go through a body with for await.
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) return text + decoder.decode();
    bytes += part.value.length;
    if (bytes > limitBytes) {
      void reader?.cancel();
      throw new AnswerTooLong(limitBytes);
    }
    text += decoder.decode(part.value, { stream: true });
  }
};
