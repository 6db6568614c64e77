package dev.slipway.agent.os;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment that a foreign command starts with: PATH, HOME and LANG, nothing of the agent's
 * own (whose secret stands there).
 */
public final class CleanEnvironment {
  private static final String PLAIN_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private CleanEnvironment() {}

  /** The JDK that runs the agent comes first on PATH, so that a Java app needs no other. */
  public static Map<String, String> of(Path home, Map<String, String> additions) {
    var inherited = System.getenv().getOrDefault("PATH", PLAIN_PATH);
    var environment = new LinkedHashMap<String, String>();
    environment.put(
        "PATH", Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + inherited);
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.putAll(additions);
    return environment;
  }
}
