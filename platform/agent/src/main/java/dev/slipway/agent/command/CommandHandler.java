package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import java.io.IOException;

/** Carries out one type of command on its own virtual thread. A cancel arrives as an interrupt. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * @param progress each line becomes a {@code running} result; blocks while the stream is full
   */
  Reply handle(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException;
}
