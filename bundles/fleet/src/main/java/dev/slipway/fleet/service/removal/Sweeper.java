package dev.slipway.fleet.service.removal;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.store.removal.OrphanRow;
import dev.slipway.fleet.store.removal.OrphanStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Removes leftovers from servers, one command each. What is in use stays: containers and volumes
 * that an app has, the network of the apps, and whatever the agent refuses to remove because
 * something uses it. Images are removed by nobody: an agent has no command for a single one.
 */
@Component(service = {Sweeper.class, Job.class, EventListener.class})
public final class Sweeper implements Job, EventListener {
  /** Attempts after which an operator has to look. */
  static final int ATTEMPTS = 5;

  private static final String PHASE = "sweep";
  private static final String NETWORK = "deploy-net";
  private static final int BATCH = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMinutes(2);
  private static final Scope EVERYONE = Scope.platform("leftovers on all servers");

  private final Database db;
  private final OrphanStore store;
  private final CommandService commands;
  private final Residents residents;
  private final Json json;
  private final InstantSource clock;

  @Activate
  public Sweeper(
      @Reference Database db,
      @Reference OrphanStore store,
      @Reference CommandService commands,
      @Reference Residents residents,
      @Reference Json json) {
    this(db, store, commands, residents, json, InstantSource.system());
  }

  public Sweeper(
      Database db,
      OrphanStore store,
      CommandService commands,
      Residents residents,
      Json json,
      InstantSource clock) {
    this.db = db;
    this.store = store;
    this.commands = commands;
    this.residents = residents;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fleet.sweep-orphans";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    // While nobody can say what is in use, nothing is removed.
    if (!residents.knowsContainers()) {
      return;
    }
    var due = db.read(EVERYONE, () -> store.due(clock.instant(), BATCH));
    for (var orphan : due) {
      if (orphan.kind() == OrphanRow.Kind.VOLUME && !residents.knowsVolumes()) {
        continue;
      }
      var scope = Scope.tenant(orphan.tenantId());
      var inUse = inUse(orphan);
      db.run(scope, () -> sweep(scope, orphan, inUse));
    }
  }

  private void sweep(Scope scope, OrphanRow orphan, boolean inUse) {
    var type = command(orphan.kind());
    if (inUse && orphan.kind() == OrphanRow.Kind.VOLUME) {
      // An app has it again, by the same name: it is no leftover.
      store.forget(orphan.serverId(), orphan.id());
    } else if (inUse) {
      store.again(orphan.id(), "it is in use", null);
    } else if (type == null) {
      store.again(orphan.id(), "no agent can remove a single image", null);
    } else {
      var request =
          CommandRequest.of(
                  orphan.serverId(),
                  type,
                  json.write(Map.of(member(orphan.kind()), orphan.name())),
                  CommandService.OWNER,
                  TIMEOUT)
              .about(orphan.id(), null, PHASE);
      store.sweeping(orphan.id(), commands.submit(scope, request).id());
    }
  }

  private boolean inUse(OrphanRow orphan) {
    return switch (orphan.kind()) {
      case NETWORK -> orphan.name().equals(NETWORK);
      case CONTAINER ->
          residents.containers(orphan.tenantId(), orphan.serverId()).stream()
              .map(AppContainer::containerName)
              .anyMatch(orphan.name()::equals);
      case COMPOSE_PROJECT ->
          residents.projects(orphan.tenantId(), orphan.serverId()).contains(orphan.name());
      case VOLUME -> residents.hasVolume(orphan.tenantId(), orphan.serverId(), orphan.name());
      case ROUTE, IMAGE -> false;
    };
  }

  private static @Nullable CommandType command(OrphanRow.Kind kind) {
    return switch (kind) {
      case CONTAINER -> CommandType.APP_STOP;
      case VOLUME -> CommandType.VOLUME_REMOVE;
      case NETWORK -> CommandType.NETWORK_REMOVE;
      case COMPOSE_PROJECT -> CommandType.COMPOSE_DOWN;
      case ROUTE -> CommandType.ROUTE_REMOVE;
      case IMAGE -> null;
    };
  }

  private static String member(OrphanRow.Kind kind) {
    return switch (kind) {
      case CONTAINER, IMAGE -> "container_name";
      case VOLUME -> "volume_name";
      case NETWORK -> "network_name";
      case COMPOSE_PROJECT -> "project_name";
      case ROUTE -> "domain";
    };
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("fleet.command.finished");
  }

  @Override
  public void on(StoredEvent event) {
    if (!CommandService.OWNER.equals(event.text("owner")) || !PHASE.equals(event.text("phase"))) {
      return;
    }
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var commandId = Objects.requireNonNull(event.uuid("command_id"));
    db.run(
        scope,
        () -> store.byCommand(commandId).ifPresent(orphan -> ended(scope, orphan, commandId)));
  }

  private void ended(Scope scope, OrphanRow orphan, UUID commandId) {
    var command = commands.find(scope, commandId).orElseThrow();
    if (command.status() == CommandStatus.COMPLETED) {
      store.forget(orphan.serverId(), orphan.id());
      return;
    }
    var error = Objects.requireNonNullElse(command.error(), "the agent did not say why");
    store.again(orphan.id(), error, next(orphan.attempts()));
  }

  /** Each time it waits twice as long. */
  private @Nullable Instant next(int attempts) {
    return attempts >= ATTEMPTS
        ? null
        : clock.instant().plus(PAUSE.multipliedBy(1L << Math.max(0, attempts - 1)));
  }
}
