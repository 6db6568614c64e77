package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Failing;
import com.example.specimen.Hello;
import dev.slipway.api.spi.RestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a stop and a start everything is as the operator wanted it. */
class RestartIT {
  static final String GREETING = "dev.slipway.example-greeting";
  static final String GREETINGS = "/api/plugins/" + GREETING + "/greetings";

  @TempDir Path folder;

  @Test
  void stateSurvives() throws Exception {
    try (var stand = new Stand()) {
      var before = stand.client();
      before.install(stand.jars.example(), true);
      before.post(GREETINGS, Map.of("name", "Ada"));
      before.install(specimen("com.example.idle", Hello.class), false);
      before.install(specimen("com.example.failing", Failing.class), false);
      before.enable("com.example.failing");
      before.install(specimen("com.example.tampered", Hello.class), false);
      assertThat(before.disable("dev.slipway.deployments").status()).isEqualTo(200);
      Files.writeString(stand.data.resolve("plugins/upload-left.part"), "half a file");

      try (var impatient = new Load(before, List.of("/api/apps"), 1)) {
        stand.restart(() -> tamper(stand.data.resolve("plugins")));
        assertThat(impatient.failures)
            .as("a route that is not there yet is not called unknown")
            .noneMatch(answer -> answer.startsWith("/api/apps 404"))
            .anyMatch(answer -> answer.contains("platform.starting"));
      }

      var after = stand.client();
      assertThat(after.get(GREETINGS).at("/total")).isEqualTo("1");
      assertThat(after.state("com.example.idle")).isEqualTo("disabled");
      assertThat(after.get("/api/plugins/com.example.idle/hello").status()).isEqualTo(503);
      assertThat(after.state("com.example.failing")).isEqualTo("quarantined");
      assertThat(after.reason("com.example.failing")).contains("no luck today");
      assertThat(after.state("com.example.tampered")).isEqualTo("quarantined");
      assertThat(after.reason("com.example.tampered")).contains("changed");
      assertThat(after.enable("com.example.tampered").status()).isEqualTo(409);
      assertThat(after.state("dev.slipway.deployments")).isEqualTo("disabled");
      assertThat(after.enable("dev.slipway.deployments").at("/plugin/state")).isEqualTo("active");
      assertThat(stand.framework().failures()).isEmpty();
      assertThat(stand.data.resolve("plugins/upload-left.part")).doesNotExist();

      var mended = specimen("com.example.tampered", Hello.class, "1.0.1");
      assertThat(after.update("com.example.tampered", mended).status()).isEqualTo(200);
      assertThat(after.enable("com.example.tampered").at("/plugin/state")).isEqualTo("active");
    }
  }

  private Path specimen(String id, Class<?> resource) {
    return specimen(id, resource, "1.0.0");
  }

  private Path specimen(String id, Class<?> resource, String version) {
    return new PluginJar(id).version(version).component(resource, RestResource.class).write(folder);
  }

  private static void tamper(Path plugins) {
    try (var files = Files.newDirectoryStream(plugins, "com.example.tampered-*.jar")) {
      for (var file : files) {
        Files.writeString(file, "one byte too many", StandardOpenOption.APPEND);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
