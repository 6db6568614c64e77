package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.rollout.RolloutRow;
import dev.slipway.deployments.store.rollout.RolloutStore;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rollout policies of apps; {@link Rollouts} follows them. */
@Component(service = RolloutService.class)
public final class RolloutService {
  private final Database database;
  private final RolloutStore rollouts;
  private final DeploymentStore gates;
  private final Apps apps;
  private final Events events;

  @Activate
  public RolloutService(
      @Reference Database database, @Reference Apps apps, @Reference Events events) {
    this.database = database;
    rollouts = new RolloutStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.events = events;
  }

  /** The policy of an app. */
  public RolloutRow get(Caller caller, UUID appId) {
    return find(caller, appId).orElseThrow(DeploymentsError.ROLLOUT_NOT_FOUND::of);
  }

  /** The policy of an app; empty where none is set. */
  public Optional<RolloutRow> find(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    return database.read(scope, () -> rollouts.ofApp(appId));
  }

  /** Sets the first policy of an app. */
  public RolloutRow create(Caller caller, UUID appId, RolloutDraft draft) {
    return set(
        caller,
        appId,
        draft,
        before -> {
          if (before != null) {
            throw DeploymentsError.ROLLOUT_EXISTS.of();
          }
        });
  }

  /** Replaces the policy of an app. */
  public RolloutRow replace(Caller caller, UUID appId, RolloutDraft draft) {
    return set(
        caller,
        appId,
        draft,
        before -> {
          if (before == null) {
            throw DeploymentsError.ROLLOUT_NOT_FOUND.of();
          }
        });
  }

  /** What is to be so of the policy before. */
  private interface Rule {
    void check(@Nullable RolloutRow before);
  }

  private RolloutRow set(Caller caller, UUID appId, RolloutDraft draft, Rule rule) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          gates.gate(appId);
          var app = apps.require(scope, appId);
          draft.check();
          var before = rollouts.ofApp(appId).orElse(null);
          rule.check(before);
          var now = Times.now();
          var row =
              before == null
                  ? row(Ids.next(), app.tenantId(), appId, draft, now)
                  : row(before.id(), app.tenantId(), appId, draft, before.createdAt());
          if (before == null) {
            rollouts.insert(row);
          } else {
            rollouts.update(row);
          }
          changed(row.tenantId(), appId, row.strategy().name().toLowerCase(Locale.ROOT));
          return row;
        });
  }

  /** Lets versions be rolled out as usual again; an app without a policy stays as it is. */
  public void delete(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    database.run(
        scope,
        () -> {
          var app = apps.require(scope, appId);
          if (rollouts.deleteOfApp(appId)) {
            changed(app.tenantId(), appId, null);
          }
        });
  }

  private void changed(UUID tenantId, UUID appId, @Nullable String strategy) {
    events.publish(new DeploymentsEvent.RolloutChanged(tenantId, appId, strategy));
  }

  private static RolloutRow row(
      UUID id, UUID tenantId, UUID appId, RolloutDraft draft, Instant createdAt) {
    return new RolloutRow(
        id,
        tenantId,
        appId,
        draft.strategy(),
        draft.steps(),
        draft.minHealthScore(),
        draft.bakeSeconds(),
        draft.autoRollback(),
        draft.maxErrorRatePercent(),
        draft.maxLatencyP95Ms(),
        createdAt,
        Times.now());
  }
}
