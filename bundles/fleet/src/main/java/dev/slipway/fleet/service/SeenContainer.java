package dev.slipway.fleet.service;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A container as a heartbeat told of it; what the wire left out has the wire's default. */
public record SeenContainer(
    String id,
    String name,
    String image,
    String status,
    String health,
    int restartCount,
    boolean oomKilled,
    int exitCode,
    String exitReason,
    String startedAt,
    String finishedAt) {

  /** From the members of the heartbeat. */
  public static SeenContainer of(Object members) {
    var map = (Map<?, ?>) members;
    return new SeenContainer(
        text(map, "container_id"),
        text(map, "name"),
        text(map, "image"),
        text(map, "status"),
        text(map, "health_status"),
        number(map, "restart_count"),
        Boolean.TRUE.equals(map.get("oom_killed")),
        number(map, "exit_code"),
        text(map, "exit_reason"),
        text(map, "started_at"),
        text(map, "finished_at"));
  }

  /** What it is known by: a container that is made anew under the same name is another one. */
  public String key() {
    return id.isEmpty() ? name : id;
  }

  public boolean running() {
    return status.equals("running");
  }

  public boolean unhealthy() {
    return running() && health.equals("unhealthy");
  }

  /** Whether it has a health check that said something. */
  public boolean checked() {
    return !health.isEmpty() && !health.equals("none");
  }

  /** All of it, and an end; none of its words holds a control character. */
  public String text() {
    return String.join(
        "\0",
        id,
        name,
        image,
        status,
        health,
        Integer.toString(restartCount),
        Boolean.toString(oomKilled),
        Integer.toString(exitCode),
        exitReason,
        startedAt,
        finishedAt,
        "\n");
  }

  private static String text(Map<?, ?> map, String member) {
    return Objects.requireNonNullElse((String) map.get(member), "");
  }

  private static int number(Map<?, ?> map, String member) {
    return map.get(member) instanceof Number number ? number.intValue() : 0;
  }

  /** The exit code, where it has ended. */
  public @Nullable Integer ended() {
    return running() ? null : exitCode;
  }
}
