package dev.slipway.cli.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.api.ApiException;
import dev.slipway.cli.api.Deployment;
import dev.slipway.cli.api.Deployments;
import dev.slipway.cli.api.EventStream;
import dev.slipway.cli.api.LogPage;
import dev.slipway.cli.api.Patience;
import dev.slipway.cli.api.ServerEvent;
import dev.slipway.cli.api.UnreachableException;
import dev.slipway.cli.output.CliException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows one deployment to its end: progress by the event stream, log lines by polling beside it.
 * The end is always read back from the deployment itself, so a lost event never counts as success.
 */
public final class DeploymentWatch {
  private static final JsonMapper JSON = new JsonMapper();

  /** Both the longest wait for an event and the pause between two looks at the log. */
  private static final Duration LOG_INTERVAL = Duration.ofMillis(1000);

  /** For the case that the stream shows nothing, as when the platform has just restarted. */
  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);

  /** The log's last lines may be stored shortly after the deployment has ended. */
  private static final Duration LOG_GRACE = Duration.ofSeconds(5);

  private final Deployments deployments;
  private final DeploymentReport report;
  private final Patience patience;
  private Deployment current;
  private @Nullable EventStream stream;
  private long nextLook;
  private long logPosition;
  private boolean logComplete;
  private long lastSequence = Long.MIN_VALUE;

  public DeploymentWatch(
      Deployments deployments, Deployment started, DeploymentReport report, Duration patience) {
    this.deployments = deployments;
    this.current = started;
    this.report = report;
    this.patience = new Patience(patience);
  }

  /** Returns when the deployment has ended, well or not. */
  public Deployment await(Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    nextLook = System.nanoTime() + STATUS_INTERVAL.toNanos();
    stream = deployments.progress(current);
    try {
      while (!current.hasEnded()) {
        if (System.nanoTime() - deadline > 0) {
          throw CliException.failed(
              "the deployment is still %s; look at it by slipway deployment show %s"
                  .formatted(current.status(), current.id()));
        }
        var done = nextEvent();
        readLog();
        if (done || stream == null || System.nanoTime() - nextLook >= 0) {
          nextLook = System.nanoTime() + STATUS_INTERVAL.toNanos();
          look();
        }
      }
      drainLog();
      return current;
    } finally {
      closeStream();
    }
  }

  /** Shows what has come and waits a little when nothing has; true when the end is announced. */
  private boolean nextEvent() {
    var events = stream;
    if (events == null) {
      LockSupport.parkNanos(LOG_INTERVAL.toNanos());
      return false;
    }
    try {
      var done = false;
      var event = events.next(LOG_INTERVAL);
      while (event.isPresent()) {
        done |= show(event.get());
        event = events.next(Duration.ZERO);
      }
      if (done || events.isOver()) {
        closeStream();
      }
      return done;
    } catch (ApiException e) {
      // No stream for this deployment, for instance since it has just ended: polling is enough.
      closeStream();
      return false;
    }
  }

  private boolean show(ServerEvent event) {
    if (!event.name().equals("progress") && !event.name().equals("done")) {
      return false;
    }
    try {
      var progress = JSON.readTree(event.data());
      var sequence = progress.path("seq").asLong(lastSequence + 1);
      if (sequence > lastSequence) {
        lastSequence = sequence;
        report.progress(progress);
      }
    } catch (JsonProcessingException e) {
      report.note("an event of the deployment could not be read");
    }
    return event.name().equals("done");
  }

  private void look() {
    try {
      current = deployments.again(current);
      patience.succeeded();
    } catch (ApiException | UnreachableException e) {
      if (patience.bear(e)) {
        report.note("waiting for the platform: " + e.text());
      }
    }
  }

  /** The log is a companion: without it the deployment is followed all the same. */
  private void readLog() {
    try {
      var more = !logComplete;
      while (more) {
        var page = deployments.log(current, logPosition);
        take(page);
        more = page.full();
      }
    } catch (ApiException e) {
      if (!e.isPassing()) {
        report.note("the log cannot be shown: " + e.text());
        logComplete = true;
      }
    } catch (UnreachableException e) {
      // Whether the platform has gone for good is decided by reading the deployment.
      nextLook = System.nanoTime();
    }
  }

  private void take(LogPage page) {
    page.lines().forEach(report::log);
    logPosition = page.nextAfter();
    logComplete = page.complete();
  }

  private void drainLog() {
    var deadline = System.nanoTime() + LOG_GRACE.toNanos();
    readLog();
    while (!logComplete && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOG_INTERVAL.toNanos() / 4);
      readLog();
    }
  }

  private void closeStream() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
