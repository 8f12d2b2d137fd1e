/** Lies about one gift as a gateway tells them over HTTP: the catalogue that the check is tried with inside one process. */
import { jsonRpc } from "../../chain/light/json-rpc.ts";
import { lightNode } from "../../chain/light/node.ts";
import type { GatewayReader } from "../../protocol/verify/ports.ts";
import { verifyDonation } from "../../protocol/verify/verify.ts";
import { gatewayLies } from "../server/verify/gateway-lies.ts";
import type { Lies as Catalogue, Told } from "../server/verify/lying.ts";
import { nodeLies } from "../server/verify/node-lies.ts";
import { at, listAt } from "../server/service.ts";
import { nodeAnswers } from "./node.ts";
import type { ApiLie, Lies } from "./proxy.ts";

/** A gift that is lied about: its code, the file that is checked, and what an honest check says of it. */
export interface Gift extends Told {
  readonly code: string;
}

const json = async (url: string): Promise<unknown> => {
  const answer = await fetch(url);
  const parsed: unknown = answer.status === 404 ? undefined : await answer.json();
  return parsed;
};

const gatewayOf = (origin: string): GatewayReader => ({
  donation: (code) => json(`${origin}/v1/donations/${code}`),
  trace: (code, cursor) =>
    json(`${origin}/v1/donations/${code}/trace${cursor === undefined ? "" : `?cursor=${cursor}`}`),
});

/** Every gift of the funds, checked in truth. */
export const giftsOf = async (origin: string, codes: readonly string[]): Promise<readonly Gift[]> => {
  const gifts: Gift[] = [];
  for (const code of codes) {
    const proof = await fetch(`${origin}/v1/donations/${code}/proof`).then((answer) => answer.text());
    // The public proof as a file, in its canonical text.
    const file = proof.slice(proof.indexOf('"data":') + 7, -1);
    const question = { file, node: lightNode(jsonRpc(`${origin}/rpc`)), gateway: gatewayOf(origin) };
    const report = await verifyDonation(question);
    const count = Number(at(JSON.parse(file), "batch", "count"));
    gifts.push({ code, question, report, count });
  }
  return gifts;
};

/** How a lie of the catalogue travels: in answers of the gateway, of its node, or in the file. */
export interface TravellingLie {
  readonly name: string;
  readonly kind: Catalogue[number][1];
  readonly gift: Gift;
  readonly file: string;
  readonly lies: Lies;
}

/** Answers the API as the gateway of the lie does, each given the true answer. */
const apiLie =
  ({ code, question }: Gift, lie: Catalogue[number][3]): ApiLie =>
  async (path, body) => {
    const truth: GatewayReader = { donation: async () => body, trace: async () => body };
    const { gateway } = lie({ ...question, gateway: truth });
    if (path === `/v1/donations/${code}`) return gateway?.donation(code);
    return path.startsWith(`/v1/donations/${code}/trace`) ? gateway?.trace(code, undefined) : body;
  };

const liesOf = (name: string, gift: Gift, lie: Catalogue[number][3]): Lies => {
  const { question } = gift;
  const { gateway, node } = lie(question);
  if (gateway !== question.gateway) return { api: apiLie(gift, lie) };
  if (node === question.node) return {};
  const answers = nodeAnswers[name];
  if (answers === undefined) throw new RangeError(`no answers of a node tell this lie: ${name}`);
  return { rpc: answers(gift) };
};

/** Every lie of the catalogue, about the first gift that it fits; what a device remembers is no answer of anybody. */
export const travellingLies = (gifts: readonly Gift[]): readonly TravellingLie[] =>
  [...gatewayLies, ...nodeLies].flatMap(([name, kind, fits, lie]) => {
    if (kind === "rememberedHeadRewritten") return [];
    const gift = gifts.find((each) => fits(each) && each.report.verdict === "passed");
    if (gift === undefined) throw new RangeError(`no gift of these books fits the lie: ${name}`);
    return [{ name, kind, gift, file: lie(gift.question).file, lies: liesOf(name, gift, lie) }];
  });

/** The codes of every gift of the ledger, fund by fund. */
export const giftCodes = async (origin: string): Promise<readonly string[]> => {
  const funds = listAt(await json(`${origin}/v1/funds`), "data").map((fund) => String(at(fund, "code")));
  const codes: string[] = [];
  for (const fund of funds) {
    const text = await fetch(`${origin}/v1/exports/funds/${fund}/donations?format=ndjson`).then((answer) =>
      answer.text(),
    );
    for (const line of text.trimEnd().split("\n").slice(1))
      codes.push(String(at(JSON.parse(line), "donation")));
  }
  return codes;
};
