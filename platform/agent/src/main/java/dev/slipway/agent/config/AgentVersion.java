package dev.slipway.agent.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program as its build recorded it. */
public final class AgentVersion {
  private static final String BUILD_RECORD = "/META-INF/maven/dev.slipway/agent/pom.properties";

  private AgentVersion() {}

  /** {@code development} when the program runs from a class folder. */
  public static String ofBuild() {
    try (var in = AgentVersion.class.getResourceAsStream(BUILD_RECORD)) {
      if (in == null) {
        return "development";
      }
      var record = new Properties();
      record.load(in);
      return record.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
