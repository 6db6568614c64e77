package dev.slipway.agent.command;

import java.io.IOException;

/** Carries out one type of command on its own virtual thread. A cancel arrives as an interrupt. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * @param progress each line becomes a {@code running} result
   */
  Reply handle(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException;
}
