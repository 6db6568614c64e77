package dev.slipway.agent.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image to make from a source folder.
 *
 * @param slug of the app, may be empty
 * @param docker read by the docker runtime alone
 * @param process read by the process runtime alone
 */
public record BuildOrder(
    String imageTag,
    Path source,
    String slug,
    Map<String, String> environment,
    Docker docker,
    Process process) {

  /**
   * @param dockerfile path inside the source, may be empty
   * @param dockerfileContent used when no path is given, may be empty
   * @param logins for the registries of the images that the Dockerfile begins with
   */
  public record Docker(
      String dockerfile,
      String dockerfileContent,
      boolean noCache,
      List<String> cacheArguments,
      List<RegistryLogin> logins) {}

  /** Shell commands of the tenant; empty ones are left out. */
  public record Process(String installCommand, String buildCommand) {}
}
