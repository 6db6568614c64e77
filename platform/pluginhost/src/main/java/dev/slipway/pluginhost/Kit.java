package dev.slipway.pluginhost;

import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.Platform;
import dev.slipway.data.Database;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the host needs of the platform's services. */
@Component(service = Kit.class)
public record Kit(
    Platform platform,
    Json json,
    Database database,
    Events events,
    Signals signals,
    StoredSettings stored,
    Trust trust,
    Grants grants) {
  @Activate
  public Kit(
      @Reference Platform platform,
      @Reference Json json,
      @Reference Database database,
      @Reference Events events,
      @Reference Signals signals,
      @Reference StoredSettings stored,
      @Reference Trust trust,
      @Reference Grants grants) {
    this.platform = platform;
    this.json = json;
    this.database = database;
    this.events = events;
    this.signals = signals;
    this.stored = stored;
    this.trust = trust;
    this.grants = grants;
  }

  /** What is remembered of plugins. */
  Plugins plugins() {
    return new Plugins(database, events, json);
  }
}
