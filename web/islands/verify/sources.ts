/** Where the file, the node and the gateway come from in a browser, and what it remembers of a ledger. */
import { askOverHttp, jsonIn } from "../../../chain/light/json-rpc.ts";
import { canonicalJson, type Json } from "../../../protocol/json.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import type { LedgerPlace, NotedHead } from "../../../protocol/receipt/types.ts";
import type { GatewayReader } from "../../../protocol/verify/ports.ts";
import { Unanswered } from "../../../protocol/verify/steps.ts";

/** A JSON answer; undefined for 404. Throws Unanswered. */
const getJson = async (url: string): Promise<unknown> => {
  const answer = await askOverHttp(url, {});
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Unanswered("refused", `HTTP ${answer.status}`);
  return jsonIn(answer);
};

/** The API of the site at `origin`. */
export const gatewayAt = (origin: string): GatewayReader => {
  const donations = `${origin.replace(/\/+$/, "")}/v1/donations/`;
  return {
    donation: (code) => getJson(donations + code),
    trace: (code, cursor) =>
      getJson(
        `${donations}${code}/trace${cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`}`,
      ),
  };
};

/** The public proof behind an address of the API, as a file would hold it. */
export const proofAt = async (url: string): Promise<string> => {
  const answer = await getJson(url);
  const data: unknown =
    typeof answer === "object" && answer !== null
      ? Object.getOwnPropertyDescriptor(answer, "data")?.value
      : null;
  return canonicalJson(data as Json);
};

/** The receipt behind `#r=` of the address, which is taken out of the address at once, so that nobody passes it on. */
export const receiptInAddress = (): string | undefined => {
  const [, packed] = /^#r=([\w-]+)$/.exec(location.hash) ?? [];
  if (packed === undefined) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    const binary = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
};

const keyOf = ({ chainId, ledger }: LedgerPlace): string => `everyfen.head.${chainId}.${ledger}`;

/** The newest head that a check on this device went through. Undefined where nothing is kept, or may be. */
export const rememberedHead = (place: LedgerPlace): NotedHead | undefined => {
  try {
    const [number = "", hash = ""] = (localStorage.getItem(keyOf(place)) ?? "").split(" ");
    return /^[0-9]{1,15}$/.test(number) ? { number: Number(number), hash: bytes32(hash) } : undefined;
  } catch {
    return undefined;
  }
};

/** Remembers a head. A browser that keeps nothing for us is asked again next time. */
export const rememberHead = (place: LedgerPlace, { number, hash }: NotedHead): void => {
  try {
    localStorage.setItem(keyOf(place), `${number} ${hash}`);
  } catch {
    // Storage is off: then nothing is remembered.
  }
};
