package dev.slipway.apps.service.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.api.spi.Job;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.service.variable.VariableAccess;
import dev.slipway.apps.store.RotationStore;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives secrets that are due new values, and asks for those that somebody must give. Whether one is
 * due is looked at once more under its lock, and the new value, the next time and the news of it
 * are one unit of work: so it happens once, whoever dies meanwhile.
 */
@Component(service = Job.class)
public final class RotationJob implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(RotationJob.class);
  private static final Scope ALL = Scope.platform("secrets of all tenants come to their end");
  private static final int MOST = 200;

  /** How long it can be seen who had which value. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Database database;
  private final Events events;
  private final VariableAccess access;
  private final RotationStore rules;
  private final SecretLeaseStore leases;
  private final Rotator rotator;

  /** Made by the component runtime. */
  @Activate
  public RotationJob(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    access = new VariableAccess(database);
    rules = new RotationStore(database);
    leases = new SecretLeaseStore(database);
    rotator = new Rotator(database, events, secrets);
  }

  @Override
  public String name() {
    return "apps.rotation";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    var now = Times.now();
    var due = database.read(ALL, () -> rules.toAttend(now, MOST));
    for (var rule : due) {
      try {
        database.run(Scope.tenant(rule.tenantId()), () -> attend(rule, now));
      } catch (RuntimeException failure) {
        LOG.error("the secret {} has no new value yet", rule.id(), failure);
      }
    }
    database.run(ALL, () -> leases.purge(now.minus(KEPT)));
  }

  private void attend(RotationRule seen, Instant now) {
    var variable = access.lock(seen.id());
    var rule = rules.lock(seen.id()).orElse(null);
    if (rule == null || rule.dueAt() == null || !rule.dueAt().equals(seen.dueAt())) {
      return;
    }
    if (rule.generates()) {
      rotator.rotate(by(rule), variable, GeneratedValues.of(rule.generate()), rule.redeploy());
    } else if (!rule.dueAt().equals(rule.toldFor())) {
      rules.put(rule.told(now));
      events.publish(
          new AppsEvent.RotationDue(
              rule.tenantId(),
              rule.id(),
              variable.owner().scope(),
              variable.owner().id(),
              variable.key(),
              rule.dueAt()));
    }
  }

  /** Nobody is there; the rule is by whom it is. */
  private static Caller by(RotationRule rule) {
    return new Caller(
        null,
        null,
        null,
        "rotation",
        new Membership(rule.tenantId(), Role.USER, false),
        rule.id().toString(),
        "rotation",
        rule.setBy());
  }
}
