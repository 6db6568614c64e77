package dev.slipway.logs.service;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.Job;
import dev.slipway.logs.store.LineStore;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the days' partitions: the next ones made ahead, old ones dropped. */
@Component
public final class Retention implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int KEPT_DAYS = 30;

  private final LineStore lines;
  private final int keptDays;

  @Activate
  public Retention(@Reference LineStore lines, @Reference Platform platform) {
    this.lines = lines;
    var stated = platform.setting("slipway.logs.days");
    keptDays = stated == null ? KEPT_DAYS : Integer.parseInt(stated);
    prepare();
  }

  @Override
  public String name() {
    return "logs.retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    prepare();
    var freed = lines.dropBefore(today().minusDays(keptDays));
    if (freed > 0) {
      LOG.info("dropped log lines older than {} days, {} bytes freed", keptDays, freed);
    }
  }

  private void prepare() {
    for (var ahead = 0; ahead <= 2; ahead++) {
      lines.addDay(today().plusDays(ahead));
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
