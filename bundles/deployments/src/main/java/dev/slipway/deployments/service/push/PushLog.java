package dev.slipway.deployments.service.push;

import dev.slipway.api.Caller;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.source.Pusher;
import dev.slipway.logs.Logs;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Shows whoever pushed how the deployment goes, line by line, to its end. It is a deployment like
 * any other: it goes on when nobody looks.
 */
@Component(service = PushLog.class)
public final class PushLog {
  private static final int BATCH = 500;
  private static final long PING_SECONDS = 10;

  /** More than all steps of a deployment together may take; one that waits may wait longer. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private final DeploymentLog log;
  private final Signals signals;

  @Activate
  public PushLog(@Reference DeploymentLog log, @Reference Signals signals) {
    this.log = log;
    this.signals = signals;
  }

  /**
   * Follows a deployment.
   *
   * @return why it did not go live; null where it did, or where its end is not in sight
   * @throws IOException where the pusher is gone
   */
  @Nullable String follow(Caller caller, Deployment deployment, Pusher pusher) throws IOException {
    var more = new Semaphore(0);
    try (var lines = signals.on(Logs.topic(deployment.appId()), more::release);
        var progress = signals.on(Events.subjectTopic(deployment.id()), more::release)) {
      return follow(caller, deployment, pusher, more);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      pusher.say("The platform is being stopped; the deployment goes on.");
      return null;
    }
  }

  private @Nullable String follow(
      Caller caller, Deployment deployment, Pusher pusher, Semaphore more)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + LONGEST.toNanos();
    var after = 0L;
    while (System.nanoTime() < until) {
      var part = log.of(caller, deployment.id(), after, BATCH);
      for (var line : part.lines()) {
        pusher.say(line.message());
        after = line.sequence();
      }
      var now = part.deployment();
      if (now.status() == DeploymentStatus.AWAITING_APPROVAL) {
        pusher.say("It is stored, and deployed as soon as somebody approves of it.");
        return null;
      }
      if (now.status().isOver() && part.lines().size() < BATCH) {
        return end(now, pusher);
      }
      if (part.lines().isEmpty() && !more.tryAcquire(PING_SECONDS, TimeUnit.SECONDS)) {
        pusher.ping();
      }
      more.drainPermits();
    }
    pusher.say("It takes long; the deployment goes on.");
    return null;
  }

  private static @Nullable String end(Deployment deployment, Pusher pusher) throws IOException {
    var reason = Objects.requireNonNullElse(deployment.errorMessage(), "no reason is known");
    return switch (deployment.status()) {
      case FAILED -> "deploy failed: " + reason;
      case CANCELLED -> "deploy cancelled: " + reason;
      case REJECTED -> "deploy rejected: " + reason;
      // What had begun was live for a moment at least.
      case SUPERSEDED -> deployment.startedAt() == null ? "superseded by a newer deployment" : null;
      default -> {
        var url = deployment.previewUrl();
        pusher.say(url == null ? "It is live." : "It is live at " + url);
        yield null;
      }
    };
  }
}
