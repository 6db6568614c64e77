package dev.slipway.deployments.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.DeploymentFilter;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.SettingsRow;
import dev.slipway.deployments.store.SettingsStore;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployments for their users. */
@Component(service = DeploymentService.class)
public final class DeploymentService {
  private static final int MOST_OVERRIDES = 100;

  private final Database database;
  private final DeploymentStore deployments;
  private final SettingsStore settings;
  private final Apps apps;
  private final Versions versions;
  private final Placement placement;
  private final Drafts drafts;
  private final Queue queue;

  @Activate
  public DeploymentService(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Versions versions,
      @Reference Placement placement,
      @Reference Drafts drafts,
      @Reference Queue queue) {
    this.database = database;
    deployments = new DeploymentStore(database);
    settings = new SettingsStore(database);
    this.apps = apps;
    this.versions = versions;
    this.placement = placement;
    this.drafts = drafts;
    this.queue = queue;
  }

  /** Asks for a new version of an app to be brought to run. */
  public Deployment deploy(Caller caller, UUID appId, DeploymentRequest request) {
    return deploy(caller, appId, request, DeploymentTrigger.MANUAL);
  }

  /** Asks for one because of something else than somebody's wish. */
  Deployment deploy(
      Caller caller, UUID appId, DeploymentRequest request, DeploymentTrigger trigger) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    check(request);
    var rules = database.read(scope, () -> settings.of(app));
    var image = versions.image(app, request);
    var version =
        image == null
            ? versions.source(app, request, branch(app, rules))
            : new Version(null, null, request.message());
    var server = placement.choose(scope, app, request.serverId(), image);
    return queue.add(
        scope,
        appId,
        new DeploymentDraft(
            server.id(),
            trigger,
            version,
            image,
            null,
            null,
            drafts.recipe(app, image, rules),
            request.overrides(),
            request.noCache(),
            caller.userId(),
            Drafts.requester(caller)));
  }

  private static String branch(App app, SettingsRow rules) {
    return Objects.requireNonNullElse(rules.defaultBranch(), app.branch());
  }

  private void check(DeploymentRequest request) {
    var faults = new ArrayList<FieldError>();
    if (request.branch() != null) {
      add(faults, "branch", apps.branchFault(request.branch()));
    }
    if (request.image() != null) {
      add(faults, "image", apps.imageFault(request.image()));
    }
    if (request.overrides().size() > MOST_OVERRIDES) {
      add(faults, "env_overrides", "must have at most " + MOST_OVERRIDES + " members");
    }
    request
        .overrides()
        .forEach(
            (key, value) ->
                add(
                    faults,
                    "env_overrides",
                    value == null ? "values must be texts" : apps.variableFault(key, value)));
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
    if (request.environmentId() != null) {
      throw DeploymentsError.ENVIRONMENT_NOT_FOUND.at("environment_id");
    }
  }

  private static void add(ArrayList<FieldError> faults, String field, @Nullable String fault) {
    if (fault != null) {
      faults.add(new FieldError(field, fault));
    }
  }

  /** Brings an earlier version back; null for the last one that was live before the current. */
  public Deployment rollBack(
      Caller caller, UUID appId, @Nullable UUID deploymentId, @Nullable String reason) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    var target = database.read(scope, () -> target(appId, deploymentId));
    // Where the image is: what was built lies on its server and in no registry.
    var server = placement.choose(scope, app, target.serverId(), drafts.image(target));
    return queue.add(scope, appId, drafts.ofRollback(caller, target, server.id(), reason));
  }

  private DeploymentRow target(UUID appId, @Nullable UUID deploymentId) {
    var live = deployments.live(appId);
    if (deploymentId == null) {
      return live.flatMap(deployments::before)
          .orElseThrow(DeploymentsError.NOTHING_TO_ROLL_BACK_TO::of);
    }
    var target = inApp(appId, deploymentId);
    if (target.liveAt() == null) {
      throw DeploymentsError.NOTHING_TO_ROLL_BACK_TO.at("deployment_id");
    }
    if (live.filter(row -> row.id().equals(target.id())).isPresent()) {
      throw DeploymentsError.ALREADY_LIVE.at("deployment_id");
    }
    return target;
  }

  /** The deployments that fit, newest first. */
  public Page<Deployment> list(Caller caller, DeploymentFilter filter, PageRequest page) {
    return database
        .read(Scope.of(caller), () -> deployments.list(filter, page))
        .map(DeploymentRow::toDeployment);
  }

  /** The deployments of an app, which must exist. */
  public Page<Deployment> listOfApp(Caller caller, DeploymentFilter filter, PageRequest page) {
    if (filter.appId() != null) {
      apps.require(Scope.of(caller), filter.appId());
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
        .read(Scope.of(caller), () -> deployments.unfinished(appId))
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
