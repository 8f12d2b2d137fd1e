// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../Ledger.sol";
import {ClaimState} from "../books/Codes.sol";
import {EventBooks} from "./EventBooks.sol";
import {
    GhostClaim,
    GhostFlows,
    GhostFund,
    GhostPayout,
    GhostPolicy,
    GhostProgramme,
    GhostRoster
} from "./Ghosts.sol";
import {Vm, VM} from "./Vm.sol";

/// @title The ghosts of a history, and how every verb is attempted
/// @notice A verb first tells from the ghosts whether the rules allow it. Where they do, a revert is a defect and
///         fails the run; where they do not, exactly the expected refusal must come.
abstract contract HandlerBase {
    uint256 public constant FUNDS = 4;
    /// 1 and 2 insure by days, 3 by minutes, 4 gives aid. 1 moves its surplus to 2 once it took restricted money.
    uint256 public constant PROGRAMMES = 4;
    uint256 internal constant MINUTES = 3;
    uint256 internal constant AID = 4;
    uint256 internal constant SHANGHAI = 8 hours;
    bytes32 internal constant CHANNEL = "alipay";

    address internal constant RECORDER = address(0xA1);
    address internal constant TREASURER = address(0xA2);
    address internal constant AUDITOR = address(0xA3);
    address internal constant GUARDIAN = address(0xA4);
    address internal constant PROVIDER = address(0xA5);
    /// Each of them may file, decide and pay in every programme, so that the ledger alone keeps them apart.
    uint160 internal constant FIRST_OFFICER = 0xB1;
    uint256 internal constant OFFICERS = 4;

    Ledger public immutable LEDGER;
    /// The books as the events alone tell them.
    EventBooks public immutable EVENTS;

    /// Block time; it outlives the call that moves it.
    uint256 public time = 1_900_000_000;
    uint256 public batches;
    uint256 public rosters;
    uint256 public claims;
    uint256 public payouts;
    /// How often each verb landed, and was refused as it had to be.
    mapping(bytes4 verb => uint256) public landed;
    mapping(bytes4 verb => uint256) public refused;
    mapping(bytes4 refusal => uint256) public refusals;

    mapping(uint256 batch => bytes) public leavesOf;
    mapping(bytes32 person => mapping(uint256 programme => mapping(uint256 period => uint256)))
        public committed;
    mapping(uint256 fund => GhostFund) internal _funds;
    mapping(uint256 programme => GhostProgramme) internal _programmes;
    mapping(uint256 programme => mapping(uint256 period => GhostPolicy)) internal _policies;
    mapping(uint256 programme => mapping(uint256 period => GhostFlows)) internal _flows;
    mapping(uint256 roster => GhostRoster) internal _rosters;
    mapping(uint256 claim => GhostClaim) internal _claims;
    mapping(uint256 payout => GhostPayout) internal _payouts;
    uint256 private _nonce;

    modifier now_() {
        time += 1;
        VM.warp(time);
        _;
    }

    function fund(uint256 id) external view returns (GhostFund memory) {
        return _funds[id];
    }

    function programme(uint256 id) external view returns (GhostProgramme memory) {
        return _programmes[id];
    }

    function policy(uint256 id, uint256 period) external view returns (GhostPolicy memory) {
        return _policies[id][period];
    }

    function flows(uint256 id, uint256 period) external view returns (GhostFlows memory) {
        return _flows[id][period];
    }

    function claim(uint256 id) external view returns (GhostClaim memory) {
        return _claims[id];
    }

    function payout(uint256 id) external view returns (GhostPayout memory) {
        return _payouts[id];
    }

    /// @notice The cash period that `time` is in: one past the periods that have ended.
    function periodOf(uint256 id) public view returns (uint256 period) {
        period = 1;
        while (period <= _programmes[id].declared && _policies[id][period].end <= time) period++;
    }

    function inRunOff(uint256 id) public view returns (bool) {
        uint256 declared = _programmes[id].declared;
        return declared != 0 && periodOf(id) > declared;
    }

    /// @dev Calls the ledger as `actor`. `refusal` is what the rules ask for, 0 where they allow the call.
    /// @return answer Empty after a refusal.
    function _attempt(
        address actor,
        bytes memory call,
        bytes4 refusal
    ) internal returns (bytes memory answer) {
        bool ok;
        VM.recordLogs();
        VM.prank(actor);
        (ok, answer) = address(LEDGER).call(call);
        // Of a refused call the machine keeps the logs that were undone.
        Vm.Log[] memory logs = VM.getRecordedLogs();
        if (refusal == 0) {
            if (!ok) _bubble(answer);
            landed[bytes4(call)]++;
            EVENTS.fold(logs);
            return answer;
        }
        require(!ok, string.concat("landed against the rules: ", _hex(bytes4(call)), " ", _hex(refusal)));
        if (bytes4(answer) != refusal) _bubble(answer);
        refused[bytes4(call)]++;
        refusals[refusal]++;
        return "";
    }

    /// @dev What the ledger gave: an id must be the next one.
    function _requireNext(bytes memory answer, uint256 expected) internal pure {
        require(abi.decode(answer, (uint256)) == expected, "ids count from 1 without a gap");
    }

    function _flow(uint256 id) internal view returns (GhostFlows storage) {
        return _flows[id][periodOf(id)];
    }

    /// @return A claim in that state, 0 if there is none.
    function _claimIn(ClaimState state, uint256 seed) internal view returns (uint256) {
        for (uint256 i = 0; i < claims; i++) {
            uint256 id = (((seed % claims) + i) % claims) + 1;
            if (_claims[id].state == state) return id;
        }
        return 0;
    }

    function _officer(uint256 seed) internal pure returns (address) {
        return address(FIRST_OFFICER + uint160(seed % OFFICERS));
    }

    /// @return officer One that is neither of the two.
    function _officerBut(uint256 seed, address one, address other) internal pure returns (address officer) {
        officer = _officer(seed);
        while (officer == one || officer == other) officer = _officer(uint160(officer) - FIRST_OFFICER + 1);
    }

    /// @return A number from 1 to `most`.
    function _pick(uint256 seed, uint256 most) internal pure returns (uint256) {
        return (seed % most) + 1;
    }

    function _digest() internal returns (bytes32) {
        return keccak256(abi.encode(++_nonce));
    }

    function _bubble(bytes memory reason) private pure {
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    function _hex(bytes4 selector) private pure returns (string memory) {
        bytes memory digits = "0123456789abcdef";
        bytes memory text = new bytes(8);
        for (uint256 i = 0; i < 8; i++) {
            text[i] = digits[(uint32(selector) >> (28 - 4 * i)) & 15];
        }
        return string(text);
    }
}
