package dev.slipway.pluginhost;

import dev.slipway.api.event.EventFilter;
import dev.slipway.pluginhost.Permission.Kind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one plugin may do.
 *
 * @param feature first part of the names of its own events
 */
record Permissions(String feature, List<Permission> granted) {
  static Permissions of(String plugin, Collection<String> granted) {
    var feature = plugin.substring(plugin.lastIndexOf('.') + 1);
    return new Permissions(
        feature, granted.stream().map(Permission::parse).flatMap(Optional::stream).toList());
  }

  boolean mayReach(String host, int port) {
    return granted.stream().anyMatch(permission -> permission.reaches(host, port));
  }

  boolean mayHear(String type) {
    return own().covers(type) || of(Kind.EVENTS).stream().anyMatch(it -> it.covers(type));
  }

  boolean mayPublish(String type) {
    return own().covers(type) || of(Kind.PUBLISH).stream().anyMatch(it -> it.covers(type));
  }

  boolean mayOffer(String api) {
    return of(Kind.SCRIPTS).contains(new Permission(Kind.SCRIPTS, api));
  }

  boolean mayOffer(Point point) {
    return of(Kind.OFFERS).contains(new Permission(Kind.OFFERS, point.word()));
  }

  /** What of a filter it may hear; empty where that is nothing. */
  Optional<EventFilter> heard(EventFilter wanted) {
    var types = new LinkedHashSet<String>();
    var mine = new LinkedHashSet<>(of(Kind.EVENTS));
    mine.add(own());
    for (var permission : mine) {
      if (permission.what().equals("*")) {
        return Optional.of(wanted);
      }
      types.addAll(common(wanted.types(), permission));
    }
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(new EventFilter(types, wanted.subjectId()));
  }

  private static Set<String> common(Set<String> wanted, Permission permission) {
    var types = new LinkedHashSet<String>();
    if (wanted.isEmpty()) {
      types.add(permission.what());
    }
    for (var type : wanted) {
      if (permission.covers(type)) {
        types.add(type);
      } else if (new Permission(Kind.EVENTS, type).covers(permission.what())) {
        types.add(permission.what());
      }
    }
    return types;
  }

  private Permission own() {
    return new Permission(Kind.EVENTS, feature + ".*");
  }

  private List<Permission> of(Kind kind) {
    return granted.stream().filter(permission -> permission.kind() == kind).toList();
  }
}
