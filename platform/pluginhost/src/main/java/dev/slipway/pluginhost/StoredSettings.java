package dev.slipway.pluginhost;

import dev.slipway.api.Scope;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What operators have set, secrets sealed; kept until a plugin is uninstalled with its data. */
@Component(service = StoredSettings.class)
public final class StoredSettings {
  private static final Scope SCOPE = Scope.platform("settings of plugins belong to no tenant");

  private final Database database;
  private final Secrets secrets;
  private final SettingsMapper mapper;

  @Activate
  public StoredSettings(@Reference Database database, @Reference Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
    mapper = database.mapper(SettingsMapper.class);
  }

  /** As they are stored. */
  Map<String, @Nullable Object> sealed(String plugin) {
    var row = database.read(SCOPE, () -> mapper.find(plugin));
    return row == null ? Map.of() : row.entries();
  }

  /** What is set and fits the schema, in the clear. */
  Map<String, @Nullable Object> open(String plugin, SettingsSchema schema) {
    return open(plugin, schema, sealed(plugin));
  }

  Map<String, @Nullable Object> open(
      String plugin, SettingsSchema schema, Map<String, @Nullable Object> sealed) {
    var values = new LinkedHashMap<>(sealed);
    for (var secret : schema.secrets()) {
      values.computeIfPresent(
          secret, (name, text) -> secrets.open(null, place(plugin, name), text.toString()));
      protect(values.get(secret));
    }
    return schema.fitting(values);
  }

  /** Replaces them inside the current unit of work. */
  void put(String plugin, SettingsSchema schema, Map<String, @Nullable Object> values) {
    var sealed = new LinkedHashMap<>(values);
    for (var secret : schema.secrets()) {
      protect(values.get(secret));
      sealed.computeIfPresent(
          secret, (name, text) -> secrets.seal(null, place(plugin, name), text.toString()));
    }
    mapper.put(plugin, sealed);
  }

  void remove(String plugin) {
    mapper.remove(plugin);
  }

  private void protect(@Nullable Object secret) {
    if (secret != null) {
      secrets.protect(Objects.toString(secret));
    }
  }

  private static String place(String plugin, String name) {
    return "pluginhost_settings/" + plugin + "/" + name;
  }
}
