package com.example.greeting;

import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Greetings of a tenant. */
@Component(service = GreetingStore.class)
public final class GreetingStore {
  private final Database database;
  private final Events events;
  private final PluginSettings settings;
  private final Wording wording;
  private final GreetingMapper mapper;

  @Activate
  public GreetingStore(
      @Reference Database database,
      @Reference Events events,
      @Reference PluginSettings settings,
      @Reference Wording wording) {
    this.wording = wording;
    this.database = database;
    this.events = events;
    this.settings = settings;
    mapper = database.mapper(GreetingMapper.class);
  }

  /** Greets somebody in the words of the settings, or of the tenant's scripts. */
  public Greeting greet(UUID tenantId, String name) {
    var text = wording.of(tenantId, name, settings.text("salutation") + ", " + name + "!");
    var greeting = new Greeting(Ids.next(), tenantId, name, text, Instant.now());
    database.run(
        Scope.tenant(tenantId),
        () -> {
          mapper.insert(greeting);
          events.publish(new GreetingAdded(tenantId, greeting.id(), name));
        });
    return greeting;
  }

  /** The newest greetings. */
  public Page<Greeting> list(UUID tenantId, PageRequest page) {
    return database.read(
        Scope.tenant(tenantId),
        () -> new Page<>(mapper.page(page.limit(), page.offset()), mapper.count()));
  }

  /** Drops greetings of all tenants that are older. */
  public int forget(Instant before) {
    return database.write(
        Scope.platform("old greetings of all tenants"), () -> mapper.deleteBefore(before));
  }
}
