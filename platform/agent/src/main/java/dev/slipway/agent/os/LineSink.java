package dev.slipway.agent.os;

/** Takes one line of output, without its end; may block to slow the producer down. */
@FunctionalInterface
public interface LineSink {
  void line(String line) throws InterruptedException;
}
