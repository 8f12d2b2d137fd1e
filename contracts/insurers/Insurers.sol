// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ActorId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Period} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IInsurers} from "./IInsurers.sol";

abstract contract Insurers is IInsurers, Programmes {
    /// @inheritdoc IInsurers
    function declareInsurers(
        ProgrammeId programmeId,
        PeriodNumber policyPeriod,
        uint256 sharesBps,
        bytes32 document
    ) external {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        Period storage period = _period(programmeId, _programme(programmeId), policyPeriod);
        if (period.insurerShares != 0 || period.paid != 0) revert InsurersFixed(programmeId, policyPeriod);
        _requireShares(sharesBps);
        period.insurerShares = sharesBps;
        _requireDigest(document);
        emit InsurersDeclared(programmeId, policyPeriod, sharesBps, document, treasurer);
    }

    function _requireShares(uint256 sharesBps) private pure {
        uint256 sum;
        for (uint256 rest = sharesBps; rest != 0; rest >>= 16) {
            uint256 share = rest & type(uint16).max;
            if (share == 0) revert InvalidShares(sharesBps, sum);
            sum += share;
        }
        if (sum != Share.WHOLE_BPS) revert InvalidShares(sharesBps, sum);
    }
}
