// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {ClaimId, NO_CLAIM} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Claim, Programme} from "../books/Records.sol";
import {IClaims} from "./IClaims.sol";

/// @title The payable claims of a programme: a doubly linked list in queue order
/// @notice Invariant: walking `next` from the head meets ascending queue numbers and ends at the tail; the amounts
///         met add up to approvedUnpaid. A claim is in the list exactly while it is Approved.
library Queue {
    function append(Programme storage programme, ClaimId id, Claim storage claim) internal {
        _link(programme, programme.queueTail, id, claim, NO_CLAIM);
    }

    /// @notice Puts a claim that is not in the list back to its place by queue number, behind `after_`.
    /// @dev One comparison on each side suffices: the numbers ascend.
    function insert(Programme storage programme, ClaimId id, Claim storage claim, ClaimId after_) internal {
        mapping(ClaimId => Claim) storage claims = LedgerStorage.books().claims;
        uint32 number = claim.queueNumber;
        ClaimId next = programme.queueHead;
        bool placed = true;
        if (after_ != NO_CLAIM) {
            Claim storage previous = claims[after_];
            placed =
                previous.state == ClaimStates.APPROVED &&
                previous.programme == claim.programme &&
                previous.queueNumber < number;
            next = previous.next;
        }
        if (!placed || (next != NO_CLAIM && claims[next].queueNumber < number)) {
            revert IClaims.InvalidQueuePlace(after_, id);
        }
        _link(programme, after_, id, claim, next);
    }

    /// @dev The claim keeps its own links: outside the list they mean nothing, and coming back sets both. Clearing
    ///      them would cost every payment another storage write.
    function remove(Programme storage programme, Claim storage claim) internal {
        (ClaimId previous, ClaimId next) = (claim.previous, claim.next);
        _setNext(programme, previous, next);
        _setPrevious(programme, next, previous);
    }

    function _link(
        Programme storage programme,
        ClaimId previous,
        ClaimId id,
        Claim storage claim,
        ClaimId next
    ) private {
        claim.previous = previous;
        claim.next = next;
        _setNext(programme, previous, id);
        _setPrevious(programme, next, id);
    }

    function _setNext(Programme storage programme, ClaimId of_, ClaimId next) private {
        if (of_ == NO_CLAIM) programme.queueHead = next;
        else LedgerStorage.books().claims[of_].next = next;
    }

    function _setPrevious(Programme storage programme, ClaimId of_, ClaimId previous) private {
        if (of_ == NO_CLAIM) programme.queueTail = previous;
        else LedgerStorage.books().claims[of_].previous = previous;
    }
}
