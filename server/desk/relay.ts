/**
 * Relaying transactions that insurers and auditors signed with keys of their own. What is accepted is written into the
 * chain's history for ever, and a block that a node refuses would stop the gateway: so everything that could be wrong
 * with it is refused here, with the fact.
 */
import { decodeVerb, UnreadableCall } from "../../chain/verbs.ts";
import { canonicalJson, documentDigest, type Json } from "../../protocol/json.ts";
import { DeskRefusal, type Asking, type RelayRequest } from "../../protocol/ports/desk.ts";
import type { Hex } from "../chain/port.ts";
import { statementDocument } from "../documents.ts";
import { askedOnce, keyOf } from "../outbox/answered-requests.ts";
import { checkGas, GasOutOfRange } from "../outbox/gas.ts";
import { WrongNonce, type Call } from "../outbox/store.ts";
import { actors } from "./actors.ts";
import type { Counter } from "./counter.ts";
import { readSigned, UnreadableTransaction, type SignedFields } from "./signed-transaction.ts";

const refuse = (field: string, reason: string): never => {
  throw new DeskRefusal(field === "" ? "transaction" : `transaction.${field}`, reason);
};

/** Accepts the bytes as they are; the operation is the transaction's hash. */
export const relay = (
  counter: Counter,
  { transaction, statements }: RelayRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const signed = await read(transaction);
    const documents = statements.map(statementDocument);
    const content = { kind: "relay", transaction: signed.hash, statements: documents.map(documentDigest) };
    const request = canonicalJson(content);
    const { outbox, sender } = counter.parts;
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    // The same bytes under another key: whoever sends them, they are one transaction.
    if ((await outbox.operation(signed.hash)) !== undefined) {
      await outbox.keepAnswer(askedOnce(content, asking), signed.hash);
      return signed.hash;
    }
    const call = checkCall(counter, signed);
    await checkSigner(counter, signed);
    requireCarried(signed, documents);
    for (const document of documents) await counter.publish(document);
    const { hash, signer, nonce } = signed;
    const nonceOnChain = await counter.parts.relaying.nonceOnChain(signer);
    try {
      const accepted = await sender.submit({
        id: hash,
        kind: "relay",
        actor: signer,
        call,
        relayed: { hash, raw: lowerCase(transaction), signer, nonce, nonceOnChain },
        request,
        idempotencyKey: keyOf(asking),
      });
      return accepted.id;
    } catch (error) {
      if (!(error instanceof WrongNonce)) throw error;
      return refuse("nonce", `expected ${error.expected}, the signer's next, got ${error.actual}`);
    }
  });

/** The transaction must carry the digest of each. */
const requireCarried = ({ calldata }: SignedFields, documents: readonly Json[]): void => {
  for (const [index, document] of documents.entries()) {
    const digest = documentDigest(document);
    if (calldata.includes(digest.slice(2))) continue;
    throw new DeskRefusal(`statements[${index}]`, `the transaction does not carry its digest, ${digest}`);
  }
};

const lowerCase = (hex: Hex): Hex => `0x${hex.slice(2).toLowerCase()}`;

const read = async (transaction: Hex): Promise<SignedFields> => {
  try {
    return await readSigned(lowerCase(transaction));
  } catch (error) {
    if (error instanceof UnreadableTransaction) return refuse("", error.reason);
    throw error;
  }
};

/** That it asks for one of the ledger's verbs on this chain, for nothing. */
const checkCall = ({ parts }: Counter, signed: SignedFields): Call => {
  const { chainId, to, value, feePerGas, calldata, gasLimit } = signed;
  if (chainId !== parts.chainId) refuse("chainId", `expected ${parts.chainId}, got ${chainId ?? "none"}`);
  if (to === undefined || to !== parts.ledger) {
    return refuse("to", `expected the ledger, ${parts.ledger}, got ${to ?? "none"}`);
  }
  if (value !== 0n) refuse("value", `expected 0, got ${value}`);
  if (parts.relaying.isGasFree && feePerGas !== 0n)
    refuse("maxFeePerGas", `expected 0, for gas costs nothing here, got ${feePerGas}`);
  const call = { to, calldata, gasLimit };
  try {
    decodeVerb(calldata);
    checkGas(call);
  } catch (error) {
    if (error instanceof UnreadableCall) refuse("data", error.message);
    if (error instanceof GasOutOfRange) refuse("gas", error.message);
    throw error;
  }
  return call;
};

const checkSigner = async ({ parts }: Counter, { signer }: SignedFields): Promise<void> => {
  if (actors.some((actor) => parts.account(actor) === signer)) {
    refuse("from", `${signer} is a key of this gateway, which signs with it by itself`);
  }
  if (!(await parts.lookups.isActor(signer))) {
    refuse("from", `${signer} is not registered on the ledger as an actor`);
  }
};
