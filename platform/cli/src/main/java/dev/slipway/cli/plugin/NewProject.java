package dev.slipway.cli.plugin;

import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plugin's project as it begins: it builds with Maven alone and has tests that pass. */
public final class NewProject {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
  private static final Pattern SAID =
      Pattern.compile("(String (key|name|title)\\(\\) \\{\\s+return \")[^\"]*");
  private static final int LONGEST_NAME = 40;

  private final Path folder;
  private final String name;
  private final String type;
  private final String pack;
  private final Map<String, String> words;

  private NewProject(Path folder, String group, String name, Point point, String platform) {
    this.folder = folder;
    this.name = name;
    pack = group + "." + name.replace("-", "");
    type =
        Arrays.stream(name.split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    var word = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    words =
        Map.of(
            "group", group,
            "name", name,
            "id", group + "." + name,
            "title", title(),
            "package", pack,
            "Class", type,
            "word", word,
            "permissions", point.permissions().replace("{{word}}", word),
            "settings", point.settings().strip(),
            "platform", platform);
  }

  /**
   * Writes the project.
   *
   * @param folder must not exist, or be empty
   * @param name of the artifact, such as {@code build-chat}
   * @param platform version of the platform that it is built for
   */
  public static void write(Path folder, String group, String name, Point point, String platform) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw CliException.usage(name + " is no name: lower-case words joined by dashes");
    }
    if (!GROUP.matcher(group).matches()) {
      throw CliException.usage("--group: " + group + " is no group such as org.example");
    }
    try {
      requireEmpty(folder);
      var project = new NewProject(folder, group, name, point, platform);
      project.writeFrame();
      var example = point.example();
      if (example == null) {
        project.writeTemplates(point);
      } else {
        project.writeExample(example);
      }
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

  private String title() {
    return type.replaceAll("(?<=.)(?=[A-Z])", " ");
  }

  private void writeFrame() throws IOException {
    for (var file : List.of("pom.xml", "README.md")) {
      put(file, filled(file));
    }
    put(".gitignore", filled("gitignore"));
    put(main("package-info"), filled("package-info.java"));
  }

  private void writeTemplates(Point point) throws IOException {
    put("src/main/resources/plugin.json", filled("plugin.json"));
    put(main(type + point.role()), filled(point.word() + ".java"));
    put(test(type + point.test()), filled(point.word() + "-test.java"));
  }

  private void writeExample(Point.Example example) throws IOException {
    var source = example.folder() + "/src/";
    for (var each : example.main()) {
      put(main(renamed(example, each)), taken(example, source + "main/java", each));
    }
    for (var each : example.tests()) {
      put(test(renamed(example, each)), taken(example, source + "test/java", each));
    }
    var described = text("example/" + source + "main/resources/plugin.json");
    put(
        "src/main/resources/plugin.json",
        described
            .replaceFirst("\"id\": \"[^\"]*\"", quoted("\"id\": \"" + words.get("id") + "\""))
            .replaceFirst("\"name\": \"[^\"]*\"", quoted("\"name\": \"" + title() + "\""))
            .replaceFirst("\"vendor\": \"[^\"]*\"", "\"vendor\": \"\""));
  }

  /** A class of an example under the project's names. */
  private String taken(Point.Example example, String source, String each) throws IOException {
    var text = text("example/" + source + "/com/example/" + example.pack() + "/" + each + ".java");
    text = text.replace("package com.example." + example.pack() + ";", "package " + pack + ";");
    for (var known : List.of(example.main(), example.tests())) {
      for (var old : known) {
        text = text.replaceAll("\\b" + old + "\\b", renamed(example, old));
      }
    }
    return SAID.matcher(text)
        .replaceAll(
            found -> quoted(found.group(1) + (found.group(2).equals("key") ? name : title())));
  }

  private String renamed(Point.Example example, String each) {
    return each.replace(example.word(), type);
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  private String main(String each) {
    return "src/main/java/" + pack.replace('.', '/') + "/" + each + ".java";
  }

  private String test(String each) {
    return "src/test/java/" + pack.replace('.', '/') + "/" + each + ".java";
  }

  private String filled(String template) throws IOException {
    var text = text("project/" + template + ".template");
    for (var word : words.entrySet()) {
      text = text.replace("{{" + word.getKey() + "}}", word.getValue());
    }
    return text;
  }

  private static String text(String resource) throws IOException {
    try (var in = NewProject.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void put(String file, String text) throws IOException {
    var target = folder.resolve(file);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.writeString(target, text);
  }
}
