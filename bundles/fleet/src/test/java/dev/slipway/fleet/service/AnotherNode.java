package dev.slipway.fleet.service;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Platform;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.enrolment.AgentProgram;
import dev.slipway.fleet.service.health.HeartbeatIntake;
import dev.slipway.fleet.service.server.NodeLife;
import dev.slipway.fleet.service.terminal.TerminalSessions;
import dev.slipway.fleet.store.server.NodeStore;
import dev.slipway.fleet.wire.AgentGateway;
import dev.slipway.fleet.wire.AgentStreams;
import dev.slipway.fleet.wire.LogIntake;
import dev.slipway.fleet.wire.ProgramFeed;
import dev.slipway.fleet.wire.TerminalIntake;
import dev.slipway.fleet.wire.Transfers;
import dev.slipway.grpc.GrpcServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A second node on the fleet's database, as far as agents see one. */
public final class AnotherNode implements AutoCloseable {
  public final GrpcServer grpc;
  public final AgentAccess access;
  private final TestFleet fleet;
  private final UUID id;
  private final AgentStreams streams;
  private final TerminalIntake terminals;
  private final AgentGateway gateway;

  /** The facts of the first node, in a data folder of its own. */
  private record Facts(Platform first, Path data) implements Platform {
    @Override
    public String version() {
      return first.version();
    }

    @Override
    public Path home() {
      return first.home();
    }

    @Override
    public URI publicUrl() {
      return first.publicUrl();
    }

    @Override
    public String grpcAddress() {
      return first.grpcAddress();
    }

    @Override
    public @Nullable String setting(String name) {
      return first.setting(name);
    }
  }

  public AnotherNode(TestFleet fleet, Path folder) throws Exception {
    this.fleet = fleet;
    var platform = fleet.platform;
    var node = new NodeId(new Facts(platform.facts(), folder));
    id = node.value();
    var life = new NodeLife(fleet.db, new NodeStore(fleet.db), fleet.presence, node);
    access = new AgentAccess(fleet.db, fleet.servers, platform.signals());
    streams =
        new AgentStreams(
            fleet.flow,
            fleet.presence,
            fleet.outputs,
            platform.secrets(),
            platform.signals(),
            life);
    terminals =
        new TerminalIntake(
            new TerminalSessions(fleet.terminalLines(node)), access, platform.signals());
    gateway =
        new AgentGateway(
            access,
            new HeartbeatIntake(
                fleet.db,
                fleet.presence,
                fleet.samples,
                platform.events(),
                platform.json(),
                fleet.followers),
            fleet.flow,
            streams,
            fleet.knowledge,
            new Transfers(
                new LogIntake(platform.secrets(), fleet.outputs),
                terminals,
                new ProgramFeed(new AgentProgram(platform.facts()))));
    grpc = new GrpcServer(platform.facts(), platform.authenticator());
    grpc.addService(gateway);
  }

  /** Takes the node for dead, as the others do when it falls silent. */
  public void bury() {
    fleet.db.run(Scope.platform("test"), () -> new NodeStore(fleet.db).leave(id));
  }

  /** It is about to stop, and agents can still reach it. */
  public void stopStreams() {
    streams.close();
  }

  @Override
  public void close() throws Exception {
    terminals.close();
    grpc.removeService(gateway);
    streams.close();
    access.close();
    grpc.close();
  }
}
