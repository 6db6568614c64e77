package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.Command;

/** Takes the commands of the stream in the order they arrive; must return at once. */
@FunctionalInterface
public interface CommandListener {
  void accept(Command command, ResultSink results);
}
