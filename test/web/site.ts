/** The explorer over invented books, without a network: what every page test asks. */
import Fastify, { type FastifyInstance } from "fastify";
import { encodeCode, type Code } from "../../protocol/codes/code.ts";
import { batchId, claimId, fundId, programmeId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { explorer } from "../../web/plugin.ts";
import { sample } from "./sample.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** What a reader sees: without tags, entities decoded, white space collapsed. */
  readonly text: string;
}

export interface Site {
  readonly app: FastifyInstance;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, form: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

export const visibleText = (body: string): string =>
  body
    .replace(/<head>[\s\S]*?<\/head>/, "")
    .replace(/<\/(td|th|tr|caption|p|h[1-6]|li|dt|dd|div)>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "")
    .replace(/\s+/g, " ");

export const openSite = async (read: Read = sample().read, publicUrl?: string): Promise<Site> => {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(explorer, { read, ...(publicUrl === undefined ? {} : { publicUrl }) });
  const answer = (response: Awaited<ReturnType<typeof app.inject>>): Answer => ({
    status: response.statusCode,
    headers: response.headers,
    body: response.body,
    text: visibleText(response.body),
  });
  return {
    app,
    get: async (path, headers = {}) => answer(await app.inject({ url: path, headers })),
    post: async (path, form) =>
      answer(
        await app.inject({
          method: "POST",
          url: path,
          headers: { "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams(form).toString(),
        }),
      ),
    close: () => app.close(),
  };
};

export const codeOf = {
  donation: (batch: number, index: number): string =>
    encode({ kind: "donation", batch: batchId(batch), index }),
  claim: (claim: number): string => encode({ kind: "claim", claim: claimId(claim) }),
  programme: (programme: number): string => encode({ kind: "programme", programme: programmeId(programme) }),
  fund: (fund: number): string => encode({ kind: "fund", fund: fundId(fund) }),
  batch: (batch: number): string => encode({ kind: "batch", batch: batchId(batch) }),
};

const encode = (code: Code): string => encodeCode(code);

const { claims, city, aid, days, ended, appeal } = sample();
const inCity = `/p/${codeOf.programme(city)}`;

/** Every kind of page that answers with 200, without its language. */
export const everyPath: readonly string[] = [
  "/",
  "/audit",
  "/audit?state=differs",
  ...[city, aid, days, ended].map((programme) => `/p/${codeOf.programme(programme)}`),
  `${inCity}/queue`,
  `${inCity}/period/1`,
  `${inCity}/period/2`,
  `${inCity}/period/1/insurer/1`,
  `${inCity}/period/1/insurer/3`,
  `/p/${codeOf.programme(2)}/queue`,
  `/p/${codeOf.programme(days)}/period/1`,
  `/p/${codeOf.programme(ended)}/period/2`,
  `/f/${codeOf.fund(appeal)}`,
  `/d/${codeOf.donation(1, 5)}`,
  ...Object.values(claims).map((claim) => `/c/${codeOf.claim(claim)}`),
  `/d/${codeOf.donation(1, 3)}`,
  `/d/${codeOf.donation(2, 0)}`,
  `/d/${codeOf.donation(4, 2)}`,
  `/c/${codeOf.claim(1)}`,
  `/c/${codeOf.claim(72)}`,
  `/c/${codeOf.claim(74)}`,
  `/c/${codeOf.claim(76)}`,
  `/p/${codeOf.programme(1)}`,
  `/p/${codeOf.programme(2)}`,
  `/p/${codeOf.programme(3)}`,
  `/f/${codeOf.fund(1)}`,
  `/f/${codeOf.fund(2)}`,
  `/b/${codeOf.batch(1)}`,
  "/search?q=",
  "/search?q=sample",
  "/search?q=20190304000000000123",
  "/find",
  "/about",
  "/verify",
  `/d/${codeOf.donation(2, 0)}/certificate`,
  `/d/${codeOf.donation(2, 0)}/certificate?size=a4`,
  "/plans",
];

/** The amounts of a text such as ¥1,234.05, in fen. */
export const amountsIn = (text: string): readonly bigint[] =>
  [...text.matchAll(/¥([\d,]+)\.(\d\d)/g)].map(([, whole = "", cents = ""]) =>
    BigInt(whole.replaceAll(",", "") + cents),
  );
