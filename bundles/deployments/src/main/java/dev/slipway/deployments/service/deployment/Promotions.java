package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Environment;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.queue.DeploymentDraft;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.service.queue.Queue;
import dev.slipway.deployments.service.queue.Version;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.preview.PreviewStore;
import dev.slipway.fleet.Server;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings the very build that ran in one place of an app to another one, with the settings that it
 * ran with and the variables of where it goes. Nothing is built, so it has to be where the image
 * is.
 */
@Component(service = Promotions.class)
public final class Promotions {
  private final Database database;
  private final DeploymentStore deployments;
  private final PreviewStore previews;
  private final Places places;
  private final Placement placement;
  private final Drafts drafts;
  private final Queue queue;

  @Activate
  public Promotions(
      @Reference Database database,
      @Reference Places places,
      @Reference Placement placement,
      @Reference Drafts drafts,
      @Reference Queue queue) {
    this.database = database;
    deployments = new DeploymentStore(database);
    previews = new PreviewStore(database);
    this.places = places;
    this.placement = placement;
    this.drafts = drafts;
    this.queue = queue;
  }

  /**
   * Promotes a deployment of the app into a place.
   *
   * @param request a message and variables for the new deployment alone; it names no source
   * @param field in which the client names what is promoted
   */
  public Deployment promote(
      Caller caller, Place target, UUID sourceId, DeploymentRequest request, String field) {
    check(request, field);
    var scope = Scope.of(caller);
    var app = places.apps().require(scope, target.appId());
    var environment = places.environment(scope, target);
    var source = source(scope, target, sourceId, field);
    checkWay(scope, environment, source, field);
    var server = server(scope, app, environment, source, field);
    return queue.add(scope, app.id(), draft(caller, target, source, server, request));
  }

  private void check(DeploymentRequest request, String field) {
    RequestRule.check(places.apps(), request);
    if (request.branch() != null
        || request.commitSha() != null
        || request.image() != null
        || request.noCache()) {
      throw DeploymentsError.PROMOTION_AND_SOURCE.at(field);
    }
  }

  private DeploymentRow source(Scope scope, Place target, UUID id, String field) {
    var source =
        database
            .read(scope, () -> deployments.find(id))
            .filter(found -> found.appId().equals(target.appId()))
            .orElseThrow(() -> DeploymentsError.NOT_FOUND.at(field));
    if (source.liveAt() == null) {
      throw DeploymentsError.PROMOTION_NEVER_LIVE.at(field);
    }
    if (source.place().equals(target)) {
      throw DeploymentsError.PROMOTION_AT_HOME.at(field);
    }
    // Its code, and what it was built by, may be a stranger's.
    var from = source.environmentId();
    if (from != null && database.read(scope, () -> previews.ofEnvironment(from)).isPresent()) {
      throw DeploymentsError.PROMOTION_OF_PREVIEW.at(field);
    }
    return source;
  }

  /** An environment that promotes from another one takes versions of no other. */
  private void checkWay(
      Scope scope, @Nullable Environment target, DeploymentRow source, String field) {
    var from = target == null ? null : target.promotesFromId();
    if (from != null && !from.equals(source.environmentId())) {
      throw DeploymentsError.PROMOTION_OFF_THE_WAY.at(
          field, places.environments().require(scope, from).name());
    }
  }

  private Server server(
      Scope scope, App app, @Nullable Environment environment, DeploymentRow source, String field) {
    var usual = Objects.requireNonNullElse(places.serverOf(app, environment), source.serverId());
    var image = drafts.image(source);
    if (!usual.equals(source.serverId()) && !Names.isPinned(image)) {
      throw DeploymentsError.PROMOTION_ELSEWHERE.at(field);
    }
    var server = placement.choose(scope, app.id(), null, usual, image);
    if (Drafts.releases(source.recipe())) {
      placement.requireRelease(scope, server);
    }
    return server;
  }

  private static DeploymentDraft draft(
      Caller caller, Place target, DeploymentRow source, Server server, DeploymentRequest request) {
    var message = request.message() == null ? source.commitMessage() : request.message();
    return new DeploymentDraft(
        target.environmentId(),
        server.id(),
        DeploymentTrigger.PROMOTION,
        new Version(source.branch(), source.commitSha(), message),
        source.image(),
        null,
        source,
        null,
        source.recipe(),
        request.overrides(),
        false,
        caller.userId(),
        Drafts.requester(caller));
  }
}
