package dev.slipway.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewProjectTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyPointHasAWholeProject(Point point) throws IOException {
    var project = folder.resolve("build-chat");
    NewProject.write(project, "org.example", "build-chat", point, "9.8.7");
    var plugin =
        new JsonMapper().readTree(project.resolve("src/main/resources/plugin.json").toFile());
    assertThat(plugin.path("id").asText()).isEqualTo("org.example.build-chat");
    assertThat(plugin.path("name").asText()).isEqualTo("Build Chat");
    assertThat(Files.readString(project.resolve("pom.xml")))
        .contains("9.8.7", "build-chat", "${project.groupId}.${project.artifactId}");
    try (var files = Files.walk(project)) {
      var sources = files.filter(Files::isRegularFile).toList();
      assertThat(sources).hasSizeGreaterThanOrEqualTo(7);
      for (var source : sources) {
        assertThat(Files.readString(source)).doesNotContain("{{");
        if (source.toString().endsWith(".java")) {
          assertThat(source.toString()).contains("/org/example/buildchat/");
          assertThat(Files.readString(source)).contains("package org.example.buildchat;");
        }
      }
    }
  }

  @Test
  void nothingIsWrittenOverAndNamesAreChecked() throws IOException {
    Files.createFile(folder.resolve("mine"));
    assertRefused(folder, "com.example", "chat");
    assertRefused(folder.resolve("new"), "com.example", "Chat");
    assertRefused(folder.resolve("new"), "com.example", "../chat");
    assertRefused(folder.resolve("new"), "com..example", "chat");
    assertThatThrownBy(() -> Point.of("database")).hasMessageContaining("rest-resource");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private static void assertRefused(Path target, String group, String name) {
    assertThatThrownBy(() -> NewProject.write(target, group, name, Point.JOB, "1"))
        .isInstanceOf(CliException.class);
  }
}
