package dev.slipway.jobs;

import dev.slipway.api.spi.Job;
import java.time.Duration;

/** A job of the tests. */
record TestJob(String name, Duration every, Work work) implements Job {
  TestJob(String name, Work work) {
    this(name, Duration.ofSeconds(1), work);
  }

  /** What it does. */
  interface Work {
    void run() throws Exception;
  }

  @Override
  public void run() throws Exception {
    work.run();
  }
}
