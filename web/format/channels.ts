/** Payment channels by the name that a donor knows. The ledger holds ids; one that has no name here shows as it is. */
import type { Words } from "../words/languages.ts";

export const channelText = (channel: string, { channels }: Pick<Words, "channels">): string => {
  const name: unknown = Object.getOwnPropertyDescriptor(channels, channel)?.value;
  return typeof name === "string" ? name : channel;
};
