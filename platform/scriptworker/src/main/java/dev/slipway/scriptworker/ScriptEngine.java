package dev.slipway.scriptworker;

import dev.slipway.scriptworker.wire.Message;
import java.util.List;

/** What the worker needs of a JavaScript engine. Calls come from one thread, one after another. */
public interface ScriptEngine {
  /** Does once what would otherwise count against the first script. */
  void warm();

  /**
   * Runs a script in a world of its own.
   *
   * @return {@link Message.Returned}, {@link Message.Failed} or {@link Message.Ended}
   */
  Message run(Message.Run run, Host host);

  /** Faults of a source; empty where it is in order. */
  List<Message.Fault> check(Message.Check check);

  /** Whether something went wrong in here that the next script might feel. */
  boolean spoiled();
}
