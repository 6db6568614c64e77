package dev.slipway.deployments.service.settings;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.Apps;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.Stage;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.Placement;
import dev.slipway.deployments.service.deployment.Versions;
import dev.slipway.deployments.service.queue.Approvers;
import dev.slipway.deployments.service.rollout.Rollouts;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.settings.SettingsStore;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells whether an app could be deployed right now, and what stands in the way. */
@Component(service = ReadinessService.class)
public final class ReadinessService {
  private static final DeploymentRequest USUAL =
      new DeploymentRequest(null, null, null, null, Map.of(), false, null, null);

  private final Database database;
  private final ApprovalStore approvals;
  private final SettingsStore settings;
  private final Apps apps;
  private final VolumeCheck volumes;
  private final Fleet fleet;
  private final Versions versions;
  private final Rollouts rollouts;

  @Activate
  public ReadinessService(
      @Reference Database database,
      @Reference Apps apps,
      @Reference VolumeCheck volumes,
      @Reference Fleet fleet,
      @Reference Versions versions,
      @Reference Rollouts rollouts) {
    this.database = database;
    approvals = new ApprovalStore(database);
    settings = new SettingsStore(database);
    this.apps = apps;
    this.volumes = volumes;
    this.fleet = fleet;
    this.versions = versions;
    this.rollouts = rollouts;
  }

  /** What is looked at. */
  public enum Key {
    SOURCE,
    SERVER,
    AGENT,
    DOCKER,
    DWAAR,
    ENV_VARS,
    DOMAINS,
    RESOURCES,
    APPROVAL,
    CORDON
  }

  /** What came out. */
  public enum Status {
    PASS,
    WARN,
    FAIL,
    SKIPPED
  }

  /** One thing that was looked at; the hint says what to do about it. */
  public record Check(Key key, Status status, String message, @Nullable String hint) {
    static Check pass(Key key, String message) {
      return new Check(key, Status.PASS, message, null);
    }

    static Check skipped(Key key, String message) {
      return new Check(key, Status.SKIPPED, message, null);
    }

    /** Whether a deployment would be refused, or fail. */
    public boolean fails() {
      return status == Status.FAIL;
    }
  }

  /** All checks, in the order in which a deployment would meet them. */
  public List<Check> check(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    var server = server(scope, app);
    return List.of(
        source(scope, app),
        server
            .map(found -> Check.pass(Key.SERVER, "it goes to " + found.name()))
            .orElseGet(
                () ->
                    new Check(
                        Key.SERVER,
                        Status.FAIL,
                        "no server takes deployments",
                        "connect a server, or end its maintenance")),
        about(server, Key.AGENT, found -> agent(scope, app, found)),
        about(server, Key.DOCKER, found -> docker(scope, app, found)),
        about(server, Key.DWAAR, found -> edge(scope, app, found)),
        variables(scope, app),
        about(server, Key.DOMAINS, found -> domains(app, found)),
        volumes.of(scope, app),
        approval(scope, app),
        about(server, Key.CORDON, ReadinessService::cordon));
  }

  private Optional<Server> server(Scope scope, App app) {
    var own = Optional.ofNullable(app.serverId()).flatMap(id -> fleet.servers().find(scope, id));
    return own.isPresent() ? own : fleet.servers().pick(scope, app.id());
  }

  private static Check about(Optional<Server> server, Key key, Function<Server, Check> check) {
    return server.map(check).orElseGet(() -> Check.skipped(key, "there is no server to look at"));
  }

  private Check source(Scope scope, App app) {
    try {
      var branch = database.read(scope, () -> settings.of(app)).defaultBranch();
      if (versions.image(app, USUAL) != null) {
        return Check.pass(Key.SOURCE, "an image is named");
      }
      versions.source(app, USUAL, Objects.requireNonNullElse(branch, app.branch()));
      return Check.pass(Key.SOURCE, "the source and its branch are known");
    } catch (PlatformException refused) {
      return new Check(
          Key.SOURCE,
          Status.FAIL,
          Objects.requireNonNull(refused.getMessage()),
          "upload a folder, or set a repository or an image");
    }
  }

  private Check agent(Scope scope, App app, Server server) {
    if (Placement.isAway(server)) {
      return new Check(
          Key.AGENT,
          Status.FAIL,
          "the agent of " + server.name() + " is not connected",
          "look at the agent's service on the server");
    }
    var hindrance = rollouts.releaseHindrance(scope, app, server);
    return hindrance == null
        ? Check.pass(Key.AGENT, "the agent is connected")
        : new Check(
            Key.AGENT,
            Status.FAIL,
            hindrance,
            "take the release hook from the app, or choose a server with the platform's own agent");
  }

  private Check docker(Scope scope, App app, Server server) {
    if (app.sourceType() == SourceType.COMPOSE
        && !fleet.servers().offers(scope, server.id(), CommandType.COMPOSE_UP)) {
      return new Check(
          Key.DOCKER,
          Status.FAIL,
          "the agent of " + server.name() + " can not run Compose files",
          "choose a server with the platform's own agent and a container engine");
    }
    if (server.runtime() != ServerRuntime.PROCESS) {
      return Check.pass(Key.DOCKER, "the server runs containers");
    }
    return app.image() == null
        ? Check.skipped(Key.DOCKER, "the server runs plain processes")
        : new Check(
            Key.DOCKER,
            Status.FAIL,
            "the server runs plain processes and can not run images",
            "choose a server with a container engine");
  }

  private Check edge(Scope scope, App app, Server server) {
    var hindrance =
        database.read(scope, () -> rollouts.hindrance(scope, app.id(), app.replicas(), server));
    if (hindrance != null) {
      return new Check(
          Key.DWAAR,
          Status.WARN,
          hindrance,
          "choose a server with the platform's own agent, or another rollout policy");
    }
    return server.edgeUrl() == null
        ? new Check(
            Key.DWAAR,
            Status.WARN,
            "the server's edge is not known to the platform",
            "the agent chooses the host name itself")
        : Check.pass(Key.DWAAR, "the server has an edge");
  }

  private Check variables(Scope scope, App app) {
    var count = apps.environment(scope, app.id(), Stage.PRODUCTION).values().size();
    return Check.pass(Key.ENV_VARS, count + " variables are set");
  }

  private static Check domains(App app, Server server) {
    var host = Names.host(app.slug(), server);
    return host == null
        ? Check.skipped(Key.DOMAINS, "the server's edge chooses the host name")
        : Check.pass(Key.DOMAINS, "it answers at " + host);
  }

  private Check approval(Scope scope, App app) {
    var policy = database.read(scope, () -> approvals.policy(app.id())).orElse(null);
    return Approvers.hold(policy, null) != null
        ? new Check(
            Key.APPROVAL,
            Status.WARN,
            "a deployment is held until it is approved",
            "ask an approver once it is there")
        : Check.pass(Key.APPROVAL, "nobody has to agree");
  }

  private static Check cordon(Server server) {
    if (Placement.isAway(server)) {
      return Check.skipped(Key.CORDON, "the agent is not connected");
    }
    return server.acceptsDeployments()
        ? Check.pass(Key.CORDON, "the server takes deployments")
        : new Check(
            Key.CORDON,
            Status.FAIL,
            "the server is cordoned, draining or being removed",
            "uncordon it, or choose another server");
  }
}
