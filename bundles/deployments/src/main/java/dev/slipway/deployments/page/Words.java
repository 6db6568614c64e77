package dev.slipway.deployments.page;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.service.overview.RunningInstances.Shown;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How pages put things. */
public final class Words {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int SHORT_COMMIT = 8;

  private Words() {}

  /** A constant's name for people, such as {@code health checking}. */
  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The same with a capital letter. */
  public static String title(Enum<?> value) {
    var text = of(value);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** The colour of a status, which its text says too. */
  public static String tone(AppStatus status) {
    return switch (status) {
      case RUNNING -> "good";
      case BUILDING, DEPLOYING, DELETING -> "busy";
      case DEGRADED -> "warn";
      case FAILED -> "bad";
      case CREATED, STOPPED -> "";
    };
  }

  /** The colour of a status. */
  public static String tone(DeploymentStatus status) {
    return switch (status) {
      case LIVE -> "good";
      case PENDING, QUEUED, CLONING, BUILDING, DEPLOYING, HEALTH_CHECKING -> "busy";
      case AWAITING_APPROVAL -> "warn";
      case FAILED, REJECTED -> "bad";
      case CANCELLED, ROLLED_BACK, SUPERSEDED -> "";
    };
  }

  /** The colour of an instance; one that runs only between its ends is not well. */
  public static String tone(Shown instance) {
    return switch (instance.state()) {
      case RUNNING -> instance.restarts() > 0 ? "warn" : "good";
      case RESTARTING -> "bad";
      case STOPPED, UNKNOWN -> "";
    };
  }

  /** How an instance is, such as {@code restarting, restarted 4 times: exited with code 1}. */
  public static String of(Shown instance) {
    var state = of(instance.state());
    var restarts = instance.restarts();
    var times =
        restarts == 0 ? "" : ", restarted " + (restarts == 1 ? "once" : restarts + " times");
    return state + times + (instance.reason() == null ? "" : ": " + instance.reason());
  }

  /** How a step looks. */
  public static String tone(StepStatus status) {
    return switch (status) {
      case PENDING -> "open";
      case RUNNING, PROBING -> "running";
      case SUCCEEDED -> "done";
      case PASSED -> "passed";
      case FAILED -> "broken";
    };
  }

  /** The sign of a step; what it means is said beside it. */
  public static String sign(StepStatus status) {
    return switch (status) {
      case SUCCEEDED -> "✓";
      case FAILED -> "✕";
      case PASSED -> "!";
      case PENDING, RUNNING, PROBING -> "";
    };
  }

  /** What a step does, and to what. */
  public static String of(StepRow step) {
    var target = step.target();
    return target == null ? step.kind().doing() : step.kind().doing() + " " + target;
  }

  /** When something was. */
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** The time of day. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /** How long something took; empty where it is not over. */
  public static String took(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null) {
      return "";
    }
    var took = Duration.between(from, to);
    return took.compareTo(Duration.ofMinutes(1)) < 0
        ? took.toSeconds() + "." + took.toMillisPart() / 100 + " s"
        : took.toMinutes() + " min " + took.toSecondsPart() + " s";
  }

  /** Which version a deployment is about, as short as it can be told. */
  public static String version(DeploymentRow row) {
    if (row.releaseName() != null) {
      return row.releaseName();
    }
    if (row.commitSha() != null) {
      return row.commitSha().substring(0, Math.min(SHORT_COMMIT, row.commitSha().length()));
    }
    return Objects.requireNonNullElse(
        row.image(), Objects.requireNonNullElse(row.branch(), "no version yet"));
  }

  /** The first line of what was written about a version; empty where nothing was. */
  public static String headline(DeploymentRow row) {
    var message = row.commitMessage();
    return message == null ? "" : message.strip().lines().findFirst().orElse("");
  }
}
