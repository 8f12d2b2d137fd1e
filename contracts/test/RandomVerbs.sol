// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LedgerHandler} from "./LedgerHandler.sol";

/// @title One verb of the handler by a number
library RandomVerbs {
    function act(LedgerHandler handler, uint256 seed) internal {
        uint256 a = seed >> 8;
        uint256 b = seed >> 72;
        uint256 c = seed >> 136;
        uint256 d = seed >> 200;
        uint256 verb = seed % 48;
        if (verb < 16) _often(handler, verb, a, b, c, d);
        else if (verb < 32) _often(handler, verb - 16, a, b, c, d);
        else _seldom(handler, verb - 32, a, b, c, d);
    }

    function _often(LedgerHandler handler, uint256 verb, uint256 a, uint256 b, uint256 c, uint256 d) private {
        if (verb == 0) handler.wait(a);
        else if (verb == 1) handler.record(a, b, c);
        else if (verb == 2) handler.allocate(a, b, c, d % 3 == 0);
        else if (verb == 3) handler.declare(a, b, c, d);
        else if (verb == 4) handler.enrol(a, b, c, d);
        else if (verb < 7) handler.file(a, b, c, d);
        else if (verb == 7) handler.grant(a, b, c);
        else if (verb < 10) handler.approve(a, b, c, d);
        else if (verb == 10) handler.hold(a, b);
        else if (verb == 11) handler.release(a, b, c);
        else if (verb < 14) handler.pay(a, b, c);
        else if (verb == 14) handler.recover(a, b, c % 6 == 0);
        else handler.giveBack(a, b, c % 6 == 0);
    }

    function _seldom(
        LedgerHandler handler,
        uint256 verb,
        uint256 a,
        uint256 b,
        uint256 c,
        uint256 d
    ) private {
        if (verb == 0) handler.spend(a, b);
        else if (verb == 1) handler.spendTogether(a, b, c % 2 == 0);
        else if (verb == 2) handler.refund(a, b, c, d % 6 == 0);
        else if (verb == 3) handler.cover(a);
        else if (verb == 4) handler.close(a, b, address(uint160(c)));
        else if (verb == 5) handler.insure(a, b, c, d);
        else if (verb == 6) handler.withdraw(a);
        else if (verb == 7) handler.reject(a, b);
        else if (verb == 8) handler.cancel(a, b, c % 2 == 0);
        else if (verb == 9) handler.move(a, b);
        else if (verb == 10) handler.windUp(a, b);
        else if (verb == 11) handler.pauseForAWhile(a);
        else if (verb == 12) _audit(handler, a, b);
        else if (verb == 13) handler.settle(a);
        else if (verb == 14) handler.answer(a);
        else handler.find(a, b);
    }

    function _audit(LedgerHandler handler, uint256 a, uint256 b) private {
        uint256 verb = a % 4;
        if (verb == 0) handler.attest(a >> 2, b);
        else if (verb == 1) handler.confirm(uint32(a >> 2), uint64(b));
        else if (verb == 2) handler.correct(a >> 2, b);
        else handler.noteHead(a >> 2, b % 4 == 0);
    }
}
