package dev.slipway.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.App;
import dev.slipway.cli.api.Apps;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings an app to what its folder says, and tells each change. */
public final class AppSettings {
  /** What a folder can be deployed to. */
  private static final Set<String> FOLDERS = Set.of("git", "compose");

  private final Apps apps;
  private final Output output;

  public AppSettings(Apps apps, Output output) {
    this.apps = apps;
    this.output = output;
  }

  /** The app that the folder is deployed to; made when there is none. */
  public App apply(String reference, AppFile wanted, @Nullable String serverId) {
    var found = apps.find(reference).orElse(null);
    if (found == null) {
      return create(reference, wanted, serverId);
    }
    if (!FOLDERS.contains(found.sourceType())) {
      throw CliException.failed(
          "app '%s' is deployed from its %s, not from a folder"
              .formatted(found.name(), found.sourceType()));
    }
    var changes = changes(found.json(), wanted.fields());
    changes
        .properties()
        .forEach(
            change ->
                output.note(
                    "%s: %s -> %s"
                        .formatted(
                            change.getKey(),
                            shown(found.json().path(change.getKey())),
                            shown(change.getValue()))));
    var app = changes.isEmpty() ? found : apps.update(found, changes);
    applyEnv(app, wanted.env());
    return app;
  }

  private App create(String name, AppFile wanted, @Nullable String serverId) {
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("name", name).put("source_type", "git");
    wanted
        .fields()
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                fields.set(field.getKey(), field.getValue());
              }
            });
    if (serverId != null) {
      fields.put("server_id", serverId);
    }
    var app = apps.create(fields);
    output.note("created app " + app.slug());
    applyEnv(app, wanted.env());
    return app;
  }

  static ObjectNode changes(JsonNode current, ObjectNode wanted) {
    var changes = JsonNodeFactory.instance.objectNode();
    for (var field : wanted.properties()) {
      var is = current.path(field.getKey());
      var same = field.getValue().isNull() ? isUnset(is) : field.getValue().equals(is);
      if (!same) {
        changes.set(field.getKey(), field.getValue());
      }
    }
    return changes;
  }

  private static boolean isUnset(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty();
  }

  private static String shown(JsonNode value) {
    return isUnset(value) ? "(none)" : value.asText();
  }

  /** Variables that the file does not name stay as they are, and so do secret ones. */
  private void applyEnv(App app, Map<String, String> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    var known = new HashMap<String, JsonNode>();
    apps.variables(app).forEach(variable -> known.put(variable.path("key").asText(), variable));
    wanted.forEach((key, value) -> applyVariable(app, known.get(key), key, value));
  }

  private void applyVariable(App app, @Nullable JsonNode known, String key, String value) {
    if (known == null) {
      var added = JsonNodeFactory.instance.objectNode().put("key", key).put("value", value);
      apps.addVariable(app, added);
      output.note("env " + key + " added");
    } else if (known.path("is_secret").asBoolean()) {
      output.note("env " + key + " is a secret on the platform and stays as it is");
    } else if (!known.path("value").asText().equals(value)) {
      var change = JsonNodeFactory.instance.objectNode().put("value", value);
      apps.changeVariable(app, known.path("id").asText(), change);
      output.note("env " + key + " changed");
    }
  }
}
