package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plugin's project as it begins: it builds with Maven alone and has a test that passes. */
public final class NewProject {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private NewProject() {}

  /** Where a plugin meets the platform. */
  public enum Point {
    REST_RESOURCE("Resource", "ResourceIT", ""),
    EVENT_LISTENER("Listener", "ListenerTest", "\"events:apps.app.created\""),
    JOB("Job", "JobTest", "");

    private final String role;
    private final String test;
    private final String permissions;

    Point(String role, String test, String permissions) {
      this.role = role;
      this.test = test;
      this.permissions = permissions;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The point of this name. */
    public static Point of(String word) {
      return Arrays.stream(values())
          .filter(point -> point.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  CliException.usage(
                      "--point: '%s' is none of %s"
                          .formatted(
                              word,
                              Arrays.stream(values())
                                  .map(Point::word)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  /**
   * Writes the project.
   *
   * @param folder must not exist, or be empty
   * @param name of the artifact, such as {@code build-chat}
   * @param platform version of the platform that it is built for
   */
  public static void write(Path folder, String group, String name, Point point, String platform) {
    if (!NAME.matcher(name).matches()) {
      throw CliException.usage(name + " is no name: lower-case words joined by dashes");
    }
    if (!GROUP.matcher(group).matches()) {
      throw CliException.usage("--group: " + group + " is no group such as org.example");
    }
    var pack = group + "." + name.replace("-", "");
    var type =
        Arrays.stream(name.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    var words =
        Map.of(
            "group", group,
            "name", name,
            "id", group + "." + name,
            "title", type.replaceAll("(?<=.)(?=[A-Z])", " "),
            "package", pack,
            "Class", type,
            "permissions", point.permissions,
            "platform", platform);
    try {
      requireEmpty(folder);
      var main = "src/main/java/" + pack.replace('.', '/') + "/";
      var test = "src/test/java/" + pack.replace('.', '/') + "/";
      copy("pom.xml", folder.resolve("pom.xml"), words);
      copy("README.md", folder.resolve("README.md"), words);
      copy("gitignore", folder.resolve(".gitignore"), words);
      copy("plugin.json", folder.resolve("src/main/resources/plugin.json"), words);
      copy("package-info.java", folder.resolve(main + "package-info.java"), words);
      copy(point.word() + ".java", folder.resolve(main + type + point.role + ".java"), words);
      copy(point.word() + "-test.java", folder.resolve(test + type + point.test + ".java"), words);
    } catch (IOException failure) {
      throw CliException.failed(folder + " can not be written: " + failure.getMessage());
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw CliException.usage(folder + " exists and is not empty");
        }
      }
    }
  }

  private static void copy(String template, Path file, Map<String, String> words)
      throws IOException {
    try (var in = NewProject.class.getResourceAsStream("project/" + template + ".template")) {
      var text =
          new String(Objects.requireNonNull(in, template).readAllBytes(), StandardCharsets.UTF_8);
      for (var word : words.entrySet()) {
        text = text.replace("{{" + word.getKey() + "}}", word.getValue());
      }
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
    }
  }
}
