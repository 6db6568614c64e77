package dev.slipway.deployments.service.preview;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.apps.PreviewEnvironments;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.PreviewEvent;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.push.AutoDeploys;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.preview.PreviewRow;
import dev.slipway.deployments.store.preview.PreviewRulesRow;
import dev.slipway.deployments.store.preview.PreviewRulesRow.Forks;
import dev.slipway.deployments.store.preview.PreviewStore;
import dev.slipway.deployments.store.preview.ShownPreview;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Previews of pull requests: opened, updated and closed with them. */
@Component(service = Previews.class)
public final class Previews {
  private final Database database;
  private final PreviewStore previews;
  private final SettingsStore settings;
  private final DeploymentStore gates;
  private final Apps apps;
  private final PreviewEnvironments environments;
  private final Events events;
  private final DeploymentService deployments;

  @Activate
  public Previews(
      @Reference Database database,
      @Reference Apps apps,
      @Reference PreviewEnvironments environments,
      @Reference Events events,
      @Reference DeploymentService deployments) {
    this.database = database;
    previews = new PreviewStore(database);
    settings = new SettingsStore(database);
    gates = new DeploymentStore(database);
    this.apps = apps;
    this.environments = environments;
    this.events = events;
    this.deployments = deployments;
  }

  /** What a pull request has led to; without a deployment there is a reason. */
  public record Result(@Nullable String reason, @Nullable UUID deploymentId) {}

  /** The previews of an app, newest first; null = open and closed ones. */
  public Page<ShownPreview> list(
      Caller caller, UUID appId, @Nullable Boolean open, PageRequest page) {
    apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> previews.list(appId, open, page));
  }

  /**
   * A pull request is open with this commit; said again it changes nothing.
   *
   * @param actor whose deployment it becomes
   */
  public Result open(Caller actor, UUID appId, PullRequest request) {
    try {
      return database.write(Scope.of(actor), () -> opened(actor, appId, request));
    } catch (PlatformException refusal) {
      if (AutoDeploys.isPassing(refusal)) {
        throw refusal;
      }
      return database.write(
          Scope.of(actor), () -> refused(gated(actor, appId), request, AutoDeploys.text(refusal)));
    }
  }

  private App gated(Caller actor, UUID appId) {
    gates.gate(appId);
    return apps.require(Scope.of(actor), appId);
  }

  private Result refused(App app, PullRequest request, String reason) {
    events.publish(new PreviewEvent.Refused(app.tenantId(), app.id(), request.number(), reason));
    return new Result(reason, null);
  }

  private Result opened(Caller actor, UUID appId, PullRequest request) {
    var app = gated(actor, appId);
    var rules = previews.rules(app);
    var known =
        previews.open(appId).stream()
            .filter(row -> row.pullRequestNumber() == request.number())
            .findFirst()
            .orElse(null);
    if (known != null && known.commitSha().equals(request.commitSha())) {
      return new Result(null, known.deploymentId());
    }
    var reason = refuses(app, rules, request, known == null);
    if (reason != null) {
      return refused(app, request, reason);
    }
    var preview = known == null ? create(actor, app, rules, request) : known;
    return new Result(null, deploy(actor, app, rules, request, preview).id());
  }

  /** Why a pull request is not deployed; null where it is. */
  private @Nullable String refuses(
      App app, PreviewRulesRow rules, PullRequest request, boolean isNew) {
    if (!settings.of(app).previewEnabled()) {
      return "previews of the app are off";
    }
    if (request.isFork() && rules.forks() == Forks.OFF) {
      return "pull requests from forks get no preview of the app";
    }
    if (request.isFork() && ForkSource.of(app, request) == null) {
      return "the fork can not be fetched";
    }
    return isNew && isFull(app, rules) && rules.whenFull() == PreviewRulesRow.WhenFull.REFUSE
        ? "the app has " + rules.most() + " open previews already"
        : null;
  }

  private boolean isFull(App app, PreviewRulesRow rules) {
    return previews.open(app.id()).size() >= rules.most();
  }

  private PreviewRow create(Caller actor, App app, PreviewRulesRow rules, PullRequest request) {
    var scope = Scope.of(actor);
    while (isFull(app, rules)) {
      close(scope, previews.open(app.id()).getFirst(), "a newer preview took its place", null);
    }
    var held = request.isFork() && rules.forks() == Forks.APPROVE;
    var environment =
        environments.add(scope, app.id(), "PR " + request.number(), request.branch(), held);
    var now = Times.now();
    var row =
        new PreviewRow(
            Ids.next(),
            app.tenantId(),
            app.id(),
            environment.id(),
            null,
            request.number(),
            request.branch(),
            request.commitSha(),
            request.isFork(),
            !request.isFork() || held,
            now,
            now,
            now.plus(Duration.ofHours(rules.ttlHours())),
            null,
            null);
    previews.insert(row);
    events.publish(
        new PreviewEvent.Opened(
            app.tenantId(),
            app.id(),
            request.number(),
            row.id(),
            environment.id(),
            request.branch(),
            request.isFork()));
    return row;
  }

  private Deployment deploy(
      Caller actor, App app, PreviewRulesRow rules, PullRequest request, PreviewRow preview) {
    var wish =
        new DeploymentRequest(
            request.branch(),
            request.commitSha(),
            null,
            "Pull request " + request.number(),
            Map.of(),
            false,
            preview.environmentId(),
            null,
            request.isFork() ? ForkSource.of(app, request) : null);
    var deployment = deployments.deploy(actor, app.id(), wish, DeploymentTrigger.PUSH);
    previews.deployed(
        preview.id(),
        deployment.id(),
        request.branch(),
        request.commitSha(),
        Times.now().plus(Duration.ofHours(rules.ttlHours())));
    events.publish(
        new PreviewEvent.Updated(
            app.tenantId(),
            app.id(),
            request.number(),
            preview.id(),
            request.commitSha(),
            deployment.id()));
    return deployment;
  }

  /** A pull request is closed or merged; one without a preview is no fault. */
  public void close(Caller actor, UUID appId, int number) {
    var scope = Scope.of(actor);
    database.run(
        scope,
        () -> {
          gates.gate(appId);
          previews.open(appId).stream()
              .filter(row -> row.pullRequestNumber() == number)
              .forEach(row -> close(scope, row, "the pull request was closed", null));
        });
  }

  /** Somebody closes a preview; one that is closed stays as it is. */
  public ShownPreview close(Caller caller, UUID appId, UUID id) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          gates.gate(appId);
          var row =
              previews
                  .find(id)
                  .filter(found -> found.appId().equals(appId))
                  .orElseThrow(DeploymentsError.PREVIEW_NOT_FOUND::of);
          close(scope, row, "somebody closed it", Drafts.requester(caller));
          return previews.shown(appId, id).orElseThrow();
        });
  }

  /** Nobody has updated it for as long as its app allows. */
  void expire(PreviewRow preview) {
    var scope = Scope.tenant(preview.tenantId());
    database.run(
        scope,
        () -> {
          gates.gate(preview.appId());
          previews
              .find(preview.id())
              .filter(row -> row.expiresAt().isBefore(Times.now()))
              .ifPresent(row -> close(scope, row, "nobody updated it for a while", null));
        });
  }

  /** What runs there is taken down by whoever hears that the environment is gone. */
  private void close(Scope scope, PreviewRow row, String reason, @Nullable UUID by) {
    if (previews.close(row.id(), reason)) {
      environments.remove(scope, row.environmentId());
      events.publish(
          new PreviewEvent.Closed(
              row.tenantId(), row.appId(), row.pullRequestNumber(), row.id(), reason, by));
    }
  }
}
