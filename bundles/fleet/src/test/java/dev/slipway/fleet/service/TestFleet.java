package dev.slipway.fleet.service;

import dev.slipway.activity.service.OperationService;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.resource.agent.AgentCredentialResource;
import dev.slipway.fleet.resource.agent.AgentResource;
import dev.slipway.fleet.resource.agent.AgentTokenResource;
import dev.slipway.fleet.resource.command.CommandResource;
import dev.slipway.fleet.resource.enrolment.InstallResource;
import dev.slipway.fleet.resource.enrolment.InstallTokenResource;
import dev.slipway.fleet.resource.enrolment.ProvisioningResource;
import dev.slipway.fleet.resource.health.HealthResource;
import dev.slipway.fleet.resource.placement.AppPlacementResource;
import dev.slipway.fleet.resource.placement.PoolResource;
import dev.slipway.fleet.resource.placement.SchedulingResource;
import dev.slipway.fleet.resource.reliability.ReliabilityResource;
import dev.slipway.fleet.resource.removal.RemovalResource;
import dev.slipway.fleet.resource.server.GrantResource;
import dev.slipway.fleet.resource.server.ServerResource;
import dev.slipway.fleet.resource.terminal.TerminalResource;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.agent.AgentCredentials;
import dev.slipway.fleet.service.agent.AgentJournal;
import dev.slipway.fleet.service.agent.AgentProbe;
import dev.slipway.fleet.service.agent.AgentTokens;
import dev.slipway.fleet.service.agent.DeployNet;
import dev.slipway.fleet.service.agent.SecretRotation;
import dev.slipway.fleet.service.agent.UpdateAgents;
import dev.slipway.fleet.service.command.CommandDesk;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.service.command.SettleCommands;
import dev.slipway.fleet.service.enrolment.AgentProgram;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.service.enrolment.InstallScript;
import dev.slipway.fleet.service.enrolment.InstallTokens;
import dev.slipway.fleet.service.enrolment.Provisioning;
import dev.slipway.fleet.service.enrolment.UpdateKey;
import dev.slipway.fleet.service.health.Followers;
import dev.slipway.fleet.service.health.HeartbeatIntake;
import dev.slipway.fleet.service.health.HttpHeartbeat;
import dev.slipway.fleet.service.health.SampleWriter;
import dev.slipway.fleet.service.health.ServerFeed;
import dev.slipway.fleet.service.health.ServerHealth;
import dev.slipway.fleet.service.placement.PlacementRules;
import dev.slipway.fleet.service.placement.Pools;
import dev.slipway.fleet.service.placement.PublishedServers;
import dev.slipway.fleet.service.placement.Scheduling;
import dev.slipway.fleet.service.reliability.Names;
import dev.slipway.fleet.service.reliability.Reliability;
import dev.slipway.fleet.service.removal.Erasure;
import dev.slipway.fleet.service.removal.Orphans;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.service.removal.Sweeper;
import dev.slipway.fleet.service.server.NodeLife;
import dev.slipway.fleet.service.server.Relinking;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.service.server.ServerService;
import dev.slipway.fleet.service.terminal.TerminalLines;
import dev.slipway.fleet.service.terminal.TerminalSessions;
import dev.slipway.fleet.service.terminal.TerminalTalks;
import dev.slipway.fleet.service.terminal.Terminals;
import dev.slipway.fleet.store.agent.CredentialStore;
import dev.slipway.fleet.store.command.CommandStore;
import dev.slipway.fleet.store.health.HealthStore;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.local.LocalStore;
import dev.slipway.fleet.store.placement.PlacementStore;
import dev.slipway.fleet.store.removal.OrphanStore;
import dev.slipway.fleet.store.server.GrantStore;
import dev.slipway.fleet.store.server.NodeStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import dev.slipway.fleet.store.terminal.TerminalStore;
import dev.slipway.fleet.wire.AgentGateway;
import dev.slipway.fleet.wire.AgentStreams;
import dev.slipway.fleet.wire.LogIntake;
import dev.slipway.fleet.wire.OutputQueues;
import dev.slipway.fleet.wire.ProgramFeed;
import dev.slipway.fleet.wire.ServerKnowledge;
import dev.slipway.fleet.wire.TerminalIntake;
import dev.slipway.fleet.wire.Transfers;
import dev.slipway.grpc.GrpcServer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The feature on a real database, event log and gRPC listener, wired as the framework would. */
public final class TestFleet implements AutoCloseable {
  public final TestPlatform platform = TestPlatform.start();
  public final UUID tenant = Ids.next();
  public final Scope scope = Scope.tenant(tenant);
  public final Database db;
  public final ServerStore servers;
  public final CommandStore commandRows;
  public final CommandFlow flow;
  public final CommandService commands;
  public final ServerPresence presence;
  public final SampleStore sampleRows;
  public final SampleWriter samples;
  public final HeartbeatIntake intake;
  public final KnownTenants people = new KnownTenants();
  public final KnownApps apps = new KnownApps();
  public final Residents residents = new Residents();

  /** Addresses by name; a name that is not there does not exist. */
  public final Map<String, String> addresses = new ConcurrentHashMap<>();

  private final Names names = new Names(this::addresses);
  public final ServerRights rights;
  public final ServerService serverService;
  public final PublishedServers published;
  public final TerminalSessions terminalSessions;
  public final OutputQueues outputs = new OutputQueues();
  public final ServerKnowledge knowledge = new ServerKnowledge(platform.signals());
  public final Followers followers = new Followers(platform.signals());
  public final AgentAccess access;
  public final Enrolment enrolment;
  public final OrphanStore orphanRows;
  public final Sweeper sweeper;
  public final Provisioning provisioning;
  public final OperationService operations;
  public final GrpcServer grpc;
  public final NodeId node;
  public NodeLife life;
  private AgentStreams streams;
  private AgentGateway gateway;
  private TerminalIntake terminals;

  /** A server with the secret of its agent. */
  public record Enrolled(UUID id, String secret) {}

  public TestFleet() throws Exception {
    platform.facts().set("slipway.grpc.port", "0");
    db = platform.database("fleet", TestFleet.class.getClassLoader());
    servers = new ServerStore(db);
    commandRows = new CommandStore(db);
    flow =
        new CommandFlow(db, commandRows, platform.events(), platform.signals(), platform.secrets());
    commands =
        new CommandService(db, commandRows, servers, flow, platform.signals(), platform.secrets());
    presence =
        new ServerPresence(
            db, servers, platform.events(), platform.signals(), platform.facts(), platform.json());
    sampleRows = new SampleStore(db, platform.json());
    samples = new SampleWriter(db, sampleRows);
    intake =
        new HeartbeatIntake(db, presence, samples, platform.events(), platform.json(), followers);
    residents.addSource(apps);
    rights =
        new ServerRights(
            db, servers, new GrantStore(db), people, platform.events(), platform.signals());
    published = new PublishedServers(db);
    serverService =
        new ServerService(db, servers, new PlacementStore(db), rights, platform.events());
    access = new AgentAccess(db, servers, platform.signals());
    var tokens = installTokens();
    orphanRows = new OrphanStore(db);
    sweeper = sweeperIn(Duration.ZERO);
    enrolment =
        new Enrolment(db, servers, installScript(), platform.events(), platform.signals(), tokens);
    var activity = platform.database("activity", OperationService.class.getClassLoader());
    operations = new OperationService(activity, new OperationStore(activity), platform.events());
    provisioning =
        new Provisioning(db, enrolment, commands, presence, operations, platform.events());
    node = new NodeId(platform.facts());
    terminalSessions = new TerminalSessions(terminalLines(node));
    grpc = new GrpcServer(platform.facts(), platform.authenticator());
    startGateway();
  }

  private InetAddress[] addresses(String name) throws UnknownHostException {
    var address = addresses.get(name);
    if (address == null) {
      throw new UnknownHostException(name);
    }
    return new InetAddress[] {InetAddress.ofLiteral(address)};
  }

  private InstallScript installScript() {
    return new InstallScript(platform.facts(), key());
  }

  private UpdateKey key() {
    return new UpdateKey(db, new LocalStore(db), platform.secrets());
  }

  /** The key that agents' programs are signed with. */
  public String updateKey() {
    return key().publicKey();
  }

  /** Sends a server's agent a new secret; false where it has no key to seal it to. */
  public boolean rotate(UUID serverId) {
    return new SecretRotation(db, servers, commands, platform.json(), platform.facts())
        .rotate(scope, serverId);
  }

  /** Offers agents a program from now on. */
  public void offer(Path program) throws Exception {
    platform.facts().set("slipway.agent.program", program.toString());
    platform.facts().set("slipway.agent.update", "auto");
    stopGateway();
    startGateway();
  }

  /** Runs the job that updates agents. */
  public void updateAgents() {
    new UpdateAgents(
            db,
            commands,
            new AgentProgram(platform.facts()),
            key(),
            platform.json(),
            platform.facts())
        .run();
  }

  public InstallTokens installTokens() {
    return new InstallTokens(db, new LocalStore(db), platform.secrets(), platform.json());
  }

  /** Starts the bundle's gRPC part, as after an update or a crash of the node. */
  public void startGateway() throws Exception {
    life = new NodeLife(db, new NodeStore(db), presence, node);
    streams =
        new AgentStreams(flow, presence, outputs, platform.secrets(), platform.signals(), life);
    gateway =
        new AgentGateway(
            access,
            intake,
            flow,
            streams,
            knowledge,
            new Transfers(
                new LogIntake(platform.secrets(), outputs),
                terminals = new TerminalIntake(terminalSessions, access, platform.signals()),
                new ProgramFeed(new AgentProgram(platform.facts()))));
    grpc.addService(gateway);
  }

  TerminalLines terminalLines(NodeId at) {
    return new TerminalLines(
        db, new TerminalStore(db), platform.signals(), platform.secrets(), platform.json(), at);
  }

  public void stopGateway() {
    terminals.close();
    grpc.removeService(gateway);
    streams.close();
  }

  /** Serves the feature's REST operations. */
  public Removal serveRest() {
    var script = installScript();
    var removal =
        new Removal(db, servers, commands, operations, platform.events(), platform.signals());
    var credentialRows = new CredentialStore(db);
    var tokens = new AgentTokens(db, credentialRows, platform.tokens(), platform.facts());
    var credentials =
        new AgentCredentials(db, servers, credentialRows, enrolment, presence, platform.events());
    var probe = new AgentProbe(db, servers, commands, platform.signals(), platform.json());
    var desk = new CommandDesk(db, commands, presence, rights, platform.json());
    var orphans = new Orphans(db, servers, orphanRows, rights);
    var placement = new PlacementStore(db);
    var health = new ServerHealth(db, servers, new HealthStore(db), sampleRows, residents);
    var deployNet = new DeployNet(db, probe, residents, platform.json());
    platform.register(
        new ServerResource(
            serverService,
            rights,
            removal,
            new ServerFeed(db, servers, platform.events(), followers)),
        new AgentResource(probe, new AgentJournal(probe), desk),
        new CommandResource(desk),
        new RemovalResource(
            removal,
            new Erasure(db, orphans, commands, operations, platform.events(), platform.signals()),
            orphans),
        new HealthResource(health, deployNet),
        new TerminalResource(
            new Terminals(
                db,
                servers,
                residents,
                rights,
                platform.events(),
                new TerminalTalks(
                    db,
                    commands,
                    terminalSessions,
                    platform.events(),
                    platform.signals(),
                    platform.json()))),
        new ReliabilityResource(
            new Reliability(db, servers, sampleRows, presence, residents, names)),
        new SchedulingResource(
            new Scheduling(db, servers, rights, residents, platform.events()),
            serverService,
            rights),
        new GrantResource(rights),
        new PoolResource(new Pools(db, placement, servers, platform.events())),
        new AppPlacementResource(
            new PlacementRules(db, placement, residents, platform.events()), health),
        new InstallTokenResource(enrolment, script),
        new InstallResource(enrolment, script, tokens),
        new ProvisioningResource(
            provisioning,
            new Relinking(db, servers, residents, platform.events()),
            new HttpHeartbeat(db, tokens, credentialRows, intake, residents, commandRows),
            script),
        new AgentCredentialResource(credentials, provisioning, script),
        new AgentTokenResource(credentials, tokens));
    return removal;
  }

  /** Adds a server whose agent has a secret. */
  public Enrolled enrol(String name) {
    return enrol(tenant, name);
  }

  public Enrolled enrol(UUID tenantId, String name) {
    var id = Ids.next();
    var secret = Secret.fresh();
    var machine = new ServerRow.Machine(name, name, null, null, null, null, null, null, null);
    db.run(
        Scope.tenant(tenantId),
        () -> {
          servers.insert(ServerRow.fresh(id, tenantId, name, Map.of(), machine));
          servers.credentials(id, Secret.hash(secret), Secret.hash(secret + "-key"));
        });
    return new Enrolled(id, secret);
  }

  public ServerRow server(UUID id) {
    return db.read(scope, () -> servers.find(id)).orElseThrow();
  }

  public Command submit(UUID serverId, CommandType type, String payload) {
    return commands.submit(
        scope, CommandRequest.of(serverId, type, payload, "test", Duration.ofMinutes(10)));
  }

  public Command command(UUID id) {
    return commands.find(scope, id).orElseThrow();
  }

  public CommandStatus status(Command command) {
    return command(command.id()).status();
  }

  /** Runs the settling job as if it were later by this much. */
  public void settleIn(Duration later) {
    InstantSource clock = () -> Instant.now().plus(later);
    new SettleCommands(db, commandRows, flow, commands, clock).run();
  }

  /** Notes lost streams now, and settles what was lost for longer than the grace. */
  public void settleLost() {
    settleIn(Duration.ZERO);
    settleIn(SettleCommands.GRACE.plusSeconds(1));
  }

  /** A sweeper of leftovers whose clock is ahead by this much. */
  public Sweeper sweeperIn(Duration later) {
    return new Sweeper(
        db, orphanRows, commands, residents, platform.json(), () -> Instant.now().plus(later));
  }

  public void sweepIn(Duration later) {
    presence.sweep(Instant.now().plus(later));
  }

  /** Sweeps as often as it takes: a row that is just being written to is left to the next one. */
  public void offlineIn(Duration later, UUID serverId) {
    await(
        "it is offline",
        () -> {
          sweepIn(later);
          return server(serverId).status() == ServerStatus.OFFLINE;
        });
  }

  /** Another member of the fleet's tenant, signed in. */
  public TestClient member() {
    var client = platform.as(tenant, Role.USER);
    people.add(tenant, client.userId(), Role.USER);
    return client;
  }

  public List<StoredEvent> events(UUID serverId) {
    return platform.events().after(scope, EventFilter.subject(serverId), null, 1000);
  }

  /** Delivers a server's events to a listener from the start, as the platform would. */
  public void deliver(EventListener listener, UUID serverId) throws Exception {
    for (var event : events(serverId)) {
      if (listener.filter().matches(event.type())) {
        listener.on(event);
      }
    }
  }

  /** Delivers the last event of a type to a listener. */
  public void deliverFrom(EventListener listener, UUID serverId, String type) throws Exception {
    var found = events(serverId).stream().filter(event -> event.type().equals(type)).toList();
    listener.on(found.getLast());
  }

  public List<String> eventTypes(UUID serverId) {
    return events(serverId).stream().map(StoredEvent::type).toList();
  }

  /** Waits for something that other threads bring about. */
  public static void await(String what, BooleanSupplier done) {
    var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("in 30 s it did not happen that " + what);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  @Override
  public void close() throws Exception {
    stopGateway();
    samples.close();
    access.close();
    grpc.close();
    platform.close();
  }
}
