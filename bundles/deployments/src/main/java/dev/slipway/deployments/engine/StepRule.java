package dev.slipway.deployments.engine;

import dev.slipway.api.platform.Json;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the end of a step's command means for the step. */
public final class StepRule {
  /** Fleet's words for: the agent may or may not have done it. */
  static final String LOST = "agent connection lost";

  private static final String NO_SENSE = "the agent gave no answer that makes sense";

  /** Why a step that may be done once only is given up. */
  static final String UNKNOWN = LOST + ": it may have run to its end or not, and is not run again";

  private static final int ATTEMPTS = 2;
  private static final Pattern CLONE_DIR =
      Pattern.compile("/tmp/deploy-build-[A-Za-z0-9_.-]{1,80}");

  private final Json json;

  StepRule(Json json) {
    this.json = json;
  }

  /** What is to be done about a step. */
  sealed interface Verdict {
    /** It is done. */
    record Done(@Nullable String result) implements Verdict {}

    /** It failed, and the work goes on without it. */
    record Passed(String error) implements Verdict {}

    record Failed(String error) implements Verdict {}

    /** The command is to be submitted once more. */
    record Again() implements Verdict {}

    /** The server must be looked at. */
    record Probe() implements Verdict {}
  }

  /**
   * Decides.
   *
   * @param step a step whose command is out
   * @param command the command as it ended
   */
  Verdict of(StepRow step, Command command) {
    if (step.status() == StepStatus.PROBING) {
      return probed(step, command);
    }
    return switch (command.status()) {
      case COMPLETED -> completed(step, Objects.requireNonNullElse(command.result(), ""));
      case CANCELLED, FAILED -> isLost(command) ? lost(step, command) : failed(step, text(command));
      case EXPIRED -> new Verdict.Failed(text(command));
      case PENDING, DISPATCHED, RUNNING ->
          throw new IllegalArgumentException("command " + command.id() + " has not ended");
    };
  }

  private Verdict completed(StepRow step, String result) {
    return switch (step.kind()) {
      case CLONE ->
          isCloneFolder(result.strip())
              ? new Verdict.Done(result.strip())
              : new Verdict.Failed("the agent named no clone folder");
      case LOOK -> looked(result);
      case ALIVE -> alive(step, result);
      default -> new Verdict.Done(result);
    };
  }

  private Verdict looked(String result) {
    var look = look(result);
    if (look == null) {
      return new Verdict.Failed(NO_SENSE);
    }
    return look.running() ? new Verdict.Failed("the app still runs") : new Verdict.Done(null);
  }

  private Verdict alive(StepRow step, String result) {
    var look = look(result);
    if (look == null) {
      return new Verdict.Failed(NO_SENSE);
    }
    return look.running()
        ? new Verdict.Done(null)
        : new Verdict.Failed(
            step.requireTarget()
                + " does not run"
                + said(" (", look.message(), ")")
                + said("\n", look.output(), ""));
  }

  private static String said(String before, @Nullable String text, String after) {
    return text == null || text.isBlank() ? "" : before + text.strip() + after;
  }

  private static Verdict failed(StepRow step, String error) {
    return switch (step.kind()) {
      case DETECT, CLEANUP, UNPROXY -> new Verdict.Passed(error);
      case REMOVE -> isAbsent(error) ? new Verdict.Done(null) : new Verdict.Failed(error);
      default -> new Verdict.Failed(error);
    };
  }

  private static Verdict lost(StepRow step, Command command) {
    if (!step.kind().isRepeated()) {
      return new Verdict.Failed(UNKNOWN);
    }
    // One container of several says nothing about the others, and asking twice does no harm.
    if (step.kind().isProbed() && command.type() != CommandType.COMPOSE_UP) {
      return new Verdict.Probe();
    }
    return again(step);
  }

  private Verdict probed(StepRow step, Command command) {
    if (command.status() != CommandStatus.COMPLETED) {
      return new Verdict.Failed(LOST + ", and it could not be looked at: " + text(command));
    }
    var look = look(Objects.requireNonNullElse(command.result(), ""));
    // Without an answer a second attempt, or its failure, tells more.
    return look != null && look.running() ? new Verdict.Done(null) : again(step);
  }

  private static Verdict again(StepRow step) {
    return step.attempt() < ATTEMPTS ? new Verdict.Again() : new Verdict.Failed(LOST + " twice");
  }

  /** Whether nobody knows what became of it. */
  public static boolean isLost(Command command) {
    return text(command).startsWith(LOST);
  }

  /** Whether it is a folder that agents make for a clone; the only kind they are told to delete. */
  public static boolean isCloneFolder(String path) {
    return CLONE_DIR.matcher(path).matches();
  }

  /** Whether an agent says that there is no such container. */
  public static boolean isAbsent(String error) {
    return error.toLowerCase(Locale.ROOT).contains("no such container");
  }

  private @Nullable Look look(String answer) {
    try {
      return json.read(answer, Look.class);
    } catch (IllegalArgumentException notJson) {
      return null;
    }
  }

  private static String text(Command command) {
    var error = command.error();
    return error == null || error.isBlank()
        ? command.status().name().toLowerCase(Locale.ROOT)
        : error;
  }

  /**
   * The agent's answer to WAIT_FOR_HEALTHY.
   *
   * @param output the last lines of what does not run, by agents of ours
   */
  record Look(
      boolean healthy, boolean running, @Nullable String message, @Nullable String output) {}
}
