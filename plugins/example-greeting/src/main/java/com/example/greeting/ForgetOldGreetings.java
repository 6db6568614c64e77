package com.example.greeting;

import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.api.spi.Job;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drops greetings that are older than the settings keep them. */
@Component
public final class ForgetOldGreetings implements Job {
  private final GreetingStore store;
  private final PluginSettings settings;

  @Activate
  public ForgetOldGreetings(@Reference GreetingStore store, @Reference PluginSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "example-greeting.forget";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var days = Long.parseLong(String.valueOf(settings.current().get("keep_days")));
    store.forget(Instant.now().minus(Duration.ofDays(days)));
  }
}
