package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.SecretLeases;
import dev.slipway.apps.SecretLeases.Behind;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.RenewalStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys what is live again where it has an old value of a secret and the secret's rule wants
 * that. Looked for in what is, so that nothing is forgotten: what is stopped, or worked on, has its
 * turn when it is live. One attempt for each new value; a deployment that somebody else has asked
 * for since counts as that.
 */
@Component(service = Job.class)
public final class Renewals implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
  private static final Scope ALL = Scope.platform("old values of secrets of all tenants");
  private static final Set<AppStatus> SERVING = EnumSet.of(AppStatus.RUNNING, AppStatus.DEGRADED);
  private static final int MOST = 200;
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;
  private final DeploymentStore deployments;
  private final RenewalStore renewals;
  private final SecretLeases leases;
  private final Places places;
  private final Placement placement;
  private final Drafts drafts;
  private final Queue queue;

  /** Made by the component runtime. */
  @Activate
  public Renewals(
      @Reference Database database,
      @Reference SecretLeases leases,
      @Reference Places places,
      @Reference Placement placement,
      @Reference Drafts drafts,
      @Reference Queue queue) {
    this.database = database;
    deployments = new DeploymentStore(database);
    renewals = new RenewalStore(database);
    this.leases = leases;
    this.places = places;
    this.placement = placement;
    this.drafts = drafts;
    this.queue = queue;
  }

  @Override
  public String name() {
    return "deployments.renewals";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(15);
  }

  /**
   * All of them: those who have to wait, for as long as they like, must not stand before others.
   */
  @Override
  public void run() {
    var after = FIRST;
    List<Behind> page;
    do {
      page = leases.behind(ALL, after, MOST);
      page.forEach(this::tryToRenew);
      after = page.isEmpty() ? after : page.getLast().leaseId();
    } while (page.size() == MOST);
  }

  private void tryToRenew(Behind behind) {
    try {
      renew(Scope.tenant(behind.holder().tenantId()), behind);
    } catch (PlatformException refused) {
      LOG.debug("{} waits: {}", behind.holder(), refused.getMessage());
    } catch (RuntimeException failure) {
      LOG.error("{} is not deployed again", behind.holder(), failure);
    }
  }

  private void renew(Scope scope, Behind behind) {
    var appId = behind.holder().appId();
    database.run(
        scope,
        () -> {
          deployments.gate(appId);
          var found = stale(scope, behind);
          if (found.isPresent()) {
            var live = found.get();
            // Where the image is: what was built lies on its server and in no registry.
            var server = placement.choose(scope, appId, live.serverId(), null, drafts.image(live));
            var reason = "has the new value of " + behind.key();
            queue.add(scope, appId, drafts.ofRenewal(actor(behind), live, server.id(), reason));
          }
        });
  }

  private Optional<DeploymentRow> stale(Scope scope, Behind behind) {
    var holder = behind.holder();
    var place = new Place(holder.appId(), holder.environmentId());
    return deployments
        .live(place)
        .filter(live -> live.id().equals(holder.deploymentId()))
        .filter(live -> places.status(scope, place).filter(SERVING::contains).isPresent())
        .filter(live -> !renewals.asked(place, behind.rotatedAt()));
  }

  /** The rule acts for whoever set it. */
  private static Caller actor(Behind behind) {
    return new Caller(
        null,
        null,
        null,
        "rotation of " + behind.key(),
        new Membership(behind.holder().tenantId(), Role.USER, false),
        behind.holder().deploymentId().toString(),
        "rotation",
        behind.setBy());
  }
}
