package dev.slipway.fleet.resource;

import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the follower of the event log, which the platform for tests does not run: signals a
 * subject's events.
 */
public final class LogTail implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  public LogTail(Signals signals, UUID subject) {
    timer.scheduleWithFixedDelay(
        () -> signals.raise(Events.subjectTopic(subject)), 0, 100, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
