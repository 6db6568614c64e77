package dev.slipway.compose;

import dev.slipway.compose.Service.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands about one service. */
final class ServiceReader {
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern RESTART =
      Pattern.compile("(no|always|unless-stopped|on-failure)(?::(\\d{1,3}))?");
  private static final Set<String> TAKEN_LABELS =
      Set.of("com.docker.", "permanu.", "deploy-", "slipway.");

  private final Set<String> networks;
  private final MountReader mounts;
  private final Map<String, String> variables;
  private final Map<String, String> buildVariables;

  ServiceReader(
      Set<String> networks,
      Set<String> volumes,
      Map<String, String> variables,
      Map<String, String> buildVariables) {
    this.networks = networks;
    this.mounts = new MountReader(volumes);
    this.variables = variables;
    this.buildVariables = buildVariables;
  }

  Service read(String name, Fields fields) {
    var build = fields.value("build") == null ? null : build(fields);
    var service =
        new Service(
            name,
            image(fields, build == null),
            build,
            process(fields, envFiles(fields)),
            PortReader.read(fields),
            dependsOn(fields),
            HealthReader.read(fields),
            mounts.read(fields),
            networks(fields),
            restart(fields),
            limits(fields),
            labels(fields));
    Refused.LEFT_OUT.forEach(fields::leave);
    fields.end(Refused.OF_SERVICE);
    return service;
  }

  /**
   * What a service of a stack has in common with others; the caller reads on, and ends.
   *
   * @param ports that the caller has read
   * @param limits that the caller has read
   */
  Service readOfStack(String name, Fields fields, Set<Integer> ports, Service.Limits limits) {
    fields.leave("depends_on", "the services of a stack start in no order");
    fields.leave("restart", "deploy.restart_policy says what starts again");
    Refused.LEFT_OUT.forEach(fields::leave);
    return new Service(
        name,
        image(fields, true),
        null,
        process(fields, List.of()),
        ports,
        Map.of(),
        HealthReader.read(fields),
        mounts.read(fields),
        networks(fields),
        new Service.Restart("", 0),
        limits,
        labels(fields));
  }

  private static @Nullable String image(Fields fields, boolean required) {
    var image = fields.text("image");
    if (image == null && required) {
      fields.problem("image", "is required where nothing is built");
    }
    if (image != null && !IMAGE.matcher(image).matches()) {
      fields.problem("image", "is not the name of an image");
    }
    return image;
  }

  private Service.Build build(Fields fields) {
    var value = fields.value("build");
    if (value instanceof String context) {
      return new Service.Build(context, "", Map.of());
    }
    var build = fields.object("build");
    var context = build.text("context");
    var dockerfile = build.text("dockerfile");
    var args = environment(build, "args", buildVariables);
    build.end(Refused.OF_BUILD);
    return new Service.Build(
        context == null ? "." : context, dockerfile == null ? "" : dockerfile, args);
  }

  private Service.Process process(Fields fields, List<Service.EnvFile> envFiles) {
    var grace = fields.text("stop_grace_period");
    return new Service.Process(
        words(fields, "command"),
        words(fields, "entrypoint"),
        environment(fields, "environment", variables),
        envFiles,
        fields.text("user"),
        fields.text("working_dir"),
        fields.flag("init"),
        fields.flag("read_only"),
        fields.text("stop_signal"),
        grace == null ? null : HealthReader.time(fields, "stop_grace_period", grace));
  }

  private static @Nullable List<String> words(Fields fields, String key) {
    if (fields.value(key) instanceof String line) {
      var words = Words.of(line);
      if (words == null) {
        fields.problem(key, "has a quote that stays open");
      }
      return words;
    }
    return fields.texts(key);
  }

  /** A name without a value gets the variable of that name, and is left out where there is none. */
  private static Map<String, String> environment(
      Fields fields, String key, Map<String, String> variables) {
    var environment = new LinkedHashMap<String, String>();
    fields
        .pairs(key)
        .forEach(
            (name, given) -> {
              var value = given == null ? variables.get(name) : given;
              if (!VARIABLE.matcher(name).matches()) {
                fields.problem(key, "has a name that is none of a variable");
              } else if (value != null && value.indexOf('\0') >= 0) {
                fields.problem(key + "." + name, "has a NUL");
              } else if (value != null) {
                environment.put(name, value);
              }
            });
    return environment;
  }

  private static List<Service.EnvFile> envFiles(Fields fields) {
    if (fields.value("env_file") instanceof String path) {
      return List.of(new Service.EnvFile(path, true));
    }
    var files = new ArrayList<Service.EnvFile>();
    fields
        .items("env_file")
        .forEach(
            (at, item) -> {
              if (item instanceof String path) {
                files.add(new Service.EnvFile(path, true));
                return;
              }
              var file = Fields.of(at, item, fields.findings());
              var path = file.text("path");
              if (path == null) {
                file.problem("path", "is required");
              } else {
                files.add(
                    new Service.EnvFile(path, !file.has("required") || file.flag("required")));
              }
              file.end();
            });
    return files;
  }

  private static Map<String, Condition> dependsOn(Fields fields) {
    var needed = new LinkedHashMap<String, Condition>();
    fields
        .named("depends_on")
        .forEach(
            (name, value) -> {
              var about = Fields.of(fields.at("depends_on." + name), value, fields.findings());
              needed.put(name, condition(about));
              about.leave("restart", "services restart by themselves");
              about.end();
            });
    return needed;
  }

  private static Condition condition(Fields about) {
    var text = about.text("condition");
    if (text == null) {
      return Condition.STARTED;
    }
    return switch (text) {
      case "service_started" -> Condition.STARTED;
      case "service_healthy" -> Condition.HEALTHY;
      case "service_completed_successfully" -> Condition.COMPLETED;
      default -> {
        about.problem("condition", "is not known");
        yield Condition.STARTED;
      }
    };
  }

  private List<String> networks(Fields fields) {
    var joined = new LinkedHashSet<String>();
    fields
        .named("networks")
        .forEach(
            (name, value) -> {
              if (!networks.contains(name)) {
                fields.problem("networks." + name, "there is no such network");
              }
              Fields.of(fields.at("networks." + name), value, fields.findings()).end();
              joined.add(name);
            });
    return joined.isEmpty() ? List.of(Sections.DEFAULT_NETWORK) : List.copyOf(joined);
  }

  private static Service.Restart restart(Fields fields) {
    var text = fields.text("restart");
    if (text == null) {
      return new Service.Restart("", 0);
    }
    var parts = RESTART.matcher(text);
    if (!parts.matches() || parts.group(2) != null && !parts.group(1).equals("on-failure")) {
      fields.problem("restart", "is no, always, unless-stopped, on-failure or on-failure:N");
      return new Service.Restart("", 0);
    }
    var attempts = parts.group(2);
    return new Service.Restart(parts.group(1), attempts == null ? 0 : Integer.parseInt(attempts));
  }

  private static Service.Limits limits(Fields fields) {
    var deploy = fields.object("deploy");
    var replicas = deploy.text("replicas");
    if (replicas != null && !replicas.equals("1")) {
      deploy.problem("replicas", "a service runs once");
    }
    var resources = deploy.object("resources");
    resources.leave("reservations", "nothing is set aside");
    var read = limitsOf(resources, "limits");
    resources.end();
    deploy.end();
    return read;
  }

  /** What stands under {@code limits}, or what is set aside in the same words. */
  static Service.Limits limitsOf(Fields resources, String key) {
    var limits = resources.object(key);
    var memory = limits.text("memory");
    var cores = limits.text("cpus");
    var processes = limits.text("pids");
    var read =
        new Service.Limits(
            memory == null ? null : Amounts.bytes(memory),
            cores == null ? null : Amounts.cores(cores),
            processes == null ? null : Amounts.whole(processes, 1, 1_000_000));
    require(limits, "memory", memory, read.memoryBytes(), "is not a size such as 512m");
    require(limits, "cpus", cores, read.cpuCores(), "is not a number such as 0.5");
    require(limits, "pids", processes, read.processes(), "is not a number");
    limits.end();
    return read;
  }

  private static void require(
      Fields fields, String key, @Nullable String text, @Nullable Object read, String problem) {
    if (text != null && read == null) {
      fields.problem(key, problem);
    }
  }

  static Map<String, String> labels(Fields fields) {
    var labels = new LinkedHashMap<String, String>();
    fields
        .pairs("labels")
        .forEach(
            (name, value) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!name.equals(ComposeFile.PRIMARY_LABEL)
                  && TAKEN_LABELS.stream().anyMatch(lower::startsWith)) {
                fields.problem("labels." + name, "is a label that the platform sets itself");
              }
              labels.put(name, value == null ? "" : value);
            });
    return labels;
  }
}
