package dev.slipway.deployments.service;

import dev.slipway.api.Caller;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.PushEvent;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.PushRow;
import dev.slipway.deployments.store.PushRow.Outcome;
import dev.slipway.deployments.store.PushStore;
import dev.slipway.deployments.store.SettingsStore;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deploys what is pushed, where the app's rule says so, and notes what became of it. */
@Component(service = AutoDeploys.class)
public final class AutoDeploys {
  private final Database database;
  private final PushStore pushes;
  private final SettingsStore settings;
  private final DeploymentStore gates;
  private final Apps apps;
  private final Events events;
  private final DeploymentService deployments;

  @Activate
  public AutoDeploys(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Events events,
      @Reference DeploymentService deployments) {
    this.database = database;
    pushes = new PushStore(database);
    settings = new SettingsStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.events = events;
    this.deployments = deployments;
  }

  /** What became of the pushes of an app, newest first. */
  public Page<PushRow> list(Caller caller, UUID appId, PageRequest page) {
    apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> pushes.ofApp(appId, page));
  }

  /**
   * Somebody has pushed; told again it leads to nothing new.
   *
   * @param actor whose deployment it becomes
   */
  PushRow take(Caller actor, UUID appId, Push push) {
    try {
      return database.write(Scope.of(actor), () -> decide(actor, appId, push));
    } catch (PlatformException refusal) {
      if (isPassing(refusal)) {
        throw refusal;
      }
      return database.write(
          Scope.of(actor),
          () -> {
            var app = gated(actor, appId);
            return told(appId, push)
                .orElseGet(() -> note(actor, app, push, Outcome.REFUSED, text(refusal), null));
          });
    }
  }

  private PushRow decide(Caller actor, UUID appId, Push push) {
    var app = gated(actor, appId);
    var before = told(appId, push);
    if (before.isPresent()) {
      return before.get();
    }
    var rules = settings.of(app);
    var rule =
        new AutoDeployRule(rules, Objects.requireNonNullElse(rules.defaultBranch(), app.branch()));
    var reason = rule.skips(push);
    if (reason != null) {
      return note(actor, app, push, Outcome.SKIPPED, reason, null);
    }
    var request =
        new DeploymentRequest(
            push.branch(), push.commitSha(), null, push.message(), Map.of(), false, null, null);
    var deployment = deployments.deploy(actor, appId, request, DeploymentTrigger.PUSH);
    return note(actor, app, push, Outcome.DEPLOYED, null, deployment.id());
  }

  private App gated(Caller actor, UUID appId) {
    gates.gate(appId);
    return apps.require(Scope.of(actor), appId);
  }

  private Optional<PushRow> told(UUID appId, Push push) {
    return pushes.told(appId, push.delivery(), null);
  }

  private PushRow note(
      Caller actor,
      App app,
      Push push,
      Outcome outcome,
      @Nullable String reason,
      @Nullable UUID deploymentId) {
    var row =
        new PushRow(
            Ids.next(),
            app.tenantId(),
            app.id(),
            null,
            push.delivery(),
            push.branch(),
            push.commitSha(),
            push.message(),
            push.allPaths() ? push.paths().size() : null,
            outcome,
            reason,
            deploymentId,
            Drafts.requester(actor),
            Times.now());
    pushes.insert(row);
    announce(row);
    return row;
  }

  /** One that is deployed is told of by its deployment. */
  private void announce(PushRow row) {
    var reason = row.reason();
    if (reason != null) {
      events.publish(
          row.outcome() == Outcome.SKIPPED
              ? new PushEvent.Skipped(
                  row.tenantId(), row.appId(), row.branch(), row.commitSha(), reason)
              : new PushEvent.Refused(
                  row.tenantId(), row.appId(), row.branch(), row.commitSha(), reason));
    }
  }

  /** Whether it may go well when it is tried once more. */
  static boolean isPassing(PlatformException refusal) {
    var kind = refusal.code().kind();
    return kind.status() >= 500 || kind == ErrorKind.LIMITED;
  }

  static String text(PlatformException refusal) {
    return Objects.requireNonNullElse(refusal.getMessage(), refusal.code().code());
  }
}
