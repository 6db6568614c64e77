package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Environment;
import dev.slipway.apps.SourceType;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.queue.DeploymentDraft;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.service.queue.Version;
import dev.slipway.deployments.store.DeploymentFilter;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.settings.SettingsRow;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments for their users. */
@Component(service = DeploymentService.class)
public final class DeploymentService {
  private final Database database;
  private final DeploymentStore deployments;
  private final SettingsStore settings;
  private final Apps apps;
  private final Places places;
  private final Versions versions;
  private final Placement placement;
  private final Drafts drafts;
  private final Queue queue;

  @Activate
  public DeploymentService(
      @Reference Database database,
      @Reference Places places,
      @Reference Versions versions,
      @Reference Placement placement,
      @Reference Drafts drafts,
      @Reference Queue queue) {
    this.database = database;
    deployments = new DeploymentStore(database);
    settings = new SettingsStore(database);
    apps = places.apps();
    this.places = places;
    this.versions = versions;
    this.placement = placement;
    this.drafts = drafts;
    this.queue = queue;
  }

  /** Asks for a new version of an app to be brought to run. */
  public Deployment deploy(Caller caller, UUID appId, DeploymentRequest request) {
    var trigger = caller.boundTo() == null ? DeploymentTrigger.MANUAL : DeploymentTrigger.TOKEN;
    return deploy(caller, appId, request, trigger);
  }

  /** Asks for one because of something else than somebody's wish. */
  public Deployment deploy(
      Caller caller, UUID appId, DeploymentRequest request, DeploymentTrigger trigger) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    RequestRule.check(apps, request);
    var rules = database.read(scope, () -> settings.of(app));
    var environment = environment(scope, app, request, rules);
    var image = versions.image(app, request);
    var version =
        image == null
            ? versions.source(app, request, branch(app, environment, rules))
            : new Version(null, null, request.message());
    var usual = places.serverOf(app, environment);
    var server = placement.choose(scope, appId, request.serverId(), usual, image);
    if (image == null && app.sourceType() == SourceType.COMPOSE) {
      placement.requireCompose(scope, server);
    }
    var recipe = recipe(scope, app, image, rules, request);
    if (Drafts.releases(recipe)) {
      placement.requireRelease(scope, server);
    }
    return queue.add(
        scope,
        appId,
        new DeploymentDraft(
            environment == null ? null : environment.id(),
            server.id(),
            trigger,
            version,
            image,
            null,
            null,
            null,
            recipe,
            request.overrides(),
            request.noCache(),
            caller.userId(),
            Drafts.requester(caller)));
  }

  private Map<String, @Nullable Object> recipe(
      Scope scope, App app, @Nullable String image, SettingsRow rules, DeploymentRequest request) {
    var recipe = new HashMap<>(drafts.recipe(scope, app, image, rules));
    if (request.repositoryUrl() != null) {
      recipe.put("repository_url", request.repositoryUrl());
    }
    return recipe;
  }

  private @Nullable Environment environment(
      Scope scope, App app, DeploymentRequest request, SettingsRow rules) {
    var named = request.environmentId();
    var id = named == null ? rules.defaultEnvironmentId() : named;
    return id == null ? null : places.named(scope, app.id(), id, "environment_id");
  }

  private static String branch(App app, @Nullable Environment environment, SettingsRow rules) {
    return environment != null && environment.branch() != null
        ? environment.branch()
        : Objects.requireNonNullElse(rules.defaultBranch(), app.branch());
  }

  /**
   * Brings an earlier version back where it was live.
   *
   * @param environment its name or slug; null = production, or where the deployment was live
   * @param deploymentId null = the last one that was live there before the current
   */
  public Deployment rollBack(
      Caller caller,
      UUID appId,
      @Nullable String environment,
      @Nullable UUID deploymentId,
      @Nullable String reason) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    var place = environment == null ? null : places.named(scope, appId, environment);
    var target = database.read(scope, () -> target(appId, place, deploymentId));
    // Where the image is: what was built lies on its server and in no registry.
    var server = placement.choose(scope, app.id(), target.serverId(), null, drafts.image(target));
    return queue.add(scope, appId, drafts.ofRollback(caller, target, server.id(), reason));
  }

  private DeploymentRow target(UUID appId, @Nullable Place place, @Nullable UUID deploymentId) {
    if (deploymentId == null) {
      return deployments
          .live(Objects.requireNonNullElse(place, Place.production(appId)))
          .flatMap(deployments::before)
          .orElseThrow(DeploymentsError.NOTHING_TO_ROLL_BACK_TO::of);
    }
    var target = inApp(appId, deploymentId);
    if (target.liveAt() == null || place != null && !target.place().equals(place)) {
      throw DeploymentsError.NOTHING_TO_ROLL_BACK_TO.at("deployment_id");
    }
    if (target.status() == DeploymentStatus.LIVE) {
      throw DeploymentsError.ALREADY_LIVE.at("deployment_id");
    }
    return target;
  }

  /** The deployments that fit, newest first. */
  public Page<Deployment> list(Caller caller, DeploymentFilter filter, PageRequest page) {
    var scope = Scope.of(caller);
    var environment = filter.environmentId();
    if (environment != null && places.environments().find(scope, environment).isEmpty()) {
      throw DeploymentsError.ENVIRONMENT_NOT_FOUND.at("environment_id");
    }
    return database
        .read(scope, () -> deployments.list(filter, page))
        .map(DeploymentRow::toDeployment);
  }

  /** The deployments of an app, which must exist. */
  public Page<Deployment> listOfApp(Caller caller, DeploymentFilter filter, PageRequest page) {
    var app = filter.appId();
    if (app != null) {
      apps.require(Scope.of(caller), app);
      var environment = filter.environmentId();
      if (environment != null) {
        places.named(Scope.of(caller), app, environment, "environment_id");
      }
    }
    return list(caller, filter, page);
  }

  /** One deployment. */
  public Deployment get(Caller caller, UUID id) {
    return database
        .read(Scope.of(caller), () -> deployments.find(id))
        .map(DeploymentRow::toDeployment)
        .orElseThrow(DeploymentsError.NOT_FOUND::of);
  }

  /** One deployment of an app. */
  public Deployment get(Caller caller, UUID appId, UUID id) {
    return database.read(Scope.of(caller), () -> inApp(appId, id)).toDeployment();
  }

  /** The deployment of an app that is in progress, or waits to be. */
  public Deployment unfinished(Caller caller, UUID appId) {
    apps.require(Scope.of(caller), appId);
    return database
        .read(Scope.of(caller), () -> deployments.unfinishedOfApp(appId))
        .map(DeploymentRow::toDeployment)
        .orElseThrow(DeploymentsError.NONE_IN_PROGRESS::of);
  }

  private DeploymentRow inApp(UUID appId, UUID id) {
    return deployments
        .find(id)
        .filter(row -> row.appId().equals(appId))
        .orElseThrow(DeploymentsError.NOT_FOUND::of);
  }
}
