package dev.slipway.scripting;

import dev.slipway.scriptworker.wire.FrameWriter;
import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;

/** What is said while a worker does one thing; for the thread that reads from it. */
interface Exchange extends AutoCloseable {
  /** Whether the last message was the outcome. */
  boolean over();

  /**
   * The worker says something.
   *
   * @throws IOException where it must not say that now; it is not trusted with anything more
   */
  void heard(Message message, FrameWriter out) throws IOException;

  /** A limit is passed; if the outcome does not come soon, the process is killed. */
  void passed(Limit limit);

  /** The process is gone before the outcome came. */
  void lost(boolean outOfMemory);

  /** Nothing more comes. */
  @Override
  void close();
}
