// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimId, NO_CLAIM} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Claim, Programme} from "../books/Records.sol";

/// @title The payable claims of a programme: a doubly linked list in queue order
/// @notice Invariant: walking `next` from the head meets ascending queue numbers and ends at the tail; the amounts
///         met add up to approvedUnpaid.
library Queue {
    function append(Programme storage programme, ClaimId id, Claim storage claim) internal {
        ClaimId tail = programme.queueTail;
        claim.previous = tail;
        claim.next = NO_CLAIM;
        if (tail == NO_CLAIM) programme.queueHead = id;
        else LedgerStorage.books().claims[tail].next = id;
        programme.queueTail = id;
    }

    /// @dev The claim keeps its link to the one behind it: outside the queue it means nothing, and {append} sets
    ///      both links of a claim that comes back. Clearing it would cost every payment another storage write.
    function removeHead(Programme storage programme, Claim storage head) internal {
        ClaimId next = head.next;
        programme.queueHead = next;
        if (next == NO_CLAIM) programme.queueTail = NO_CLAIM;
        else LedgerStorage.books().claims[next].previous = NO_CLAIM;
    }
}
