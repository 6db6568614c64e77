package dev.slipway.deployments.service.hook;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Tokens;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.queue.Drafts;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.hook.HookRow;
import dev.slipway.deployments.store.hook.HookStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Secret addresses that start deployments. */
@Component(service = HookService.class)
public final class HookService {
  private static final Scope ALL = Scope.platform("a hook is known by its token alone");
  private static final String PREFIX = "dh_";
  private static final String BRANCHES = "refs/heads/";
  private static final int MOST = 50;

  private final Database database;
  private final HookStore hooks;
  private final DeploymentStore gates;
  private final Apps apps;
  private final Places places;
  private final Events events;
  private final DeploymentService deployments;

  @Activate
  public HookService(
      @Reference Database database,
      @Reference Places places,
      @Reference Events events,
      @Reference DeploymentService deployments) {
    this.database = database;
    hooks = new HookStore(database);
    gates = new DeploymentStore(database);
    apps = places.apps();
    this.places = places;
    this.events = events;
    this.deployments = deployments;
  }

  /** A new hook with its token, which nobody can read again. */
  public record Minted(HookRow hook, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Minted[" + hook.id() + "]";
    }
  }

  /** Makes a hook. */
  public Minted create(
      Caller caller,
      UUID appId,
      String name,
      @Nullable String branch,
      @Nullable UUID environmentId) {
    var scope = Scope.of(caller);
    var token = Tokens.create(PREFIX);
    return database.write(
        scope,
        () -> {
          gates.gate(appId);
          var app = apps.require(scope, appId);
          check(branch);
          if (environmentId != null) {
            places.named(scope, appId, environmentId, "environment_id");
          }
          if (hooks.count(appId) >= MOST) {
            throw DeploymentsError.TOO_MANY_HOOKS.of(MOST);
          }
          var row =
              new HookRow(
                  Ids.next(),
                  app.tenantId(),
                  appId,
                  name,
                  Tokens.hash(token),
                  Tokens.preview(token),
                  branch,
                  environmentId,
                  null,
                  0,
                  Drafts.requester(caller),
                  Times.now());
          hooks.insert(row);
          events.publish(new DeploymentsEvent.HookCreated(app.tenantId(), appId, row.id(), name));
          return new Minted(row, token);
        });
  }

  private void check(@Nullable String branch) {
    var fault = branch == null ? null : apps.branchFault(branch);
    if (fault != null) {
      throw CommonError.INVALID.of().withField("branch", fault);
    }
  }

  /** The hooks of an app. */
  public List<HookRow> list(Caller caller, UUID appId) {
    apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> hooks.ofApp(appId));
  }

  /** Makes a hook's address lead nowhere. */
  public void delete(Caller caller, UUID appId, UUID id) {
    var scope = Scope.of(caller);
    database.run(
        scope,
        () -> {
          var app = apps.require(scope, appId);
          if (!hooks.remove(appId, id)) {
            throw DeploymentsError.HOOK_NOT_FOUND.of();
          }
          events.publish(new DeploymentsEvent.HookDeleted(app.tenantId(), appId, id));
        });
  }

  /** Somebody who knows the token asks for a deployment. */
  public Deployment trigger(
      Caller caller, String token, @Nullable String ref, @Nullable String commitSha) {
    var hook =
        database
            .read(ALL, () -> hooks.byHash(Tokens.hash(token)))
            .orElseThrow(DeploymentsError.HOOK_NOT_FOUND::of);
    var request =
        new DeploymentRequest(
            branch(hook, ref), commitSha, null, null, Map.of(), false, hook.environmentId(), null);
    var actor = actor(caller, hook);
    return database.write(
        Scope.of(actor),
        () -> {
          var deployment = deployments.deploy(actor, hook.appId(), request, DeploymentTrigger.HOOK);
          hooks.triggered(hook.id());
          return deployment;
        });
  }

  private static @Nullable String branch(HookRow hook, @Nullable String ref) {
    if (ref == null || ref.isBlank()) {
      return hook.branch();
    }
    var named = ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : ref;
    if (hook.branch() != null && !hook.branch().equals(named)) {
      throw CommonError.INVALID
          .of()
          .withField("ref", "must be the branch that the hook was made for");
    }
    return named;
  }

  /** The same actor, for nobody. */
  static Caller nobody(Caller actor) {
    return new Caller(
        null,
        null,
        null,
        actor.name(),
        actor.membership(),
        actor.requestId(),
        actor.remoteAddress());
  }

  /** The hook acts in the tenant of its app, for whoever made it. */
  static Caller actor(Caller caller, HookRow hook) {
    return new Caller(
        null,
        null,
        null,
        "deploy hook " + hook.name(),
        new Membership(hook.tenantId(), Role.USER, false),
        caller.requestId(),
        caller.remoteAddress(),
        hook.createdBy());
  }
}
