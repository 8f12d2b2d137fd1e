/** The command line of `npm run import`. */
import { parseArgs } from "node:util";

export const usage = `npm run import -- --profile FILE --file CSV [options]

  --profile FILE    how the file is read: columns, funds, channel (docs/import.md)
  --file CSV        the gifts
  --url URL         the gateway; http://127.0.0.1:8650 unless given
  --key-file FILE   holds the API key; otherwise EVERYFEN_API_KEY does
  --totals FILE     control totals, in place of those of the profile
  --dry-run         checks and records nothing; without a key the gateway is not asked

Ends with 0 when every gift of the file is recorded, 1 when the file was refused and nothing was recorded,
2 when the call itself is wrong, 3 when the gateway or the ledger failed on the way: run it again to go on.`;

export class InvalidCall extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidCall";
  }
}

export interface ImportCall {
  readonly profile: string;
  readonly file: string;
  readonly url: string;
  readonly keyFile?: string;
  readonly totals?: string;
  readonly dryRun: boolean;
}

const parse = (values: readonly string[]) => {
  try {
    return parseArgs({
      args: [...values],
      options: {
        profile: { type: "string" },
        file: { type: "string" },
        url: { type: "string", default: "http://127.0.0.1:8650" },
        "key-file": { type: "string" },
        totals: { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
      strict: true,
    }).values;
  } catch (error) {
    throw new InvalidCall(error instanceof Error ? error.message : String(error));
  }
};

const loopbackHosts = ["127.0.0.1", "localhost", "[::1]"];

/** An API key travels with every request, so a gateway elsewhere is asked over https only. */
const checkUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new InvalidCall("--url: expected http:// or https:// and a host");
  }
  if (url.protocol === "http:" && !loopbackHosts.includes(url.hostname)) {
    throw new InvalidCall(
      "--url: a gateway on another machine is asked over https:// only, the API key would be readable",
    );
  }
  if (url.username !== "" || url.password !== "")
    throw new InvalidCall("--url: expected no user or password in it");
  return text;
};

/** Throws {@link InvalidCall}. */
export const readCall = (values: readonly string[]): ImportCall => {
  const { profile, file, url, totals, "key-file": keyFile, "dry-run": dryRun } = parse(values);
  if (profile === undefined || file === undefined) throw new InvalidCall("--profile and --file are needed");
  return {
    profile,
    file,
    url: checkUrl(url),
    dryRun,
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(totals === undefined ? {} : { totals }),
  };
};
