package dev.slipway.testkit.contract;

import dev.slipway.api.spi.Job;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link Job} promises; for a {@code @TestFactory}. */
public final class JobContract {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private JobContract() {}

  /** The cases; each run of the job must end well. */
  public static Stream<DynamicNode> tests(Job job) {
    var cases = new Cases();
    cases.add("name is in form and stays", () -> Names.dotted(job::name));
    cases.add(
        "pause is positive and stays",
        () -> {
          Assertions.assertTrue(job.every().isPositive(), "there is no pause");
          Assertions.assertEquals(job.every(), job.every(), "pause changes");
        });
    cases.add("a run ends in time", () -> Assertions.assertTimeoutPreemptively(LONGEST, job::run));
    cases.add(
        "a run where there is nothing left to do ends well",
        () -> {
          job.run();
          job.run();
        });
    return cases.all();
  }
}
