/**
 * What the embedded chain is made of. Every value here enters a block hash or decides which transactions are
 * valid, so a change of any of them is a new chain: the recorded transactions of an old data folder would no
 * longer replay to the hashes that were published. They are therefore constants, not configuration.
 */

/** EIP-155 chain id of the embedded chain unless the configuration names another before the first start. */
export const embeddedChainId = 8650;

/** The Hardhat release whose blocks were recorded; compared with the installed one at every start. */
export const hardhatVersion = "3.18.0";

/** The ledger is compiled for this hardfork. */
export const hardfork = "prague";

/** Block 0 carries this time: 2017-01-01 00:00 in Shanghai, the year the reference programme began. */
export const genesisTimeSeconds = 1_483_200_000;

/**
 * EIP-7825's cap on the gas of one transaction. The pinned hardfork does not enforce it, the gateway does, so
 * that the same history is valid on a later hardfork too.
 */
export const transactionGasLimit = 16_777_216n;

/** The largest number of transactions in one block. */
export const blockTransactions = 100;

/**
 * The largest sum of gas limits in one block. The simulator remembers every step of a block until the block is made,
 * about 30 bytes for each unit of gas: a hundred batches of 3,000 donations in one block would take 15 GB.
 */
export const blockGas = 20_000_000n;

/**
 * The header's limit: more than twice what a block may use. A block is then never more than half full, and EIP-1559
 * leaves a base fee of zero at zero for ever: signers need no balance, the genesis names no account, and a data
 * folder's keys may be any keys without changing block 0.
 */
export const blockGasLimit = 60_000_000n;

export const baseFeePerGas = 0n;

/** Receives nothing, as fees are zero. It enters the header, so it is pinned: "Everyfen" in ASCII, padded. */
export const coinbase = "0x457665727966656e000000000000000000000000";

/** EIP-3860: the longest code that creates a contract. */
export const initcodeBytes = 49_152;
