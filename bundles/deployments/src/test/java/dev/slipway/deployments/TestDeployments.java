package dev.slipway.deployments;

import dev.slipway.activity.resource.OperationResource;
import dev.slipway.activity.service.OperationService;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.Environments;
import dev.slipway.apps.PreviewEnvironments;
import dev.slipway.apps.SecretLeases;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
import dev.slipway.apps.resource.environment.PromotionGraphResource;
import dev.slipway.apps.resource.runtime.ProcessResource;
import dev.slipway.apps.resource.runtime.RegistryCredentialResource;
import dev.slipway.apps.resource.runtime.ReleaseHookResource;
import dev.slipway.apps.resource.runtime.RuntimeResource;
import dev.slipway.apps.resource.runtime.VolumeResource;
import dev.slipway.apps.resource.secret.LeaseResource;
import dev.slipway.apps.resource.secret.RotationResource;
import dev.slipway.apps.resource.variable.EnvVarResource;
import dev.slipway.apps.resource.variable.EnvironmentVariableResource;
import dev.slipway.apps.service.app.AppDeletion;
import dev.slipway.apps.service.app.AppService;
import dev.slipway.apps.service.app.DeletionWatch;
import dev.slipway.apps.service.app.PublishedApps;
import dev.slipway.apps.service.environment.EnvironmentService;
import dev.slipway.apps.service.environment.PromotionGraph;
import dev.slipway.apps.service.environment.PublishedEnvironments;
import dev.slipway.apps.service.environment.PublishedPreviews;
import dev.slipway.apps.service.runtime.ProcessService;
import dev.slipway.apps.service.runtime.RegistryCredentialService;
import dev.slipway.apps.service.runtime.ReleaseHookService;
import dev.slipway.apps.service.runtime.RuntimeService;
import dev.slipway.apps.service.runtime.VolumeService;
import dev.slipway.apps.service.secret.LeaseService;
import dev.slipway.apps.service.secret.LeaseWatch;
import dev.slipway.apps.service.secret.PublishedLeases;
import dev.slipway.apps.service.secret.RotationService;
import dev.slipway.apps.service.variable.EnvVarService;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.overview.DeploymentFigures;
import dev.slipway.fleet.Edges;
import dev.slipway.fleet.Leftovers;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.health.Followers;
import dev.slipway.fleet.service.health.HeartbeatIntake;
import dev.slipway.fleet.service.health.SampleWriter;
import dev.slipway.fleet.service.placement.PublishedEdges;
import dev.slipway.fleet.service.placement.PublishedServers;
import dev.slipway.fleet.service.removal.PublishedLeftovers;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.removal.OrphanStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import dev.slipway.logs.Logs;
import dev.slipway.logs.service.LogService;
import dev.slipway.logs.service.Retention;
import dev.slipway.logs.store.LineStore;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The feature between the real fleet, apps, activity and logs, wired as the framework would. Time
 * and order are the test's: events are delivered, each of them twice, and agents work when {@link
 * #until} is called, all on the test's own thread.
 */
public final class TestDeployments implements AutoCloseable {
  private static final Scope ALL = Scope.platform("the test delivers events of all tenants");
  private static final ClassLoader LOADER = TestDeployments.class.getClassLoader();

  public final TestPlatform platform = TestPlatform.start();
  public final UUID tenant = Ids.next();
  public final Scope scope = Scope.tenant(tenant);
  public final TestClient user = platform.as(tenant, Role.USER);
  public final Database database;
  public final ServerStore servers;
  public final CommandService commands;
  public final ServerPresence presence;
  public final Edges edges;
  private final SampleWriter samples;
  private final HeartbeatIntake intake;
  public final OperationService operations;
  public final Apps apps;
  public final Environments environments;
  public final PreviewEnvironments previews;
  public final SecretLeases leases;
  public final ProcessService processes;
  public final VolumeService volumes;
  public final RegistryCredentialService registries;
  public final ReleaseHookService hooks;
  public final Leftovers leftovers;
  public final Logs logs;
  public final LostCommands lost;
  private final CommandFlow flow;
  private final Database fleet;
  private final List<EventListener> others = new ArrayList<>();
  private final List<TestAgent> agents = new ArrayList<>();
  private final List<StoredEvent> delivered = new ArrayList<>();
  private final Removal removal;
  private @Nullable String cursor;
  public final PromotionGraph graph;
  private Wiring wiring;

  public TestDeployments() {
    var events = platform.events();
    fleet = platform.database("fleet", LOADER);
    servers = new ServerStore(fleet);
    var rows = new CommandStore(fleet);
    flow = new CommandFlow(fleet, rows, events, platform.signals(), platform.secrets());
    commands =
        new CommandService(fleet, rows, servers, flow, platform.signals(), platform.secrets());
    presence =
        new ServerPresence(
            fleet, servers, events, platform.signals(), platform.facts(), platform.json());
    samples = new SampleWriter(fleet, new SampleStore(fleet, platform.json()));
    edges = new PublishedEdges(fleet);
    intake =
        new HeartbeatIntake(
            fleet, presence, samples, events, platform.json(), new Followers(platform.signals()));
    lost = new LostCommands(fleet, rows, flow, commands);
    var activity = platform.database("activity", LOADER);
    operations = new OperationService(activity, new OperationStore(activity), events);
    removal = new Removal(fleet, servers, commands, operations, events, platform.signals());
    var appRows = platform.database("apps", LOADER);
    var deletion = new AppDeletion(appRows, events, operations);
    apps = new PublishedApps(appRows, events, platform.secrets(), deletion);
    environments = new PublishedEnvironments(appRows, events, platform.secrets());
    previews = new PublishedPreviews(appRows, events);
    leases = new PublishedLeases(appRows, platform.secrets(), platform.signals());
    processes = new ProcessService(appRows, events);
    volumes = new VolumeService(appRows, events);
    hooks = new ReleaseHookService(appRows, events);
    registries = new RegistryCredentialService(appRows, events, platform.secrets());
    leftovers = new PublishedLeftovers(fleet, servers, new OrphanStore(fleet));
    var lines =
        new LineStore(platform.database("logs", LOADER), platform.signals(), platform.json());
    new Retention(lines, platform.facts()).run();
    logs = new LogService(lines, apps, platform.secrets());
    others.add(new DeletionWatch(deletion));
    others.add(removal);
    others.add(new LeaseWatch(appRows));
    database = platform.database("deployments", LOADER);
    graph = new PromotionGraph(appRows);
    graph.addSource(new DeploymentFigures(database));
    wiring = new Wiring(this, serverService());
    platform.register(
        new AppResource(new AppService(appRows, events, serverService()), deletion),
        new EnvVarResource(new EnvVarService(appRows, events, platform.secrets())),
        new RuntimeResource(new RuntimeService(appRows, events)),
        new EnvironmentResource(new EnvironmentService(appRows, events, serverService())),
        new EnvironmentVariableResource(
            new EnvironmentVariableService(appRows, events, platform.secrets())),
        new PromotionGraphResource(graph),
        new RotationResource(new RotationService(appRows, events, platform.secrets())),
        new LeaseResource(new LeaseService(appRows, events)),
        new RegistryCredentialResource(registries),
        new ProcessResource(processes),
        new ReleaseHookResource(hooks),
        new VolumeResource(volumes),
        new OperationResource(operations));
    platform.register(wiring.resources());
  }

  private PublishedServers serverService() {
    return new PublishedServers(fleet);
  }

  /** Everything in memory is gone, as after a crash; what the database knows is all there is. */
  public void restart() {
    wiring = new Wiring(this, serverService());
  }

  public Wiring wiring() {
    return wiring;
  }

  /** A server with an edge of its own, whose agent is there. */
  public TestAgent agent() {
    return agent(
        tenant,
        "{\"runtime\":\"docker\",\"edge_url\":\"http://127.0.0.1:8000\","
            + "\"public_host\":\"localhost\"}");
  }

  /** A server like that, whose edge can divide requests. */
  public TestAgent weighing() {
    return agent(
        tenant,
        "{\"runtime\":\"docker\",\"edge_url\":\"http://127.0.0.1:8000\","
            + "\"public_host\":\"localhost\",\"weighted_routes\":true}");
  }

  public TestAgent agent(UUID tenantId, String description) {
    var id = Ids.next();
    var name = "server-" + id.toString().substring(24);
    var machine = new ServerRow.Machine(name, name, null, null, null, null, null, null, null);
    fleet.run(
        Scope.tenant(tenantId),
        () -> {
          servers.insert(ServerRow.fresh(id, tenantId, name, Map.of(), machine));
          servers.credentials(id, TestAgent.SECRET_HASH, "none");
        });
    var agent = new TestAgent(tenantId, id, flow, presence, intake, platform.secrets()).connect();
    presence.described(tenantId, id, description);
    agents.add(agent);
    return agent;
  }

  /** Takes a server out, as its operator would. */
  public void remove(TestAgent agent) {
    removal.start(TestPlatform.caller(tenant, Role.ADMIN), agent.server());
  }

  /** A new app that is fed by uploads, with one upload. */
  public UUID app(TestAgent agent) {
    var app = emptyApp(agent, Map.of());
    upload(app, "Dockerfile", "FROM scratch\n");
    return app;
  }

  /** A new app with these settings besides. */
  public UUID emptyApp(TestAgent agent, Map<String, Object> settings) {
    var body = new java.util.HashMap<String, Object>();
    body.put("name", "app-" + Ids.next().toString().substring(24));
    body.put("source_type", "git");
    body.put("server_id", agent.server());
    body.putAll(settings);
    return UUID.fromString(expect(201, user.post("/api/apps", body)).at("/app/id"));
  }

  /** Uploads a folder with one file; the commit. */
  public String upload(UUID app, String name, String content) {
    var answer =
        user.send(
            "POST",
            "/api/apps/" + app + "/source-archives",
            TestArchive.of(name, content),
            "application/gzip");
    return expect(201, answer).at("/archive/commit_sha");
  }

  /** Asks for a deployment. */
  public UUID deploy(UUID app) {
    return deploy(app, Map.of());
  }

  public UUID deploy(UUID app, Map<String, Object> wish) {
    var answer = user.post("/api/apps/" + app + "/deployments", wish);
    return UUID.fromString(expect(202, answer).at("/deployment/id"));
  }

  /** Deploys, and waits until it is live. */
  public UUID live(UUID app) {
    var id = deploy(app);
    untilStatus(id, "live");
    return id;
  }

  /** An open preview that a deployment runs in, where nothing else of it matters. */
  public UUID preview(UUID app, UUID deployment) {
    var id = Ids.next();
    sql(
        "insert into deployments_preview (id, tenant_id, app_id, environment_id, deployment_id,"
            + " pull_request_number, branch, commit_sha, fork, secrets, created_at, updated_at,"
            + " expires_at) select '"
            + id
            + "', tenant_id, app_id, coalesce(environment_id, gen_random_uuid()), id, 12, 'feature/cart', commit_sha, false,"
            + " true, now(), now(), now() + interval '1 day' from deployments_deployment where id = '"
            + deployment
            + "' and app_id = '"
            + app
            + "'");
    return id;
  }

  /** An action such as {@code restart}; its operation. */
  public UUID act(UUID app, String action) {
    var answer = user.post("/api/apps/" + app + "/" + action, null);
    return UUID.fromString(expect(202, answer).at("/operation_id"));
  }

  public static Answer expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError("expected " + status + ": " + answer.status() + answer.text());
    }
    return answer;
  }

  public App app(UUID id) {
    return apps.require(scope, id);
  }

  public AppStatus appStatus(UUID id) {
    return app(id).status();
  }

  public String status(UUID deployment) {
    return deployment(deployment).at("/deployment/status");
  }

  public Answer deployment(UUID id) {
    return expect(200, user.get("/api/deployments/" + id));
  }

  public String operationStatus(UUID operation) {
    return expect(200, user.get("/api/operations/" + operation)).at("/operation/status");
  }

  public void untilStatus(UUID deployment, String status) {
    until(deployment + " is " + status, () -> status(deployment).equals(status));
  }

  public void untilOperation(UUID operation, String status) {
    until(operation + " is " + status, () -> operationStatus(operation).equals(status));
  }

  /** Lets events and agents go on until something is so. */
  public void until(String what, BooleanSupplier done) {
    var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("it did not happen that " + what);
      }
      if (!step()) {
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /** Delivers what there is, and lets agents answer; false where there was nothing to do. */
  public boolean step() {
    untilReadable();
    var batch =
        platform.events().after(ALL, new EventFilter(java.util.Set.of(), null), cursor, 500);
    for (var event : batch) {
      deliver(event);
      deliver(event);
      delivered.add(event);
      cursor = event.cursor();
    }
    var worked = false;
    for (var agent : agents) {
      worked |= agent.work();
    }
    return worked || !batch.isEmpty();
  }

  /**
   * Waits for events that readers may not see yet: whatever else has a transaction open at this
   * server, another class's tests too, holds them back for a moment.
   */
  private void untilReadable() {
    var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (held() && System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean held() {
    try (var connection = platform.store().platform().getConnection();
        var query =
            connection.prepareStatement(
                "select exists (select from events_event"
                    + " where txid >= pg_snapshot_xmin(pg_current_snapshot()))")) {
      var rows = query.executeQuery();
      rows.next();
      return rows.getBoolean(1);
    } catch (SQLException failure) {
      throw new AssertionError("the event log can not be read", failure);
    }
  }

  /** Everything once more, as after the loss of what was remembered of deliveries. */
  public void deliverAllAgain() {
    List.copyOf(delivered).forEach(this::deliver);
  }

  private void deliver(StoredEvent event) {
    var all = new ArrayList<>(others);
    all.addAll(wiring.listeners());
    for (var listener : all) {
      if (listener.filter().matches(event.type())) {
        try {
          listener.on(event);
        } catch (Exception failure) {
          throw new AssertionError(listener.name() + " failed on " + event, failure);
        }
      }
    }
  }

  /** What was said of a subject, oldest first. */
  public List<StoredEvent> events(UUID subject) {
    untilReadable();
    return platform.events().after(scope, EventFilter.subject(subject), null, 1000);
  }

  public List<String> types(UUID subject) {
    return events(subject).stream()
        .map(StoredEvent::type)
        .map(type -> type.substring(type.lastIndexOf('.') + 1))
        .toList();
  }

  /** The agent was away for good when it had these commands. */
  public void lose(TestAgent agent) {
    agent.vanish();
    lost.settle();
    agent.connect();
  }

  /** Changes rows behind everybody's back, such as the time when something happened. */
  public int sql(String statement) {
    try (var connection = platform.store().dedicated();
        var change = connection.createStatement()) {
      return change.executeUpdate(statement);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The first column of what is found. */
  public List<String> query(String select) {
    try (var connection = platform.store().dedicated();
        var read = connection.createStatement();
        var rows = read.executeQuery(select)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Every row that holds a text, of all tables whose name is like that. */
  public List<String> rowsWith(String tables, String text) {
    var found = new ArrayList<String>();
    for (var table :
        query(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')"
                + " and tablename like '"
                + tables
                + "' and has_table_privilege(quote_ident(schemaname) || '.'"
                + " || quote_ident(tablename), 'select')")) {
      query("select t::text from " + table + " t where t::text like '%" + text + "%'")
          .forEach(row -> found.add(table + ": " + row));
    }
    return found;
  }

  /** A time some minutes ago, in SQL. */
  public static String ago(int minutes) {
    return "'" + Instant.now().minus(Duration.ofMinutes(minutes)) + "'";
  }

  @Override
  public void close() throws Exception {
    samples.close();
    platform.close();
  }
}
