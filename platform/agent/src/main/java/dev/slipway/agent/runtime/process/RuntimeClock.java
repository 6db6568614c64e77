package dev.slipway.agent.runtime.process;

import java.time.Duration;

/** The two regular tasks of the process runtime, each on a thread of its own. */
final class RuntimeClock implements AutoCloseable {
  private static final Duration LOGS = Duration.ofMillis(200);
  private static final Duration USAGE = Duration.ofSeconds(2);

  private final Thread logs;
  private final Thread usage;

  /** A task that ends the round early when interrupted. */
  interface Task {
    void run() throws InterruptedException;
  }

  RuntimeClock(Task collectLogs, Task measure) {
    logs = repeat("app-logs", LOGS, collectLogs);
    usage = repeat("app-usage", USAGE, measure);
  }

  private static Thread repeat(String name, Duration interval, Task task) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                while (true) {
                  task.run();
                  Thread.sleep(interval);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Override
  public void close() {
    logs.interrupt();
    usage.interrupt();
  }
}
