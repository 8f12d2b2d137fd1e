/**
 * The most transactions that a gateway takes onto its embedded chain, for every one of them is executed again at every
 * start and held in memory. docs/operations.md says what a start takes at the limit.
 */
export const embeddedTransactionLimit = 200_000;
