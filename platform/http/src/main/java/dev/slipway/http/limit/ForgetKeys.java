package dev.slipway.http.limit;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drops idempotency keys once they are a day old. */
@Component
public final class ForgetKeys implements Job {
  private final Database database;

  @Activate
  public ForgetKeys(@Reference Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "http.forget-idempotency-keys";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() {
    var scope = Scope.platform("idempotency keys of all tenants");
    var mapper = database.mapper(RememberedMapper.class);
    var before = Instant.now().minus(Idempotency.KEPT);
    while (database.<Integer>write(scope, () -> mapper.expire(before)) > 0) {
      // Bounded batches, so that no transaction is long.
    }
  }
}
