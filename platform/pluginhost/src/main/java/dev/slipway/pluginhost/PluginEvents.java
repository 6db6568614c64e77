package dev.slipway.pluginhost;

import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event log as one plugin sees it: its own events, and those that it may hear or publish. */
final class PluginEvents implements Events {
  private final String plugin;
  private final Events events;
  private final Grants grants;
  private final Limits limits;

  PluginEvents(String plugin, Events events, Grants grants, Limits limits) {
    this.plugin = plugin;
    this.events = events;
    this.grants = grants;
    this.limits = limits;
  }

  @Override
  public void publish(DomainEvent event) {
    if (!grants.permissions(plugin).mayPublish(event.type())) {
      throw PluginError.NOT_GRANTED.of(plugin, "publish:" + event.type());
    }
    limits.countEvent(plugin);
    events.publish(event);
  }

  @Override
  public List<StoredEvent> after(
      Scope scope, EventFilter filter, @Nullable String after, int limit) {
    return grants
        .permissions(plugin)
        .heard(filter)
        .map(heard -> events.after(scope, heard, after, limit))
        .orElseGet(List::of);
  }

  @Override
  public String now(Scope scope) {
    return events.now(scope);
  }
}
