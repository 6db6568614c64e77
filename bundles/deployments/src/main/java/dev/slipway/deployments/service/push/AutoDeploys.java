package dev.slipway.deployments.service.push;

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
import dev.slipway.apps.Environment;
import dev.slipway.apps.Environments;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.PushEvent;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.push.PushRow;
import dev.slipway.deployments.store.push.PushRow.Outcome;
import dev.slipway.deployments.store.push.PushStore;
import dev.slipway.deployments.store.settings.SettingsRow;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Environments environments;
  private final Events events;
  private final DeploymentService deployments;

  @Activate
  public AutoDeploys(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Environments environments,
      @Reference Events events,
      @Reference DeploymentService deployments) {
    this.database = database;
    pushes = new PushStore(database);
    settings = new SettingsStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.environments = environments;
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
   * @param actor whose deployments it becomes
   * @return what became of it, at each place that it was meant for
   */
  public List<PushRow> take(Caller actor, UUID appId, Push push) {
    var scope = Scope.of(actor);
    var app = apps.require(scope, appId);
    var rules = database.read(scope, () -> settings.of(app));
    var rule = rule(app, rules);
    var targets = new ArrayList<@Nullable UUID>();
    environments.ofApp(scope, appId).stream()
        .filter(Environment::autoDeploy)
        .filter(found -> rule.isBranchOf(found.branch(), push))
        .forEach(found -> targets.add(found.id()));
    var usual = rules.defaultEnvironmentId();
    if (targets.isEmpty() || rule.skips(push) == null && !targets.contains(usual)) {
      targets.add(null);
    }
    return targets.stream().map(target -> takeAt(actor, appId, push, target)).toList();
  }

  private static AutoDeployRule rule(App app, SettingsRow rules) {
    return new AutoDeployRule(
        rules, Objects.requireNonNullElse(rules.defaultBranch(), app.branch()));
  }

  /**
   * The same at one place alone.
   *
   * @param environment where every branch is deployed; null = where the app's rule decides
   */
  public PushRow takeAt(Caller actor, UUID appId, Push push, @Nullable UUID environment) {
    try {
      return database.write(
          Scope.of(actor), () -> decide(actor, gated(actor, appId), push, environment));
    } catch (PlatformException refusal) {
      if (isPassing(refusal)) {
        throw refusal;
      }
      return database.write(
          Scope.of(actor),
          () -> note(actor, gated(actor, appId), push, Fate.refused(environment, text(refusal))));
    }
  }

  private PushRow decide(Caller actor, App app, Push push, @Nullable UUID environment) {
    var before = pushes.told(app.id(), push.delivery(), environment);
    if (before.isPresent()) {
      return before.get();
    }
    var rule = rule(app, settings.of(app));
    var reason = environment == null ? rule.skips(push) : rule.skipsPaths(push);
    if (reason != null) {
      return note(actor, app, push, new Fate(environment, Outcome.SKIPPED, reason, null));
    }
    var request =
        new DeploymentRequest(
            push.branch(),
            push.commitSha(),
            null,
            push.message(),
            Map.of(),
            false,
            environment,
            null);
    var deployment = deployments.deploy(actor, app.id(), request, DeploymentTrigger.PUSH);
    return note(actor, app, push, new Fate(environment, Outcome.DEPLOYED, null, deployment.id()));
  }

  /** What becomes of a push at one place. */
  private record Fate(
      @Nullable UUID environmentId,
      Outcome outcome,
      @Nullable String reason,
      @Nullable UUID deploymentId) {
    static Fate refused(@Nullable UUID environmentId, String reason) {
      return new Fate(environmentId, Outcome.REFUSED, reason, null);
    }
  }

  private App gated(Caller actor, UUID appId) {
    gates.gate(appId);
    return apps.require(Scope.of(actor), appId);
  }

  private PushRow note(Caller actor, App app, Push push, Fate fate) {
    var row =
        new PushRow(
            Ids.next(),
            app.tenantId(),
            app.id(),
            fate.environmentId,
            push.delivery(),
            push.branch(),
            push.commitSha(),
            push.message(),
            push.allPaths() ? push.paths().size() : null,
            fate.outcome,
            fate.reason,
            fate.deploymentId,
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
  public static boolean isPassing(PlatformException refusal) {
    var kind = refusal.code().kind();
    return kind.status() >= 500 || kind == ErrorKind.LIMITED;
  }

  public static String text(PlatformException refusal) {
    return Objects.requireNonNullElse(refusal.getMessage(), refusal.code().code());
  }
}
