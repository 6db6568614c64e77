package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.CommandResult;

/** Where the results of a command go: the stream that brought it. */
@FunctionalInterface
public interface ResultSink {
  /** Blocks while the stream is full; once the stream is gone the result is dropped. */
  void send(CommandResult result) throws InterruptedException;
}
