package dev.slipway.agent.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What kind of app a source tree holds, in the keys of the contract's detection answer. Empty texts
 * are left out.
 *
 * @param startCommand for {@code sh -c}; empty where only a container image can start it
 * @param port where the app is expected to listen when nothing else is said
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Framework(
    String name,
    @JsonProperty("build_command") String buildCommand,
    @JsonProperty("start_command") String startCommand,
    int port,
    @JsonProperty("output_dir") String outputDir,
    @JsonProperty("package_manager") String packageManager,
    @JsonProperty("python_pm") String pythonPackageManager) {

  static Framework plain(String name, String buildCommand, String startCommand, int port) {
    return new Framework(name, buildCommand, startCommand, port, "", "", "");
  }

  static Framework node(String name, String build, String start, int port, String manager) {
    return new Framework(name, build, start, port, "", manager, "");
  }

  static Framework python(String name, String build, String start, int port, String manager) {
    return new Framework(name, build, start, port, "", "", manager);
  }
}
