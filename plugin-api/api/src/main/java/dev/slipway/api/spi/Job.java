package dev.slipway.api.spi;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recurring work. It runs on one node at a time; its bundle may be stopped and started in between.
 */
@ConsumerType
public interface Job {
  /** Stable and unique on the platform, {@code feature.what}. */
  String name();

  /** Pause between the end of a run and the start of the next. */
  Duration every();

  /**
   * Does the work once, on a virtual thread.
   *
   * @throws Exception is logged and counted; the next run is as usual
   */
  void run() throws Exception;
}
