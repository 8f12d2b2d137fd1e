/** What lets somebody write, used as it is meant to be and where it does not belong. */
import { at, type Service } from "../service.ts";
import { DeskClient, giftEntries, hiddenFields } from "../../web/desk/client.ts";
import { recorded, type Books } from "./books.ts";

export interface Credentials {
  /** The first one, one that was made, both of its texts around a rotation, and one that is none. */
  readonly apiKeys: readonly string[];
  readonly sessions: readonly string[];
  readonly idempotencyKeys: readonly string[];
  /** A session that goes on. */
  readonly desk: DeskClient;
}

export const wrongKey = `efk_000000000000_${"W".repeat(43)}`;

/** The secret part of a key's text; what stands before it is the key's id, which is none. */
export const secretOf = (apiKey: string): string => apiKey.slice(-43);

const makeKey = async (service: Service, idempotencyKey: string) => {
  const headers = { "idempotency-key": idempotencyKey };
  const { body } = recorded(await service.post("/v1/keys", { roles: ["recorder"] }, headers));
  return { id: String(at(body, "id")), key: String(at(body, "key")) };
};

/** Notes what is typed into the form among the secrets of the books. */
const recordAtDesk = async ({ secrets, ...books }: Books, desk: DeskClient): Promise<void> => {
  const number = "INVENTED-DESK-PAYMENT-7Q4Z";
  const name = "虚构捐赠人在柜台";
  const remark = `INVENTED-DESK-REMARK-7Q4Z ${name}给孩子们`;
  const page = await desk.get("/zh/desk/gift");
  const hidden = hiddenFields(page.body, "/zh/desk/gift");
  const gift = { ...hidden, ...giftEntries(books.fund, number), remark };
  const refused = await desk.post("/zh/desk/gift", { ...gift, amount: "12.505" });
  const taken = await desk.post("/zh/desk/gift", gift);
  if (refused.status === 303 || taken.status !== 303) throw new Error(`${refused.status} ${taken.text}`);
  await desk.get(String(taken.headers["location"]));
  await desk.get("/zh/desk");
  secrets.transactionNumbers.push(number);
  secrets.names.push(name);
  secrets.remarks.push(remark);
};

const sessionOf = ({ cookie = "" }: DeskClient): string => {
  const [, session = ""] = /=([A-Za-z0-9_-]{43})$/.exec(cookie) ?? [];
  if (session === "") throw new Error("no session of the desk");
  return session;
};

const signedIn = async (service: Service, key: string): Promise<DeskClient> => {
  const client = new DeskClient(service);
  await client.signIn(key);
  return client;
};

/** Makes a key, rotates it, signs in with both of its texts, and writes over the API and at the desk. */
export const useCredentials = async (books: Books): Promise<Credentials> => {
  const { service } = books;
  const idempotencyKeys = ["MADE", "ROTATED", "OPENED"].map((what) => `INVENTED-ONCE-${what}-7Q4Z`);
  const [making = "", rotating = "", opening = ""] = idempotencyKeys;
  const { id, key } = await makeKey(service, making);
  const before = await signedIn(service, key);
  const rotation = await service.post(`/v1/keys/${id}/rotate`, {}, { "idempotency-key": rotating });
  const rotated = String(at(recorded(rotation).body, "key"));
  const desk = await signedIn(service, rotated);
  await signedIn(service, wrongKey);
  const sessions = [before, desk].map(sessionOf);
  const fund = {
    name: { zh: "示例另一基金", en: "Example other fund" },
    currency: "CNY",
    claimsShareBps: 9000,
  };
  recorded(await service.post("/v1/funds", fund, { "idempotency-key": opening }));
  await recordAtDesk(books, desk);
  await before.send("/en/desk", "/en/desk/sign-out");
  return { apiKeys: [service.key, key, rotated, wrongKey], sessions, idempotencyKeys, desk };
};

/** Sends each where it does not belong: in paths, queries, bodies, cookies and headers. Answers what was answered. */
export const misplace = async (books: Books, texts: readonly string[]): Promise<readonly string[]> => {
  const { app } = books.service;
  const answers = texts.flatMap((text) => [
    app.inject({ url: `/v1/funds/${text}` }),
    app.inject({ url: `/v1/nothing/${text}?key=${text}` }),
    app.inject({ url: "/v1/access-log", headers: { authorization: `Basic ${text}`, referer: text } }),
    app.inject({ url: "/v1/summary", headers: { cookie: `everyfen-desk=${text}`, "user-agent": text } }),
    app.inject({
      method: "POST",
      url: "/v1/donations",
      headers: { authorization: `Bearer ${books.service.key}`, "idempotency-key": text },
      payload: { donations: [{ fund: text, [text]: text }] },
    }),
    app.inject({
      method: "POST",
      url: "/rpc",
      payload: { jsonrpc: "2.0", id: 1, method: "eth_call", params: [text] },
    }),
  ]);
  return (await Promise.all(answers)).map(({ payload }) => payload);
};
