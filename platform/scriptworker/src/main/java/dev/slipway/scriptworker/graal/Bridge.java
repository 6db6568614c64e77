package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a script's world is given. Texts go in and out, nothing else, so that no
 * object of either side reaches the other.
 */
final class Bridge {
  private static final int LONGEST_LINE = 4096;

  /** What a line of the log costs besides its text, so that empty ones end too. */
  private static final int LINE_COST = 64;

  private final Host host;
  private final Watch watch;
  private final Limits limits;
  private int calls;
  private int logged;
  private @Nullable Outcome outcome;

  Bridge(Host host, Watch watch, Limits limits) {
    this.host = host;
    this.watch = watch;
    this.limits = limits;
  }

  /** {@code (function, arguments) => "=" + json | "!" + code + " " + message}. */
  ProxyExecutable calls() {
    return arguments -> call(text(arguments, 0), text(arguments, 1));
  }

  /** {@code (level, text)}. */
  ProxyExecutable logs() {
    return arguments -> log(level(text(arguments, 0)), text(arguments, 1));
  }

  /** {@code (json)}. */
  ProxyExecutable returns() {
    return arguments -> {
      settle(new Outcome.Value(bounded(text(arguments, 0))));
      return null;
    };
  }

  /** {@code (message, stack)}. */
  ProxyExecutable fails() {
    return arguments -> {
      settle(new Outcome.Failure(Faults.of(text(arguments, 0), text(arguments, 1))));
      return null;
    };
  }

  /** How the script came out, once it has returned. */
  Outcome outcome(boolean entered) {
    if (!entered) {
      return new Outcome.Failure(Faults.NO_EXPORT);
    }
    return outcome == null ? new Outcome.Failure(Faults.NEVER_SETTLED) : outcome;
  }

  private void settle(Outcome settled) {
    if (outcome == null) {
      outcome = settled;
    }
  }

  private String call(String function, String arguments) {
    if (++calls > limits.calls()) {
      throw watch.stop(Limit.CALLS);
    }
    try {
      return switch (host.call(function, bounded(arguments))) {
        case Message.Answer(var _, var value) -> "=" + value;
        case Message.Refusal(var _, var code, var message) -> "!" + code + " " + message;
        default -> throw watch.stop(Limit.CALLS);
      };
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("ended");
    }
  }

  private @Nullable Object log(Message.Level level, String text) {
    var line = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "\u2026" : text;
    logged += line.length() + LINE_COST;
    if (logged > limits.outputChars()) {
      throw watch.stop(Limit.OUTPUT);
    }
    host.log(level, line);
    return null;
  }

  private String bounded(String text) {
    if (text.length() > limits.outputChars()) {
      throw watch.stop(Limit.OUTPUT);
    }
    return text;
  }

  private static Message.Level level(String name) {
    for (var level : Message.Level.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return Message.Level.INFO;
  }

  private static String text(Value[] arguments, int index) {
    return index < arguments.length && arguments[index].isString()
        ? arguments[index].asString()
        : "";
  }
}
