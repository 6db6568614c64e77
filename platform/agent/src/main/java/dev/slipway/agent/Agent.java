package dev.slipway.agent;

import dev.slipway.agent.command.AgentCommands;
import dev.slipway.agent.command.AgentSecretFile;
import dev.slipway.agent.command.AppCommands;
import dev.slipway.agent.command.BackupCommands;
import dev.slipway.agent.command.CertificateCommands;
import dev.slipway.agent.command.CommandHandler;
import dev.slipway.agent.command.ComposeCommands;
import dev.slipway.agent.command.DiagnosticCommands;
import dev.slipway.agent.command.Dispatcher;
import dev.slipway.agent.command.EdgeCommands;
import dev.slipway.agent.command.EngineCommands;
import dev.slipway.agent.command.HookCommands;
import dev.slipway.agent.command.HostNetworkCommands;
import dev.slipway.agent.command.MonitoringCommands;
import dev.slipway.agent.command.RenewalCommands;
import dev.slipway.agent.command.RouteCommands;
import dev.slipway.agent.command.SecretCommands;
import dev.slipway.agent.command.ServiceCommands;
import dev.slipway.agent.command.SourceCommands;
import dev.slipway.agent.command.StackCommands;
import dev.slipway.agent.command.TerminalCommands;
import dev.slipway.agent.command.UninstallCommands;
import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.config.ConfigurationFault;
import dev.slipway.agent.edge.Edge;
import dev.slipway.agent.edge.EdgeSettings;
import dev.slipway.agent.edge.RouteTraffic;
import dev.slipway.agent.edge.Routes;
import dev.slipway.agent.edge.TcpProxies;
import dev.slipway.agent.host.HostDiagnostics;
import dev.slipway.agent.identity.Credentials;
import dev.slipway.agent.identity.HttpHeartbeat;
import dev.slipway.agent.identity.PlatformApi;
import dev.slipway.agent.logs.AgentLog;
import dev.slipway.agent.logs.LogIdentity;
import dev.slipway.agent.logs.LogSpool;
import dev.slipway.agent.monitor.HealthChecks;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.docker.DockerRuntime;
import dev.slipway.agent.runtime.process.ProcessRuntime;
import dev.slipway.agent.secret.SealedBox;
import dev.slipway.agent.service.BackupFiles;
import dev.slipway.agent.service.Backups;
import dev.slipway.agent.source.CloneFolders;
import dev.slipway.agent.update.PlatformPrograms;
import dev.slipway.agent.update.Update;
import dev.slipway.agent.update.UpdateCommands;
import dev.slipway.agent.wire.Backend;
import dev.slipway.agent.wire.CommandLink;
import dev.slipway.agent.wire.Heartbeats;
import dev.slipway.agent.wire.LogPush;
import dev.slipway.agent.wire.News;
import dev.slipway.agent.wire.TerminalLink;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.ListServerRoutesRequest;
import dev.slipway.proto.agent.v1.ServerRoute;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: its parts, in the order they start and, backwards, end. */
final class Agent {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration ROUTES_LIMIT = Duration.ofSeconds(15);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final AgentConfig config;
  private final DataFolder data;
  private final Backend backend;
  private final PlatformApi api = new PlatformApi();
  private final Runnable restart;
  private final CloneFolders clones;
  private final AppRuntime runtime;
  private final Routes routes;
  private final EdgeSettings settings;
  private final Edge edge;
  private final TcpProxies proxies;
  private final HealthChecks checks;
  private final Dispatcher dispatcher;
  private final List<Thread> loops;

  /**
   * @param restart ends the program so that its supervisor starts it anew; apps run on meanwhile
   */
  Agent(AgentConfig config, AgentLog log, Runnable restart) throws IOException {
    this.config = config;
    this.restart = restart;
    data = DataFolder.own(config.data());
    backend = new Backend(config.controlPlane());
    var spool = new LogSpool(data.path("spool"), config.options().logSpoolBytes());
    log.sendThrough(spool);
    clones = new CloneFolders(data.path("clones"));
    clones.sweep();
    var news = new News();
    var identity = new LogIdentity();
    routes = new Routes(data.path("routes.json"));
    runtime = openRuntime(new InstanceNews(spool, identity, news, config.runtime()));
    settings = new EdgeSettings(data.path("edge.json"));
    var traffic = new RouteTraffic();
    edge = openEdge(traffic);
    checks = new HealthChecks(runtime::address);
    var box = SealedBox.of(data.path("agent_x25519.key"));
    var link = new CommandLink(backend);
    var life = new AgentCommands.Life(Later.of(link::reconnect), Later.of(restart));
    var update = new Update(data.path(""));
    update.tellFailure();
    var credentials = new Credentials(data.path("identity.json"), api, new AgentSecretFile(config));
    proxies = new TcpProxies(data.path("tcp-proxies.json"), runtime::address);
    var parts = new Parts(box, log, life, update, traffic);
    dispatcher = new Dispatcher(handlers(parts), backend::acknowledge);
    var sources = new AgentReport.Sources(edge, traffic, checks, spool, identity, credentials);
    var report = new AgentReport(config, runtime, sources, box.publicKey());
    loops =
        List.of(
            Thread.ofPlatform()
                .name("heartbeats")
                .unstarted(
                    new Heartbeats(
                        backend,
                        report,
                        new Standby(credentials, link, update),
                        news,
                        config.options().heartbeat())),
            Thread.ofPlatform().name("commands").unstarted(() -> link.serve(dispatcher)),
            Thread.ofPlatform()
                .name("log-push")
                .unstarted(new LogPush(backend, spool, identity, news)));
  }

  /** What the agent does about heartbeats that do, or do not, get through. */
  private final class Standby implements Heartbeats.Fallback {
    private final Credentials credentials;
    private final CommandLink link;
    private final Update update;
    private final HttpHeartbeat http;
    private Instant nextSweep = Instant.now().plus(SWEEP);

    Standby(Credentials credentials, CommandLink link, Update update) {
      this.credentials = credentials;
      this.link = link;
      this.update = update;
      http = new HttpHeartbeat(credentials, api, backend.serverId());
    }

    @Override
    public void unreachable(HeartbeatRequest beat) throws InterruptedException {
      http.send(beat);
    }

    @Override
    public void unknown() throws InterruptedException {
      if (credentials.recover()) {
        restart.run();
      }
    }

    @Override
    public void heard() throws InterruptedException {
      if (link.isOpen()) {
        update.reportedIn();
      }
      credentials.upkeep();
      if (Instant.now().isAfter(nextSweep)) {
        nextSweep = Instant.now().plus(SWEEP);
        sweep();
      }
    }

    private void sweep() {
      try {
        CloneFolders.sweepOld();
      } catch (IOException e) {
        LOG.warn("Old clones cannot be deleted: {}", e.getMessage());
      }
    }
  }

  private AppRuntime openRuntime(InstanceNews events) throws IOException {
    return switch (config.runtime()) {
      case PROCESS -> new ProcessRuntime(data.path(""), events);
      case DOCKER -> new DockerRuntime(config.options().dockerHost(), data.path("volumes"), events);
    };
  }

  private Edge openEdge(RouteTraffic traffic) throws IOException {
    var listen = config.edge().listen();
    try {
      return Edge.open(
          listen, config.edge().maxConnections(), routes, runtime::address, traffic, settings);
    } catch (BindException e) {
      runtime.end(true);
      throw new ConfigurationFault(
          "the edge cannot listen on "
              + listen.getHostString()
              + ":"
              + listen.getPort()
              + " (SLIPWAY_AGENT_EDGE): "
              + e.getMessage());
    }
  }

  /** What handlers of commands need besides the fields. */
  private record Parts(
      SealedBox box, AgentLog log, AgentCommands.Life life, Update update, RouteTraffic traffic) {}

  private Map<CommandType, CommandHandler> handlers(Parts parts) {
    var life = parts.life();
    var handlers = new EnumMap<CommandType, CommandHandler>(CommandType.class);
    var files = config.options().allowFileUrls();
    var publicHost = config.edge().publicHost();
    var self =
        new AgentCommands.Self(
            config.identity().version(), "http://" + publicHost + ":" + edge.port(), publicHost);
    handlers.putAll(new SourceCommands(clones, runtime, files).handlers());
    handlers.putAll(new AppCommands(clones, runtime, edge, routes).handlers());
    handlers.putAll(new RouteCommands(routes, runtime, publicHost, this::wantedRoutes).handlers());
    handlers.putAll(new HookCommands(clones, runtime).handlers());
    handlers.putAll(
        new SecretCommands(
                parts.box(), data.path("cf-token"), new AgentSecretFile(config), life.restart())
            .handlers());
    handlers.putAll(
        new AgentCommands(self, runtime, parts.log(), life, () -> served(handlers)).handlers());
    handlers.putAll(new MonitoringCommands(checks).handlers());
    handlers.putAll(new RenewalCommands(config, api, life.restart()).handlers());
    handlers.putAll(
        new UpdateCommands(
                config.installation(),
                parts.update(),
                new PlatformPrograms(backend, api),
                life.restart())
            .handlers());
    handlers.putAll(
        new TerminalCommands(runtime, session -> TerminalLink.open(backend, session)).handlers());
    handlers.putAll(new EdgeCommands(proxies, parts.traffic(), settings).handlers());
    var diagnostics = new HostDiagnostics(config.data(), config.identity().version());
    handlers.putAll(new DiagnosticCommands(diagnostics, runtime).handlers());
    handlers.putAll(new UninstallCommands(runtime, remover(), Later::run).handlers());
    if (runtime instanceof DockerRuntime docker) {
      handlers.putAll(new EngineCommands(docker.objects()).handlers());
      handlers.putAll(new ServiceCommands(docker).handlers());
      handlers.putAll(new ComposeCommands(clones, docker.projects()).handlers());
      handlers.putAll(new StackCommands(docker.stacks()).handlers());
      handlers.putAll(new BackupCommands(backups(docker)).handlers());
      handlers.putAll(new CertificateCommands(docker.access()).handlers());
    } else {
      handlers.putAll(new HostNetworkCommands(runtime).handlers());
    }
    return handlers;
  }

  private Backups backups(DockerRuntime docker) {
    var backups = new Backups(docker.access(), new BackupFiles(data.path("backups")));
    try {
      backups.sweep();
    } catch (IOException e) {
      LOG.warn("What is left of unfinished backups stays: {}", e.getMessage());
    }
    return backups;
  }

  /** The dispatcher itself takes what breaks others off. */
  private static Set<CommandType> served(Map<CommandType, CommandHandler> handlers) {
    var all = EnumSet.of(CommandType.COMMAND_TYPE_CANCEL_COMMAND);
    all.addAll(handlers.keySet());
    return all;
  }

  /** The installer's script for the way back; it lies beside what keeps the agent running. */
  private @Nullable Path remover() {
    var program = config.installation().program();
    return program == null
        ? null
        : program.resolveSibling("../sbin/permanu-agent-uninstall").normalize();
  }

  private List<ServerRoute> wantedRoutes() {
    var request = ListServerRoutesRequest.newBuilder().setServerId(backend.serverId()).build();
    return backend.unary(ROUTES_LIMIT).listServerRoutes(request).getRoutesList();
  }

  void start() {
    loops.forEach(Thread::start);
    LOG.info(
        "Agent {} of server {} is up: runtime {}, edge on port {}",
        config.identity().version(),
        backend.serverId(),
        runtime.kind(),
        edge.port());
  }

  /** Ends everything in good order; what runs is wanted again by the next start. */
  void end(boolean keepApps) {
    loops.forEach(Thread::interrupt);
    dispatcher.close();
    try {
      clones.sweepUnnamed();
    } catch (IOException e) {
      LOG.warn("Clones cannot be deleted: {}", e.getMessage());
    }
    checks.close();
    edge.close();
    proxies.close();
    runtime.end(keepApps);
    backend.close();
    api.close();
    data.close();
  }
}
