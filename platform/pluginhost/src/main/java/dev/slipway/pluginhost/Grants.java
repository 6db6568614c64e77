package dev.slipway.pluginhost;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.event.Signals.Subscription;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What operators have granted. Kept in memory, because it is asked with every call of a plugin; a
 * change takes effect on this node at once and on the others with its signal.
 */
@Component(service = Grants.class)
public final class Grants {
  private static final Scope SCOPE = Scope.platform("permissions of plugins belong to no tenant");
  private static final String TOPIC = "plugin-grants";

  private final Database database;
  private final Signals signals;
  private final GrantMapper mapper;
  private final Subscription changed;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, Granted> known = Map.of();

  /** Read once: it is asked with every call of a plugin. */
  private record Granted(List<String> written, Permissions permissions) {
    static Granted of(GrantMapper.Row row) {
      return new Granted(
          List.copyOf(row.permissions()), Permissions.of(row.pluginId(), row.permissions()));
    }
  }

  @Activate
  public Grants(@Reference Database database, @Reference Signals signals) {
    this.database = database;
    this.signals = signals;
    mapper = database.mapper(GrantMapper.class);
    load();
    changed = signals.on(TOPIC, this::reload);
  }

  @Deactivate
  void close() {
    changed.close();
  }

  /** Calls the action after each change. */
  void onChange(Runnable action) {
    listeners.add(action);
  }

  /** What is granted to a plugin; empty where nobody has decided yet. */
  Optional<List<String>> of(String plugin) {
    return Optional.ofNullable(known.get(plugin)).map(Granted::written);
  }

  /** What a plugin may do now. */
  Permissions permissions(String plugin) {
    var granted = known.get(plugin);
    return granted == null ? Permissions.of(plugin, List.of()) : granted.permissions();
  }

  /** Grants exactly these, inside the current unit of work or one of its own. */
  void put(String plugin, Collection<String> permissions) {
    database.run(
        SCOPE,
        () -> {
          mapper.put(plugin, List.copyOf(new TreeSet<>(permissions)));
          after();
        });
  }

  void remove(String plugin) {
    database.run(
        SCOPE,
        () -> {
          mapper.remove(plugin);
          after();
        });
  }

  private void after() {
    signals.raise(TOPIC);
    database.afterCommit(this::reload);
  }

  private void reload() {
    load();
    new ArrayList<>(listeners).forEach(Runnable::run);
  }

  private synchronized void load() {
    known =
        database.read(SCOPE, mapper::all).stream()
            .collect(Collectors.toUnmodifiableMap(GrantMapper.Row::pluginId, Granted::of));
  }
}
