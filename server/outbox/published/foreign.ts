/** Why a signer is stopped whose nonce somebody else used. */
export const foreignReason = (nonce: number, isOurKey: boolean): string =>
  !isOurKey
    ? `nonce ${nonce} was used by another transaction than the one that was relayed; relay with the next nonce to ` +
      `another gateway, or with another key`
    : `nonce ${nonce} was used by a transaction that this gateway did not sign; the key is in other hands, or another copy ` +
      `of this data folder is at work`;
