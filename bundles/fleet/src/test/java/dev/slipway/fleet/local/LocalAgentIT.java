package dev.slipway.fleet.local;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalAgentIT {
  /** Says what it was given, and runs until it is told to end. */
  private static final List<String> COMMAND =
      List.of("/bin/sh", "-c", "env > env.new; mv env.new env.txt; exec sleep 600");

  final AtomicBoolean platformStops = new AtomicBoolean();
  TestFleet fleet;
  LocalServer server;
  @Nullable LocalAgent agent;

  @BeforeEach
  void start() throws Exception {
    fleet = new TestFleet();
    fleet.platform.facts().set("slipway.agent", "process");
    server =
        new LocalServer(
            fleet.db,
            new LocalStore(fleet.db),
            fleet.platform.events(),
            fleet.enrolment,
            fleet.access,
            fleet.node);
  }

  @AfterEach
  void stop() throws Exception {
    platformStops.set(true);
    if (agent != null) {
      agent.close();
    }
    fleet.close();
  }

  LocalAgent component() {
    return new LocalAgent(fleet.platform.facts(), server, COMMAND, platformStops::get);
  }

  Path folder() {
    return fleet.platform.facts().data().resolve("agent");
  }

  Optional<Long> pid() {
    try {
      return new AgentProcess(COMMAND, folder(), folder()).find().map(ProcessHandle::pid);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  boolean wrote(String line) {
    try {
      var file = folder().resolve("env.txt");
      return Files.exists(file) && Files.readAllLines(file).contains(line);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  void rootTenantAppears() {
    fleet.db.run(Scope.platform("test"), () -> new LocalStore(fleet.db).setRoot(fleet.tenant));
  }

  Map<String, String> environment() throws IOException {
    return new AgentFile(folder().resolve("agent.env")).read();
  }

  @Test
  void startsOnceTheRootTenantExists() throws Exception {
    agent = component();
    assertThat(pid()).isEmpty();
    rootTenantAppears();
    await("it runs", () -> pid().isPresent());
    await("it has its runtime", () -> wrote("SLIPWAY_AGENT_RUNTIME=process"));
    var environment = environment();
    assertThat(environment)
        .containsEntry("AGENT_INSECURE", "true")
        .containsEntry("BACKEND_GRPC_ADDR", "127.0.0.1:1")
        .containsEntry("SLIPWAY_AGENT_EDGE", "127.0.0.1:8000");
    assertThat(wrote("AGENT_SECRET=" + environment.get("AGENT_SECRET"))).isTrue();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder().resolve("agent.env"))))
        .isEqualTo("rw-------");
    var known = fleet.access.signIn(environment.get("SERVER_ID"), environment.get("AGENT_SECRET"));
    assertThat(known.tenantId()).isEqualTo(fleet.tenant);
    assertThat(fleet.server(known.serverId()).name()).isEqualTo("local");
  }

  @Test
  void isRestartedAndEndsWithThePlatform() throws Exception {
    rootTenantAppears();
    agent = component();
    await("it runs", () -> pid().isPresent());
    var first = pid().orElseThrow();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await("another runs", () -> pid().filter(pid -> !pid.equals(first)).isPresent());
    var second = ProcessHandle.of(pid().orElseThrow()).orElseThrow();
    platformStops.set(true);
    agent.close();
    assertThat(second.isAlive()).isFalse();
    assertThat(pid()).isEmpty();
  }

  @Test
  void outlivesAnUpdateAndIsAdopted() throws Exception {
    rootTenantAppears();
    agent = component();
    await("it runs", () -> pid().isPresent());
    var running = pid();
    agent.close();
    assertThat(pid()).isEqualTo(running);
    agent = component();
    platformStops.set(true);
    await(
        "it was adopted, since it ends with the platform",
        () -> {
          closeQuietly();
          var ended = pid().isEmpty();
          if (!ended) {
            agent = component();
          }
          return ended;
        });
  }

  private void closeQuietly() {
    try {
      java.util.Objects.requireNonNull(agent).close();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void startsAnewWhereItsSettingsChanged() throws Exception {
    rootTenantAppears();
    agent = component();
    await("it runs", () -> pid().isPresent());
    var first = pid().orElseThrow();
    var secret = environment().get("AGENT_SECRET");
    agent.close();
    fleet.platform.facts().set("slipway.agent.edge", "127.0.0.1:9999");
    agent = component();
    await("another runs", () -> pid().filter(pid -> !pid.equals(first)).isPresent());
    await("it has the new edge", () -> wrote("SLIPWAY_AGENT_EDGE=127.0.0.1:9999"));
    assertThat(environment()).containsEntry("AGENT_SECRET", secret);
  }

  @Test
  void endsWhenItsServerIsDeleted() throws Exception {
    rootTenantAppears();
    agent = component();
    await("it runs", () -> pid().isPresent());
    var id = UUID.fromString(environment().get("SERVER_ID"));
    fleet.db.run(
        fleet.scope,
        () -> {
          fleet.servers.removed(id);
          fleet
              .platform
              .events()
              .publish(new dev.slipway.fleet.FleetEvent.Deleted(id, fleet.tenant, "local"));
        });
    fleet.deliver(agent, id);
    assertThat(pid()).isEmpty();
    assertThat(environment()).isEmpty();
  }

  @Test
  void doesNothingUnlessAskedFor() throws Exception {
    rootTenantAppears();
    for (var setting : List.of("off", "rocket")) {
      fleet.platform.facts().set("slipway.agent", setting);
      component().close();
    }
    fleet.platform.facts().set("slipway.agent", "process");
    fleet.platform.facts().set("slipway.training", "true");
    component().close();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void findsTheRootTenantInTheLogAndByEvent() throws Exception {
    assertThat(server.root()).isEmpty();
    var events = fleet.platform.events();
    var scope = Scope.platform("test");
    fleet.db.run(scope, () -> events.publish(new TenantSaid(Ids.next(), Ids.next(), false)));
    assertThat(server.root()).isEmpty();
    var root = Ids.next();
    fleet.db.run(scope, () -> events.publish(new TenantSaid(root, root, true)));
    assertThat(server.root()).contains(root);
    var said = events.after(scope, EventFilter.types("accounts.tenant.created"), null, 10);
    assertThat(said.stream().map(server::note)).containsExactly(false, true);
  }

  /** As accounts says it; its component is called tenant_id in the data. */
  record TenantSaid(
      UUID subjectId,
      @com.fasterxml.jackson.annotation.JsonProperty("tenant_id") UUID tenant,
      boolean root)
      implements DomainEvent {
    @Override
    public String type() {
      return "accounts.tenant.created";
    }

    @Override
    public @Nullable UUID tenantId() {
      return null;
    }
  }
}
