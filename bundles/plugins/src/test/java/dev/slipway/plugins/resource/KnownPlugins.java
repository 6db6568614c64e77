package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.api.plugin.PluginRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the framework, which tests of a resource do not start: keeps states and refuses as it
 * does.
 */
final class KnownPlugins implements PluginRegistry {
  final Map<String, PluginInfo> plugins = new ConcurrentSkipListMap<>();
  final Map<String, Map<String, @Nullable Object>> settings = new ConcurrentSkipListMap<>();
  volatile Map<String, @Nullable Object> schema = Map.of("type", "object");
  final Map<String, List<String>> granted = new ConcurrentSkipListMap<>();
  volatile byte[] uploaded = {};
  volatile Duration drained = Duration.ZERO;
  volatile boolean purged;

  static PluginInfo plugin(String id, Kind kind, State state) {
    var now = Instant.parse("2026-01-01T00:00:00Z");
    return new PluginInfo(
        id,
        id,
        "1.0.0",
        "Example",
        "An example",
        kind,
        false,
        state,
        null,
        "[1,2)",
        "ab".repeat(32),
        new PluginInfo.Signature("none", null),
        List.of(),
        List.of(),
        1,
        List.of("example.thing.made"),
        now,
        now);
  }

  void add(PluginInfo plugin) {
    plugins.put(plugin.id(), plugin);
  }

  @Override
  public List<PluginInfo> list() {
    return List.copyOf(plugins.values());
  }

  @Override
  public PluginInfo get(String id) {
    var known = plugins.get(id);
    if (known == null) {
      throw CommonError.NOT_FOUND.of("plugin");
    }
    return known;
  }

  @Override
  public List<String> operations(String id) {
    return List.of(get(id).id() + ".read");
  }

  @Override
  public List<Extension> extensions(String id) {
    return List.of(new Extension("job", get(id).id() + ".tidy", true));
  }

  @Override
  public List<Failure> failures(String id) {
    get(id);
    return List.of(new Failure(Instant.EPOCH, "start", "it did not start"));
  }

  @Override
  public PluginInfo install(Caller caller, InputStream bundle, boolean enable) {
    read(bundle);
    var made = plugin("installed", Kind.PLUGIN, enable ? State.ACTIVE : State.DISABLED);
    add(made);
    return made;
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bundle) {
    var known = get(id);
    read(bundle);
    return known;
  }

  @Override
  public PluginInfo update(Caller caller, String id, InputStream bundle, boolean grant) {
    return update(caller, id, bundle);
  }

  @Override
  public Outlook outlook(InputStream bundle) {
    read(bundle);
    var none = List.<String>of();
    var unsigned = new PluginInfo.Signature("none", null);
    return new Outlook("example", "1.0.0", null, unsigned, true, none, none, none, none, none);
  }

  @Override
  public Permissions permissions(String id) {
    return new Permissions(List.of("events:*"), granted.getOrDefault(get(id).id(), List.of()));
  }

  @Override
  public Permissions grant(Caller caller, String id, List<String> wanted) {
    granted.put(get(id).id(), wanted);
    return permissions(id);
  }

  @Override
  public PluginInfo enable(Caller caller, String id) {
    return put(id, State.ACTIVE);
  }

  @Override
  public PluginInfo disable(Caller caller, String id, Duration drain, boolean cascade) {
    drained = drain;
    return put(id, State.DISABLED);
  }

  @Override
  public void uninstall(Caller caller, String id, boolean purge) {
    plugins.remove(get(id).id());
    purged = purge;
  }

  @Override
  public Settings settings(String id) {
    return new Settings(schema, settings.getOrDefault(get(id).id(), Map.of()));
  }

  @Override
  public Settings configure(Caller caller, String id, Map<String, @Nullable Object> values) {
    settings.put(get(id).id(), values);
    return settings(id);
  }

  private PluginInfo put(String id, State state) {
    var changed = plugin(id, get(id).kind(), state);
    add(changed);
    return changed;
  }

  private void read(InputStream bundle) {
    try {
      uploaded = bundle.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (uploaded.length < 4 || uploaded[0] != 'P' || uploaded[1] != 'K') {
      throw CommonError.MALFORMED.of("it is no bundle");
    }
  }
}
