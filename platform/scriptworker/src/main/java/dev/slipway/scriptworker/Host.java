package dev.slipway.scriptworker;

import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message;

/** What a running script reaches of the platform. */
public interface Host {
  /**
   * Calls a function and waits for what comes of it.
   *
   * @param arguments a JSON array
   * @return {@link Message.Answer}, {@link Message.Refusal} or {@link Message.Stop}
   */
  Message call(String function, String arguments) throws InterruptedException;

  /** Passes a line of the script's log on. */
  void log(Message.Level level, String text);

  /** Says that a limit is passed, before the script is ended, which may take too long. */
  void passed(Limit limit);
}
