package dev.slipway.agent.runtime;

import java.util.List;
import java.util.Map;

/**
 * An instance to start.
 *
 * @param command for {@code sh -c}; empty leaves it to the image
 * @param port where the app is told to listen
 */
public record DeployOrder(
    String name,
    String imageTag,
    String command,
    int port,
    Map<String, String> environment,
    Limits limits,
    RestartPolicy restart,
    Placement placement) {

  /**
   * @param cpuCores 1.5 is one and a half cores
   */
  public record Limits(long memoryMebibytes, double cpuCores) {}

  /**
   * Where and how a container runs; most of it has no meaning for a plain process.
   *
   * @param skipPull use the local image as it is
   * @param logins for the registry of the image
   */
  public record Placement(
      String network,
      boolean skipPull,
      Map<String, String> labels,
      List<Volume> volumes,
      List<SecretFile> secretFiles,
      String processName,
      int replica,
      List<RegistryLogin> logins) {}

  /**
   * A folder of the host or a named volume inside the container.
   *
   * @param variable what tells a plain process where the folder is; empty = nothing
   */
  public record Volume(String host, String container, boolean readOnly, String variable) {}

  /**
   * @param content base64
   * @param mode permission bits
   */
  public record SecretFile(String path, String content, int mode) {}
}
