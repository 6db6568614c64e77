package dev.slipway.apps.resource.runtime;

import dev.slipway.apps.AppProcess;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Processes as clients see them. */
public final class ProcessPayloads {
  private ProcessPayloads() {}

  /**
   * How a process runs.
   *
   * @param command for {@code sh -c}, as the app's start command
   * @param replicas null = 1
   */
  public record Put(
      @NotNull @Size(min = 1, max = 4096) String command,
      @Min(0) @Max(20) @Nullable Integer replicas) {

    public int count() {
      return Objects.requireNonNullElse(replicas, 1);
    }
  }

  /** What runs of an app beside what answers its requests. */
  public record View(
      UUID appId,
      String name,
      String command,
      int replicas,
      @Nullable UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {

    static View of(AppProcess process) {
      return new View(
          process.appId(),
          process.name(),
          process.command(),
          process.replicas(),
          process.createdBy(),
          process.createdAt(),
          process.updatedAt());
    }
  }

  public record ProcessAnswer(View process) {
    static ProcessAnswer of(AppProcess process) {
      return new ProcessAnswer(View.of(process));
    }
  }

  public record ProcessesAnswer(List<View> processes) {
    static ProcessesAnswer of(List<AppProcess> processes) {
      return new ProcessesAnswer(processes.stream().map(View::of).toList());
    }
  }
}
