package dev.slipway.deployments.service.preview;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes previews that nobody has updated for as long as their apps allow. */
@Component(service = Job.class)
public final class PreviewExpiry implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(PreviewExpiry.class);
  private static final Scope ALL = Scope.platform("previews of all tenants expire");
  private static final int MOST = 200;

  private final Database database;
  private final PreviewStore store;
  private final Previews previews;

  @Activate
  public PreviewExpiry(@Reference Database database, @Reference Previews previews) {
    this.database = database;
    store = new PreviewStore(database);
    this.previews = previews;
  }

  @Override
  public String name() {
    return "deployments.preview-expiry";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run() {
    for (var preview : database.read(ALL, () -> store.expired(Times.now(), MOST))) {
      try {
        previews.expire(preview);
      } catch (RuntimeException failure) {
        LOG.error("preview {} was not closed", preview.id(), failure);
      }
    }
  }
}
