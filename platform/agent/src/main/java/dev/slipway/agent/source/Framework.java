package dev.slipway.agent.source;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What kind of app a source tree holds, in the keys of the contract's detection answer. Empty texts
 * are left out.
 *
 * @param startCommand for {@code sh -c}; empty where only a container image can start it, or where
 *     the built pages are all there is
 * @param port where the app is expected to listen when nothing else is said
 * @param details the members that only some kinds have, such as {@code node_version}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Framework(
    String name,
    @JsonProperty("build_command") String buildCommand,
    @JsonProperty("start_command") String startCommand,
    int port,
    Map<String, String> details) {

  /** Where built pages lie, relative to the tree. */
  static final String OUTPUT = "output_dir";

  public Framework {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  @Override
  @JsonAnyGetter
  public Map<String, String> details() {
    return details;
  }

  static Framework of(String name, String buildCommand, String startCommand, int port) {
    return new Framework(name, buildCommand, startCommand, port, Map.of());
  }

  /** With one more member, where there is a text for it. */
  Framework with(String member, String text) {
    if (text.isEmpty()) {
      return this;
    }
    var more = new LinkedHashMap<>(details);
    more.put(member, text);
    return new Framework(name, buildCommand, startCommand, port, more);
  }

  /**
   * What starts it on the host itself: pages that were built have no program of their own, so the
   * JDK's serves them.
   */
  @JsonIgnore
  public String startOnHost() {
    var output = details.getOrDefault(OUTPUT, "");
    return startCommand.isEmpty() && !output.isEmpty()
        ? "jwebserver -b 127.0.0.1 -p \"$PORT\" -d \"$PWD/" + output + "\""
        : startCommand;
  }

  /** What is fetched before a build on the host, where that stays in the tree; empty otherwise. */
  @JsonIgnore
  public String installOnHost() {
    var manager = details.getOrDefault("package_manager", "");
    return manager.isEmpty() ? "" : manager + " install";
  }
}
