package dev.slipway.scripting;

import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message;

/** The worker's words in those of the API. */
final class Words {
  private static final int LONGEST_MESSAGE = 2001;
  private static final int LONGEST_STACK = 10_000;

  private Words() {}

  static ScriptLimit limit(Limit limit) {
    return switch (limit) {
      case CPU -> ScriptLimit.CPU;
      case WALL -> ScriptLimit.WALL;
      case MEMORY -> ScriptLimit.MEMORY;
      case STACK -> ScriptLimit.STACK;
      case OUTPUT -> ScriptLimit.OUTPUT;
      case CALLS -> ScriptLimit.EFFECTS;
    };
  }

  static ScriptFault fault(Message.Fault fault) {
    return new ScriptFault(
        cut(fault.message(), LONGEST_MESSAGE),
        Math.max(0, fault.line()),
        Math.max(0, fault.column()),
        fault.stack() == null ? null : cut(fault.stack(), LONGEST_STACK));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
