package dev.slipway.compose;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service of a Compose file.
 *
 * @param image null where it is built
 * @param build null where an image is named alone
 * @param ports inside the container; nothing is published on a host
 * @param dependsOn what must be there before it starts, and how far
 * @param healthCheck null leaves it to the image
 * @param networks by their names in the file, at least one
 */
public record Service(
    String name,
    @Nullable String image,
    @Nullable Build build,
    Process process,
    Set<Integer> ports,
    Map<String, Condition> dependsOn,
    @Nullable HealthCheck healthCheck,
    List<Mount> mounts,
    List<String> networks,
    Restart restart,
    Limits limits,
    Map<String, String> labels) {

  /**
   * @param context folder of the source, as it is written
   * @param dockerfile path inside the context
   */
  public record Build(String context, String dockerfile, Map<String, String> args) {}

  /**
   * What runs in the container.
   *
   * @param command null leaves it to the image
   * @param entrypoint null leaves it to the image
   * @param environment variables that stand in the file, over those of the files
   * @param envFiles in this order, the last one counting
   * @param user null leaves it to the image
   * @param stopGrace null = as long as usual
   */
  public record Process(
      @Nullable List<String> command,
      @Nullable List<String> entrypoint,
      Map<String, String> environment,
      List<EnvFile> envFiles,
      @Nullable String user,
      @Nullable String workingDir,
      boolean init,
      boolean readOnly,
      @Nullable String stopSignal,
      @Nullable Duration stopGrace) {}

  /**
   * @param path in the source, as it is written
   */
  public record EnvFile(String path, boolean required) {}

  /** How far a service must have come before another one starts. */
  public enum Condition {
    STARTED,
    HEALTHY,
    /** It has ended well. */
    COMPLETED
  }

  /**
   * @param test in the engine's words, {@code CMD}, {@code CMD-SHELL} or {@code NONE} first; empty
   *     leaves it to the image
   * @param interval null = the engine's; so too the others
   */
  public record HealthCheck(
      List<String> test,
      @Nullable Duration interval,
      @Nullable Duration timeout,
      @Nullable Duration startPeriod,
      @Nullable Integer retries) {}

  /** A volume of the file inside the container. */
  public record Mount(String volume, String target, boolean readOnly) {}

  /**
   * @param policy {@code no}, {@code always}, {@code on-failure} or {@code unless-stopped}; empty
   *     where the file says nothing
   * @param attempts after a failure; 0 = without end
   */
  public record Restart(String policy, int attempts) {}

  /** Null = the app's. */
  public record Limits(
      @Nullable Long memoryBytes, @Nullable Double cpuCores, @Nullable Integer processes) {}
}
