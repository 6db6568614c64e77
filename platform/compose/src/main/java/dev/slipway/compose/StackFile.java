package dev.slipway.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Compose file as a swarm runs it. It is read by the rules of {@link ComposeFile}, and what
 * swarms can do is known besides: replicas, updates, placement, published ports, configs and
 * secrets.
 *
 * @param networks whether each leads nowhere but to itself, by name; {@code default} is among them
 * @param volumes names
 * @param configs texts, by name
 * @param secrets texts, by name
 * @param warnings what of the file has no effect
 */
public record StackFile(
    Map<String, StackService> services,
    Map<String, Boolean> networks,
    Set<String> volumes,
    Map<String, String> configs,
    Map<String, String> secrets,
    List<String> warnings) {
  /** Of the text of a file. */
  public static final int MOST_CHARACTERS = 1 << 20;

  private static final int MOST_SERVICES = 100;
  private static final int MOST_NETWORKS = 20;
  private static final int MOST_FILES = 64;
  private static final Map<String, String> REFUSED =
      Map.of("include", "other files are not read; put all services into one");
  private static final Map<String, String> REFUSED_OF_FILE =
      Map.of(
          "external", "those of other stacks are not read",
          "name", "it is named after the stack",
          "environment", "variables of the agent are not read",
          "driver", "the swarm keeps it itself");

  /**
   * Reads a file. No variables are filled in but those that have defaults.
   *
   * @param files texts of the files that it may name, by their paths
   * @throws ComposeFault with all that is wrong
   */
  public static StackFile parse(String text, Map<String, String> files) throws ComposeFault {
    var findings = new Findings();
    var interpolation = new Interpolation(Map.of(), Map.of());
    var tree = new YamlTree(findings, interpolation, MOST_CHARACTERS).read(text);
    var file = Fields.of("", tree, findings);
    file.leave("version", "files have no versions any more");
    file.leave("name", "the name of the stack counts");
    var networks = Sections.networks(file, "overlay", MOST_NETWORKS);
    var volumes = Sections.volumes(file);
    var configs = texts(file, "configs", files);
    var secrets = texts(file, "secrets", files);
    var reader =
        new StackServiceReader(
            new ServiceReader(networks.keySet(), volumes, Map.of(), Map.of()),
            configs.keySet(),
            secrets.keySet());
    var services = Sections.services(file, MOST_SERVICES, reader::read);
    file.end(REFUSED);
    findings.check();
    return new StackFile(services, networks, volumes, configs, secrets, findings.warnings());
  }

  private static Map<String, String> texts(Fields file, String key, Map<String, String> files) {
    var texts = new LinkedHashMap<String, String>();
    file.named(key)
        .forEach(
            (name, value) -> {
              var fields = Fields.of(key + "." + name, value, file.findings());
              Sections.checkName(file.findings(), key + "." + name, name);
              var path = fields.text("file");
              if (path == null) {
                fields.problem("file", "is required");
              } else if (!files.containsKey(plain(path))) {
                fields.problem("file", "there is no " + path + " among the files of the stack");
              }
              fields.leave("labels", "nobody reads them");
              fields.end(REFUSED_OF_FILE);
              texts.put(name, path == null ? "" : files.getOrDefault(plain(path), ""));
            });
    if (texts.size() > MOST_FILES) {
      file.problem(key, "must be at most " + MOST_FILES);
    }
    return texts;
  }

  private static String plain(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }
}
