package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.HeartbeatRequest;
import io.grpc.Status;
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

  /** One alone may be a platform that is being set up. */
  private static final int REFUSALS = 3;

  private final Backend backend;
  private final HeartbeatContent content;
  private final Fallback fallback;
  private final News news;
  private Duration interval;
  private long nextFallback = System.nanoTime();
  private int refusals;
  private boolean troubleTold;

  /** What is left when heartbeats do not get through. */
  public interface Fallback {
    /** The platform does not answer on this way; called at most once in an interval. */
    void unreachable(HeartbeatRequest beat) throws InterruptedException;

    /** The platform answered again and again that it does not know this agent. */
    void unknown() throws InterruptedException;

    /** It was heard. */
    void heard() throws InterruptedException;
  }

  public Heartbeats(
      Backend backend, HeartbeatContent content, Fallback fallback, News news, Duration interval) {
    this.backend = backend;
    this.content = content;
    this.fallback = fallback;
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
    var request = content.compose();
    try {
      var response = backend.unary(LIMIT).heartbeat(request);
      if (response.getHeartbeatIntervalSeconds() > 0) {
        interval = Duration.ofSeconds(response.getHeartbeatIntervalSeconds());
      }
      if (!response.getAccepted()) {
        tell("not accepted: " + response.getErrorMessage());
      } else if (troubleTold) {
        troubleTold = false;
        LOG.info("Heartbeats arrive again");
      }
      refusals = 0;
      content.answered(response);
      fallback.heard();
      return true;
    } catch (StatusRuntimeException e) {
      tell("not delivered: " + e.getStatus().getCode());
      fallBack(e.getStatus().getCode(), request);
      return false;
    }
  }

  private void fallBack(Status.Code code, HeartbeatRequest request) throws InterruptedException {
    if (code == Status.Code.UNAUTHENTICATED) {
      refusals++;
      if (refusals >= REFUSALS) {
        fallback.unknown();
      }
    } else if (System.nanoTime() - nextFallback >= 0) {
      nextFallback = System.nanoTime() + interval.toNanos();
      fallback.unreachable(request);
    }
  }

  private void tell(String trouble) {
    if (!troubleTold) {
      troubleTold = true;
      LOG.warn("Heartbeat {}", trouble);
    }
  }
}
