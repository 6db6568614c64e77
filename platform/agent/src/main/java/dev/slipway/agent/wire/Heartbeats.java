package dev.slipway.agent.wire;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a heartbeat at the start, at every interval, and soon after something happened. What a
 * failed one carried goes with the next.
 */
public final class Heartbeats implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration AWAY = Duration.ofSeconds(5);
  private static final Duration LEAST_GAP = Duration.ofSeconds(1);

  private final Backend backend;
  private final HeartbeatContent content;
  private final News news;
  private Duration interval;
  private boolean troubleTold;

  public Heartbeats(Backend backend, HeartbeatContent content, News news, Duration interval) {
    this.backend = backend;
    this.content = content;
    this.news = news;
    this.interval = interval;
  }

  /** Runs until interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean arrived = beat();
        Thread.sleep(LEAST_GAP);
        var wait = arrived || interval.compareTo(AWAY) < 0 ? interval : AWAY;
        news.await(wait.minus(LEAST_GAP));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean beat() throws InterruptedException {
    try {
      var response = backend.unary(LIMIT).heartbeat(content.compose());
      if (response.getHeartbeatIntervalSeconds() > 0) {
        interval = Duration.ofSeconds(response.getHeartbeatIntervalSeconds());
      }
      if (!response.getAccepted()) {
        tell("not accepted: " + response.getErrorMessage());
      } else if (troubleTold) {
        troubleTold = false;
        LOG.info("Heartbeats arrive again");
      }
      content.answered(response);
      return true;
    } catch (StatusRuntimeException e) {
      tell("not delivered: " + e.getStatus().getCode());
      return false;
    }
  }

  private void tell(String trouble) {
    if (!troubleTold) {
      troubleTold = true;
      LOG.warn("Heartbeat {}", trouble);
    }
  }
}
