/** The terms documents of the city plans that a page compares: no ledger holds them, so they are kept in this code. */
import type { Bytes32 } from "../../ids.ts";
import { canonicalJson } from "../../json.ts";
import { termsDigest, termsDocument } from "../types.ts";
import { jiangsuPlans } from "./jiangsu-plans.ts";

const documents: ReadonlyMap<Bytes32, string> = new Map(
  jiangsuPlans.map((terms) => [termsDigest(terms), canonicalJson(termsDocument(terms))]),
);

/** The canonical JSON of the city plan whose terms have this digest; undefined where none has. */
export const cityPlanDocument = (digest: Bytes32): string | undefined => documents.get(digest);
