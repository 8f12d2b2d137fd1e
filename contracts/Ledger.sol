// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {Allocations} from "./allocations/Allocations.sol";
import {Audit} from "./audit/Audit.sol";
import {Decisions} from "./claims/Decisions.sol";
import {Filing} from "./claims/Filing.sol";
import {Payments} from "./claims/Payments.sol";
import {Donations} from "./donations/Donations.sol";
import {Expenses} from "./expenses/Expenses.sol";
import {Insurers} from "./insurers/Insurers.sol";
import {Moves} from "./moves/Moves.sol";
import {Recoveries} from "./recoveries/Recoveries.sol";
import {Refunds} from "./refunds/Refunds.sol";

/// @title Everyfen's books
/// @notice Money of a fund stands in a line in the order it was recorded; what is spent is taken from the front.
///         So which donation paid which claim is the intersection of intervals: exact, with nothing to round. It is
///         a published first-in-first-out convention, not a physical truth about pooled money.
/// @notice Assumptions: the recorder records gifts that happened (only the payment provider's own totals speak to
///         that); block time is honest to the second at a period's end. Warning: there is no proxy, no arbitrary
///         call, no withdrawal, and no verb that edits or deletes a record.
contract Ledger is
    Donations,
    Refunds,
    Allocations,
    Expenses,
    Insurers,
    Filing,
    Decisions,
    Payments,
    Recoveries,
    Moves,
    Audit,
    Multicall
{
    /// @notice The ledger that this one succeeds; zero for the first.
    address public immutable PREDECESSOR;

    /// @param admin Grants roles and registers actors and channels; the only power that is not a role of a verb.
    /// @param adminDelaySeconds How long a transfer of that power waits.
    constructor(
        address admin,
        uint48 adminDelaySeconds,
        address predecessor
    ) AccessControlDefaultAdminRules(adminDelaySeconds, admin) {
        PREDECESSOR = predecessor;
    }

    /// @notice `count` consecutive storage words from `slot`, for the lens and for auditors: everything the ledger
    ///         remembers is public.
    function extsload(bytes32 slot, uint256 count) external view returns (bytes32[] memory) {
        assembly ("memory-safe") {
            let answer := mload(0x40)
            mstore(answer, 0x20)
            mstore(add(answer, 0x20), count)
            for {
                let i := 0
            } lt(i, count) {
                i := add(i, 1)
            } {
                mstore(add(answer, shl(5, add(i, 2))), sload(add(slot, i)))
            }
            return(answer, shl(5, add(count, 2)))
        }
    }
}
