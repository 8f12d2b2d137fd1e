/** Why a signer is stopped whose nonce somebody else used. */
export const foreignReason = (nonce: number): string =>
  `nonce ${nonce} was used by a transaction that this gateway did not sign; the key is in other hands, or another copy ` +
  `of this data folder is at work`;
