package dev.slipway.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the agent that the platform enrols by itself runs applications with. */
enum AgentMode {
  PROCESS,
  DOCKER,
  OFF;

  static AgentMode parse(String name, String text) throws StartFailure {
    for (var mode : values()) {
      if (mode.word().equals(text)) {
        return mode;
      }
    }
    var known = Arrays.stream(values()).map(AgentMode::word).collect(Collectors.joining(", "));
    throw StartFailure.usage(name + ": '" + text + "' is none of " + known);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
