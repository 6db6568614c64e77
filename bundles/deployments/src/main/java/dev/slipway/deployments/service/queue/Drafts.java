package dev.slipway.deployments.service.queue;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Processes;
import dev.slipway.apps.ReleaseHooks;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Release;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.approval.IntentRow;
import dev.slipway.deployments.store.settings.SettingsRow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes rows of what is asked for. */
@Component(service = Drafts.class)
public final class Drafts {
  private static final String REPLICAS = "replicas";

  private final Variables variables;
  private final Ledger ledger;
  private final ReleaseHooks releases;
  private final Processes processes;
  private final Json json;

  @Activate
  public Drafts(
      @Reference Variables variables,
      @Reference Ledger ledger,
      @Reference ReleaseHooks releases,
      @Reference Processes processes,
      @Reference Json json) {
    this.variables = variables;
    this.ledger = ledger;
    this.releases = releases;
    this.processes = processes;
    this.json = json;
  }

  /** An earlier version as it was, with the variables that the app has now. */
  public DeploymentDraft ofRollback(
      Caller caller, DeploymentRow target, UUID serverId, @Nullable String reason) {
    return new DeploymentDraft(
        target.environmentId(),
        serverId,
        DeploymentTrigger.ROLLBACK,
        new Version(target.branch(), target.commitSha(), target.commitMessage()),
        target.image(),
        target,
        null,
        reason,
        target.recipe(),
        variables.overrides(target),
        false,
        caller.userId(),
        requester(caller));
  }

  /** The version that is live, in another number of instances. */
  public DeploymentDraft ofScale(Caller caller, DeploymentRow live, UUID serverId, int replicas) {
    var reason = "runs in " + replicas + " instances instead of " + replicas(live);
    return again(caller, live, serverId, Map.of(REPLICAS, replicas), reason);
  }

  /** The version that is live, with one of its processes in another number of instances. */
  public DeploymentDraft ofScale(
      Caller caller, DeploymentRow live, UUID serverId, String process, int replicas) {
    var recipe = Recipe.read(json, live.recipe());
    var before = recipe.process(process).replicas();
    var reason = process + " runs in " + replicas + " instances instead of " + before;
    var scaled = recipe.scaled(process, replicas).members(json);
    return again(caller, live, serverId, scaled, reason);
  }

  /** The version that is live, with the variables that the app has now. */
  public DeploymentDraft ofRenewal(
      Caller caller, DeploymentRow live, UUID serverId, String reason) {
    return again(caller, live, serverId, Map.of(), reason);
  }

  private DeploymentDraft again(
      Caller caller,
      DeploymentRow live,
      UUID serverId,
      Map<String, ? extends @Nullable Object> otherwise,
      String reason) {
    var recipe = new LinkedHashMap<>(live.recipe());
    recipe.putAll(otherwise);
    return new DeploymentDraft(
        live.environmentId(),
        serverId,
        DeploymentTrigger.MANUAL,
        new Version(live.branch(), live.commitSha(), live.commitMessage()),
        live.image(),
        live,
        null,
        reason,
        recipe,
        variables.overrides(live),
        false,
        caller.userId(),
        requester(caller));
  }

  /** In how many instances a version runs. */
  public int replicas(DeploymentRow row) {
    return Recipe.read(json, row.recipe()).replicas();
  }

  /** In how many instances a process of a version runs; empty where the version has none such. */
  public OptionalInt replicas(DeploymentRow row, String process) {
    return Recipe.read(json, row.recipe()).replicas(process);
  }

  /** Whether a Compose file says what runs. */
  public boolean composes(DeploymentRow row) {
    return Recipe.read(json, row.recipe()).composes();
  }

  /** The app's settings as they are now. */
  public Map<String, @Nullable Object> recipe(
      Scope scope, App app, @Nullable String image, SettingsRow rules) {
    var besides = processes.ofApp(scope, app.id());
    var release = releases.ofApp(scope, app.id()).map(Release::of).orElse(null);
    var recipe = Recipe.of(app, image, rules.buildTimeoutSeconds(), besides, release);
    if (release != null && recipe.composes()) {
      throw DeploymentsError.RELEASE_OF_COMPOSE.of();
    }
    return recipe.members(json);
  }

  /** Whether a release hook is run before the version starts. */
  public static boolean releases(Map<String, @Nullable Object> recipe) {
    return recipe.get("release") != null;
  }

  /** The image that a deployment was asked to run; null where one was built. */
  public @Nullable String image(DeploymentRow row) {
    return Recipe.read(json, row.recipe()).image();
  }

  /** The user, or who made the key. */
  public static @Nullable UUID requester(Caller caller) {
    return caller.userId() == null ? caller.onBehalfOf() : caller.userId();
  }

  /** Whether an image is made for it. */
  public static boolean builds(DeploymentRow row) {
    return !row.isAgain() && row.recipe().get("image") == null;
  }

  /**
   * A row that is not stored yet.
   *
   * @param before where the app stands
   * @param reason why it has to wait; null where it has not
   * @param hold that it is held; null where it is not
   */
  DeploymentRow row(
      Scope scope,
      App app,
      DeploymentDraft draft,
      AppStatus before,
      IntentRow.@Nullable Reason reason,
      Approvers.@Nullable Hold hold) {
    variables.requireFresh(scope, app.id(), draft.environmentId());
    var id = Ids.next();
    var now = Times.now();
    var target = draft.rollbackOf();
    var source = draft.promotedFrom();
    var again = target == null ? source : target;
    var overrides =
        draft.overrides().isEmpty() ? null : variables.seal(app.tenantId(), id, draft.overrides());
    return new DeploymentRow(
        id,
        app.tenantId(),
        app.id(),
        draft.environmentId(),
        app.projectId(),
        draft.serverId(),
        status(reason, hold),
        draft.trigger(),
        draft.version().branch(),
        draft.version().commitSha(),
        draft.version().commitMessage(),
        Objects.requireNonNullElseGet(draft.image(), () -> Names.image(app.slug(), id)),
        target == null ? null : target.id(),
        source == null ? null : source.id(),
        draft.reason(),
        null,
        null,
        draft.createdBy(),
        now,
        null,
        null,
        null,
        ledger.opens(scope, app.id(), id, target != null, draft.createdBy()),
        draft.recipe(),
        overrides,
        draft.noCache(),
        null,
        before,
        0,
        now,
        reason == null ? null : Ids.next(),
        hold == null ? ApprovalState.NONE : ApprovalState.PENDING,
        hold == null ? 0 : hold.approvals(),
        until(hold, now),
        again == null ? null : again.releaseName(),
        again == null ? null : again.buildId(),
        null);
  }

  private static DeploymentStatus status(
      IntentRow.@Nullable Reason reason, Approvers.@Nullable Hold hold) {
    if (hold != null) {
      return DeploymentStatus.AWAITING_APPROVAL;
    }
    return reason == null ? DeploymentStatus.PENDING : DeploymentStatus.QUEUED;
  }

  private static @Nullable Instant until(Approvers.@Nullable Hold hold, Instant now) {
    var minutes = hold == null ? null : hold.minutes();
    return minutes == null ? null : now.plus(Duration.ofMinutes(minutes));
  }
}
