package dev.slipway.deployments.source;

import dev.slipway.api.spi.Job;
import java.io.IOException;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the repositories small: each upload and each push leaves a pack. */
@Component(service = Job.class)
public final class Upkeep implements Job {
  private final Repositories repositories;

  @Activate
  public Upkeep(@Reference Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public String name() {
    return "deployments.repositories";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() throws IOException {
    repositories.tidy();
  }
}
