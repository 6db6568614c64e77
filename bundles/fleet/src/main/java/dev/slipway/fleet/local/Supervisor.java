package dev.slipway.fleet.local;

import dev.slipway.api.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the agent running: adopts it, starts it, starts it again with growing pauses. */
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(60);
  private static final Duration ENDING = Duration.ofSeconds(15);

  private final AgentProcess process;
  private final Preparation preparation;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean stopped;
  private volatile boolean woken;
  private volatile @Nullable ProcessHandle running;

  /** Makes ready for a start. */
  @FunctionalInterface
  interface Preparation {
    /** The environment to start with; empty where the time has not come. */
    Optional<Environment> prepare() throws IOException;
  }

  /**
   * What the agent gets.
   *
   * @param changed whether an agent that runs already has another one, and must start anew
   */
  record Environment(Map<String, String> values, boolean changed) {
    /** Without the values: one is a secret. */
    @Override
    public String toString() {
      return "Environment[" + values.size() + "]";
    }
  }

  Supervisor(AgentProcess process, Preparation preparation) {
    this.process = process;
    this.preparation = preparation;
    Thread.ofVirtual().name("local-agent").start(this::keep);
  }

  private void keep() {
    var pause = FIRST_PAUSE;
    while (!stopped) {
      var began = System.nanoTime();
      try {
        run();
      } catch (IOException | PlatformException | IllegalStateException failure) {
        LOG.error("the local agent can not be started: {}", failure.getMessage());
      }
      var lasted = Duration.ofNanos(System.nanoTime() - began);
      pause = lasted.compareTo(STEADY) > 0 ? FIRST_PAUSE : pause;
      rest(pause);
      var twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  /** One life of the agent, from adoption or start to its end. */
  private void run() throws IOException {
    var environment = preparation.prepare();
    if (environment.isEmpty()) {
      return;
    }
    var found = process.find();
    if (found.isPresent() && environment.get().changed()) {
      process.stop(found.get(), ENDING);
      found = Optional.empty();
    }
    synchronized (this) {
      if (stopped) {
        return;
      }
      running = found.isPresent() ? found.get() : process.start(environment.get().values());
    }
    var agent = Objects.requireNonNull(running);
    LOG.info(
        "local agent {} with process {}", found.isPresent() ? "adopted" : "started", agent.pid());
    agent.onExit().thenRun(news::release);
    while (!stopped && agent.isAlive()) {
      awaitNews(LOOK);
      process.trimLog();
    }
    if (!stopped) {
      LOG.warn("the local agent has ended; it is started again");
    }
  }

  /**
   * Stops supervising.
   *
   * @param andAgent whether the agent ends too, for which it has 15 s, or goes on alone
   */
  void stop(boolean andAgent) throws IOException {
    ProcessHandle agent;
    synchronized (this) {
      stopped = true;
      agent = running;
    }
    news.release();
    if (andAgent && agent != null) {
      process.stop(agent, ENDING);
    }
  }

  /** There may be something to do: what a start was waiting for has come. */
  void wake() {
    woken = true;
    news.release();
  }

  /**
   * Rests before the next start, unless woken; the news of the end that was just seen do not count.
   */
  private void rest(Duration time) {
    var until = System.nanoTime() + time.toNanos();
    var left = time.toNanos();
    while (!stopped && !woken && left > 0) {
      awaitNews(Duration.ofNanos(left));
      left = until - System.nanoTime();
    }
    woken = false;
  }

  private void awaitNews(Duration longest) {
    try {
      if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        news.drainPermits();
      }
    } catch (InterruptedException nobodyElseDoes) {
      stopped = true;
    }
  }
}
