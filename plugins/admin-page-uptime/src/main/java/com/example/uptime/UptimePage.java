package com.example.uptime;

import dev.slipway.api.spi.AdminPage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** For how long the program has run. */
@Component
public final class UptimePage implements AdminPage {
  private final LongSupplier millis;

  @Activate
  public UptimePage() {
    this(ManagementFactory.getRuntimeMXBean()::getUptime);
  }

  UptimePage(LongSupplier millis) {
    this.millis = millis;
  }

  @Override
  public String title() {
    return "Uptime";
  }

  @Override
  public String html() {
    var up = Duration.ofMillis(millis.getAsLong());
    return "<p>The program has run for <strong>%d days, %d hours and %d minutes</strong>.</p>"
        .formatted(up.toDays(), up.toHoursPart(), up.toMinutesPart());
  }
}
