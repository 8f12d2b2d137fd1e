/**
 * `node test/vectors/record-chain.ts` writes chain.json anew: the signed transactions and block times of a small invented
 * history, with the hash of every block that was made of them. The keys that signed it are thrown away.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { contractOf } from "../../server/gateway.ts";
import { openBooks } from "../server/api/books.ts";
import { insure } from "../server/api/insured.ts";

const books = await openBooks();
await insure(books);
const { gateway } = books.service;
const blocks = [];
for (let number = 1; number <= (await gateway.outbox.lastPlanNumber()); number += 1) {
  const plan = await gateway.outbox.plan(number);
  if (plan === undefined) throw new Error(`block ${number} has no plan`);
  blocks.push({ time: plan.time, hash: plan.hash, transactions: plan.transactions.map(({ raw }) => raw) });
}
const history = {
  chainId: gateway.chain.chainId,
  genesis: (await gateway.chain.block(0))?.hash,
  ledger: contractOf(gateway.deployment, "ledger").address,
  blocks,
};
writeFileSync(join(import.meta.dirname, "chain.json"), `${JSON.stringify(history, null, 1)}\n`);
await books.service.close();
