// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {ILens} from "./ILens.sol";
import {MoneyReader} from "./MoneyReader.sol";

/// @title What co-insurers bear, by peeling over a policy period's cumulative total
abstract contract InsurerParts is ILens, MoneyReader {
    /// @inheritdoc ILens
    function insurerParts(
        ProgrammeId id,
        PeriodNumber number
    ) external view returns (uint256[] memory sharesBps, uint256[] memory paid, uint256[] memory recovered) {
        StoredPeriod memory policy = _declaredPeriod(id, number);
        sharesBps = _unpack(policy.insurerShares);
        paid = _cumulative(policy.paid, sharesBps);
        recovered = _cumulative(policy.recovered, sharesBps);
    }

    /// @inheritdoc ILens
    function partsOf(
        uint256 shares,
        uint256 from,
        uint256 to
    ) external pure returns (uint256[] memory parts) {
        if (from > to) revert InvalidInterval(from, to);
        uint256[] memory sharesBps = _unpack(shares);
        uint256[] memory before = _cumulative(from, sharesBps);
        parts = _cumulative(to, sharesBps);
        for (uint256 i = 0; i < parts.length; i++) parts[i] -= before[i];
    }

    function _unpack(uint256 shares) private pure returns (uint256[] memory sharesBps) {
        uint256 count;
        for (uint256 rest = shares; rest != 0; rest >>= 16) count++;
        sharesBps = new uint256[](count);
        for (uint256 i = 0; i < count; i++) sharesBps[i] = uint16(shares >> (16 * i));
    }

    /// @dev r_0 = x; a_j = floor(r_j * s_j / sum of the shares from j on); r_{j+1} = r_j - a_j.
    function _cumulative(
        uint256 x,
        uint256[] memory sharesBps
    ) private pure returns (uint256[] memory parts) {
        uint256 leftBps;
        for (uint256 i = 0; i < sharesBps.length; i++) leftBps += sharesBps[i];
        parts = new uint256[](sharesBps.length);
        for (uint256 i = 0; i < parts.length; i++) {
            parts[i] = (x * sharesBps[i]) / leftBps;
            x -= parts[i];
            leftBps -= sharesBps[i];
        }
    }
}
