package dev.slipway.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.PluginTrust;
import dev.slipway.cli.api.Plugins;
import dev.slipway.cli.api.ServerEvent;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import dev.slipway.cli.plugin.SignedJar;
import dev.slipway.cli.plugin.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway plugin …}. */
@Command(name = "plugin", description = "Installs, updates, switches and removes plugins.")
final class PluginCommand {
  /** The whole text is one value, or it is no JSON. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Duration NEXT_LOOK = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final Invocation invocation;

  PluginCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows feature bundles and plugins.")
  int list(
      @Option(names = "--state", paramLabel = "STATE") @Nullable String state,
      @Option(names = "--kind", paramLabel = "KIND", description = "feature or plugin")
          @Nullable String kind) {
    var plugins = plugins().list(state, kind);
    var output = invocation.output();
    output.list(
        plugins,
        "plugins",
        () -> {
          var table = new Table("ID", "VERSION", "KIND", "STATE", "REASON");
          for (var plugin : plugins) {
            table.row(
                Shown.text(plugin, "id"),
                Shown.text(plugin, "version"),
                Shown.text(plugin, "kind"),
                output.status(plugin.path("state").asText()),
                Shown.text(plugin, "reason"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "install", description = "Installs a plugin from its jar.")
  int install(
      @Parameters(paramLabel = "FILE") Path jar,
      @Option(names = "--enable", description = "start it as well") boolean enable) {
    return done("installed", plugins().install(readable(jar), enable));
  }

  @Command(name = "update", description = "Replaces a plugin by another version, without a gap.")
  int update(
      @Parameters(
              paramLabel = "[ID] FILE",
              arity = "1..2",
              description = "the jar; the id is read from it unless given")
          List<String> idAndFile,
      @Option(names = "--grant", description = "grant what the new version asks for more")
          boolean grant) {
    var jar = readable(Path.of(idAndFile.getLast()));
    var id = idAndFile.size() == 2 ? idAndFile.getFirst() : PluginJar.id(jar);
    return done("updated", plugins().update(id, jar, grant));
  }

  @Command(name = "enable", description = "Starts a plugin.")
  int enable(@Parameters(paramLabel = "ID") String id) {
    return done("enabled", plugins().enable(id));
  }

  @Command(name = "disable", description = "Lets a plugin's requests end, then stops it.")
  int disable(
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--drain",
              paramLabel = "SECONDS",
              description = "how long its requests may take, 0 to 60 (the platform's default: 10)")
          @Nullable Integer drain,
      @Option(names = "--cascade", description = "with all that depend on it") boolean cascade) {
    return done("disabled", plugins().disable(id, drain, cascade));
  }

  @Command(name = "remove", description = "Uninstalls a plugin; its data stays unless purged.")
  int remove(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--purge", description = "delete its data as well") boolean purge,
      @Option(names = "--yes", description = "do not ask") boolean yes) {
    invocation.confirm(yes || !purge, "Remove " + id + " and delete its data?");
    plugins().remove(id, purge);
    var json = JsonNodeFactory.instance.objectNode().put("id", id).put("purged", purge);
    invocation.output().done(json, "removed " + id);
    return ExitCode.OK.number();
  }

  @Command(name = "check", description = "Tells what a jar would do, and does nothing.")
  int check(@Parameters(paramLabel = "FILE") Path jar) {
    var outlook = plugins().outlook(readable(jar));
    invocation.output().show(outlook, () -> pairs(outlook));
    var fits = outlook.path("resolves").asBoolean() && outlook.path("touched").isEmpty();
    return (fits ? ExitCode.OK : ExitCode.FAILED).number();
  }

  @Command(
      name = "permissions",
      description = "Shows what a plugin may do, or grants and revokes some of what it asks for.")
  int permissions(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--grant", paramLabel = "PERMISSION") List<String> more,
      @Option(names = "--revoke", paramLabel = "PERMISSION") List<String> less) {
    var known = plugins().permissions(id);
    if (more != null || less != null) {
      var granted = new TreeSet<String>();
      known.path("granted").forEach(permission -> granted.add(permission.asText()));
      granted.addAll(more == null ? List.of() : more);
      granted.removeAll(less == null ? List.of() : less);
      var array = JsonNodeFactory.instance.arrayNode();
      granted.forEach(array::add);
      known = plugins().grant(id, array);
    }
    var shown = known;
    invocation.output().show(shown, () -> pairs(shown));
    return ExitCode.OK.number();
  }

  private static Table pairs(JsonNode object) {
    var table = new Table("NAME", "VALUE");
    object
        .properties()
        .forEach(
            member -> {
              var value = member.getValue();
              table.row(member.getKey(), value.isTextual() ? value.asText() : value.toString());
            });
    return table;
  }

  @Command(name = "sign", description = "Signs a plugin's jar with a key made by plugin key new.")
  int sign(
      @Option(names = "--key", paramLabel = "FILE", required = true) Path key,
      @Parameters(paramLabel = "JAR") Path jar) {
    var signing = SigningKey.read(key);
    SignedJar.write(readable(jar), signing);
    var json = JsonNodeFactory.instance.objectNode().put("jar", jar.toString());
    invocation.output().done(json.put("key", signing.id()), "signed " + jar);
    return ExitCode.OK.number();
  }

  @Command(name = "revoke", description = "Stops one file, by its SHA-256, for good.")
  int revoke(
      @Parameters(paramLabel = "DIGEST") String digest,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
    var file = new PluginTrust(invocation.client()).revokeFile(digest, reason);
    invocation.output().done(file, "revoked " + digest);
    return ExitCode.OK.number();
  }

  @Command(name = "settings", description = "Shows a plugin's settings, or changes some of them.")
  int settings(
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "the value as JSON, or else as text; an empty one sets the default")
          Map<String, String> changes) {
    var known = plugins().settings(id);
    if (changes != null) {
      var values = (ObjectNode) known.path("values").deepCopy();
      changes.forEach((name, value) -> change(values, name, value));
      known = plugins().configure(id, values);
    }
    var values = known.path("values");
    invocation.output().show(known, () -> pairs(values));
    return ExitCode.OK.number();
  }

  private static void change(ObjectNode values, String name, String value) {
    if (value.isEmpty()) {
      values.remove(name);
      return;
    }
    try {
      var json = JSON.readTree(value);
      values.set(name, json.isMissingNode() ? values.textNode(value) : json);
    } catch (JsonProcessingException text) {
      values.put(name, value);
    }
  }

  @Command(name = "events", description = "Shows what happens to plugins, until interrupted.")
  int events() {
    var output = invocation.output();
    try (var events = plugins().events()) {
      while (!events.isOver() && !output.readerGone()) {
        events.next(NEXT_LOOK).filter(event -> !event.name().equals("ping")).ifPresent(this::show);
      }
    }
    return ExitCode.OK.number();
  }

  private void show(ServerEvent event) {
    try {
      var data = JSON.readTree(event.data());
      if (invocation.output().isJson()) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("id", event.id()).put("event", event.name()).set("data", data);
        invocation.output().jsonLine(line);
      } else {
        invocation.output().logLine(event.name() + " " + data);
      }
    } catch (JsonProcessingException e) {
      invocation.output().note("an event could not be read");
    }
  }

  private int done(String what, JsonNode plugin) {
    var sentence =
        "%s %s %s, now %s"
            .formatted(
                what,
                Shown.text(plugin, "id"),
                Shown.text(plugin, "version"),
                Shown.text(plugin, "state"));
    invocation.output().done(plugin, sentence);
    return ExitCode.OK.number();
  }

  private Plugins plugins() {
    return new Plugins(invocation.client());
  }

  private static Path readable(Path jar) {
    if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
      throw CliException.usage(jar + " is not a file that can be read");
    }
    if (jar.toFile().length() > MAX_BYTES) {
      throw CliException.usage(jar + " is larger than 64 MiB");
    }
    return jar;
  }
}
