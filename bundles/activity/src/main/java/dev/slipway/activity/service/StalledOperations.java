package dev.slipway.activity.service;

import dev.slipway.api.spi.Job;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nothing is shown as running for ever: whoever did the work may be gone. */
@Component(service = Job.class)
public final class StalledOperations implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(StalledOperations.class);
  private static final Duration PATIENCE = Duration.ofHours(6);

  private final OperationService operations;

  @Activate
  public StalledOperations(@Reference OperationService operations) {
    this.operations = operations;
  }

  @Override
  public String name() {
    return "activity.stalled-operations";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() {
    var failed = operations.failStalled(Instant.now().minus(PATIENCE));
    if (failed > 0) {
      LOG.warn("Failed {} operations that made no progress for {}", failed, PATIENCE);
    }
  }
}
