package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;

/** What a command sends before its end; blocks while the stream is full. */
public interface Progress extends LineSink {
  /** The first bytes of a buffer, which are no line and may be no text. */
  void bytes(byte[] buffer, int length) throws InterruptedException;
}
