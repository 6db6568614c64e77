package dev.slipway.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.plugin.QuickBuild.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickBuildTest {
  private static final List<String> MAVENS =
      List.of("-g", "-proc:none", "-parameters", "--release", "25");
  private static final String PART = "package words; @interface Part { int rank() default 1; }";
  private static final String WORDS =
      """
      package words;

      @Part
      class Words {
        String hello() {
          return "hello";
        }
      }
      """;

  @TempDir Path project;
  Path words;
  Path described;

  @BeforeEach
  void write() throws IOException {
    words = source("Words", WORDS);
    source("Part", PART);
    described = project.resolve("src/main/resources/plugin.json");
    Files.createDirectories(described.getParent());
    Files.writeString(described, "{}");
  }

  private Path source(String name, String text) throws IOException {
    var file = project.resolve("src/main/java/words/" + name + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A jar as a full build leaves it. */
  private Path jar(List<String> options) throws IOException {
    var compiler = new MemoryClasses(ToolProvider.getSystemJavaCompiler(), List.of(), options);
    var made = compiler.compile(Sources.ending(project.resolve("src/main/java"), ".java"));
    assertThat(made.fine()).as(made.said()).isTrue();
    var jar = project.resolve("built.jar");
    var manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      var entries = new java.util.TreeMap<>(made.classes());
      entries.put("plugin.json", Files.readAllBytes(described));
      entries.put("OSGI-INF/words.xml", "<component/>".getBytes(StandardCharsets.UTF_8));
      for (var entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }

  private QuickBuild quick() throws IOException {
    return QuickBuild.after(project, jar(MAVENS), List.of()).orElseThrow();
  }

  private Path edit(String before, String after) throws IOException {
    return Files.writeString(words, Files.readString(words).replace(before, after));
  }

  @Test
  void codeAndResourcesAreBuiltAnew() throws Exception {
    var quick = quick();
    var before = quick.entries();
    edit("\"hello\"", "greet().strip()");
    edit(
        "class Words {",
        "class Words { record Greeting(String text) {} String greet() { return new Greeting(\"hi \").text(); }");
    Files.writeString(described, "{\"name\":\"words\"}");
    assertThat(quick.build(Set.of(words, described))).as(quick.said()).isEqualTo(Outcome.BUILT);
    assertThat(quick.entries())
        .containsKeys("words/Words$Greeting.class", "OSGI-INF/words.xml")
        .containsEntry("plugin.json", Files.readAllBytes(described));
    assertThat(quick.entries().get("words/Words.class"))
        .isNotEqualTo(before.get("words/Words.class"));
    edit("\"hi \"", "\"hi\"");
    assertThat(quick.build(Set.of(words))).isEqualTo(Outcome.BUILT);
  }

  @Test
  void faultsAreTold() throws Exception {
    var quick = quick();
    edit("return", "retrun");
    assertThat(quick.build(Set.of(words))).isEqualTo(Outcome.FAULTY);
    assertThat(quick.said()).contains("Words.java:6");
    edit("retrun", "return");
    assertThat(quick.build(Set.of(words))).isEqualTo(Outcome.BUILT);
  }

  @Test
  void whatTheManifestIsMadeOfNeedsAFullBuild() throws Exception {
    var edits = new ArrayList<List<String>>();
    edits.add(List.of("\"hello\"", "javax.tools.StandardLocation.CLASS_PATH.name()"));
    edits.add(List.of("@Part", "@Part(rank = 2)"));
    edits.add(
        List.of(
            "class Words", "class Words implements Runnable { public void run() {} } class More"));
    for (var edit : edits) {
      write();
      var quick = quick();
      edit(edit.getFirst(), edit.getLast());
      assertThat(quick.build(Set.of(words))).as(edit.toString()).isEqualTo(Outcome.REFUSED);
    }
  }

  @Test
  void whatIsNotCodeNeedsAFullBuild() throws Exception {
    var quick = quick();
    assertThat(quick.build(Set.of(project.resolve("pom.xml")))).isEqualTo(Outcome.REFUSED);
    Files.delete(described);
    assertThat(quick.build(Set.of(described))).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void isNotThereWhereItWouldMakeSomethingElse() throws Exception {
    assertThat(QuickBuild.after(project, jar(List.of("-g:none", "--release", "25")), List.of()))
        .isEmpty();
    var jar = jar(MAVENS);
    Files.writeString(described, "{\"version\":\"${project.version}\"}");
    assertThat(QuickBuild.after(project, jar, List.of())).isEmpty();
  }
}
