package dev.slipway.deployments.service.volume;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.Volumes;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.volume.KeptVolumeFilter;
import dev.slipway.deployments.store.volume.KeptVolumeRow;
import dev.slipway.deployments.store.volume.KeptVolumeStore;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.deployments.store.volume.VolumeStore;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows which data was kept on servers, and deletes it when somebody asks for that. */
@Component(service = KeptVolumeService.class)
public final class KeptVolumeService {
  /** Word of the commands, handed back when they end. */
  static final String PHASE = "purge";

  private static final String OPERATION = "volume.purge";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Database database;
  private final KeptVolumeStore kept;
  private final VolumeStore onServers;
  private final ProjectStore projects;
  private final Places places;
  private final Volumes volumes;
  private final Fleet fleet;
  private final Operations operations;
  private final Json json;

  @Activate
  public KeptVolumeService(
      @Reference Database database,
      @Reference Places places,
      @Reference Volumes volumes,
      @Reference Fleet fleet,
      @Reference Operations operations,
      @Reference Json json) {
    this.database = database;
    kept = new KeptVolumeStore(database);
    onServers = new VolumeStore(database);
    projects = new ProjectStore(database);
    this.places = places;
    this.volumes = volumes;
    this.fleet = fleet;
    this.operations = operations;
    this.json = json;
  }

  /** What was kept, the newest first. */
  public Page<KeptVolumeRow> list(Caller caller, KeptVolumeFilter filter, PageRequest page) {
    return database.read(Scope.of(caller), () -> kept.list(filter, page));
  }

  public KeptVolumeRow get(Caller caller, UUID id) {
    return database.read(
        Scope.of(caller), () -> kept.find(id).orElseThrow(DeploymentsError.KEPT_NOT_FOUND::of));
  }

  /** Has it deleted at its server, and answers with the operation. */
  public UUID purge(Caller caller, UUID id) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          var row = kept.lock(id).orElseThrow(DeploymentsError.KEPT_NOT_FOUND::of);
          checkFree(scope, row);
          checkOnline(scope, row);
          CurrentOperation.detail("name", row.name());
          CurrentOperation.detail("app", row.appSlug());
          var operation = operations.start(scope, draft(caller, row));
          operations.stepRunning(scope, operation, 1, null);
          kept.purging(id, operation);
          fleet.commands().submit(scope, request(row).about(operation, null, PHASE));
          return operation;
        });
  }

  private void checkFree(Scope scope, KeptVolumeRow row) {
    if (row.purgeId() != null) {
      throw DeploymentsError.KEPT_PURGING.of();
    }
    switch (row.kind()) {
      case VOLUME -> checkVolume(scope, row);
      case COMPOSE -> {
        if (projects.named(row.serverId(), row.name()).isPresent()) {
          throw DeploymentsError.KEPT_IN_USE.of("what it belonged to runs, or is being taken down");
        }
      }
    }
  }

  private void checkVolume(Scope scope, KeptVolumeRow row) {
    if (kept.hasInstance(row)) {
      throw DeploymentsError.KEPT_IN_USE.of("a version that has it still runs");
    }
    var again =
        volumes.ofApp(scope, row.appId()).stream()
            .anyMatch(volume -> volume.name().equals(row.volume()));
    if (again && places.exists(scope, row.place())) {
      throw DeploymentsError.KEPT_IN_USE.of("the app has a volume of this name again");
    }
  }

  private void checkOnline(Scope scope, KeptVolumeRow row) {
    var server = fleet.servers().require(scope, row.serverId());
    if (server.status() == ServerStatus.OFFLINE) {
      throw DeploymentsError.SERVER_OFFLINE.of(server.name());
    }
  }

  private static Operations.Draft draft(Caller caller, KeptVolumeRow row) {
    return new Operations.Draft(
        OPERATION,
        "kept_volume",
        row.id(),
        null,
        List.of("Delete the data"),
        caller.userId(),
        Map.of("server_id", row.serverId().toString(), "name", row.name()));
  }

  private CommandRequest request(KeptVolumeRow row) {
    return switch (row.kind()) {
      case VOLUME -> request(row, CommandType.VOLUME_REMOVE, Map.of("volume_name", row.name()));
      case COMPOSE ->
          request(
              row,
              CommandType.COMPOSE_DOWN,
              Map.of("project_name", row.name(), "remove_volumes", true));
    };
  }

  private CommandRequest request(KeptVolumeRow row, CommandType type, Map<String, Object> payload) {
    return CommandRequest.of(row.serverId(), type, json.write(payload), Engine.OWNER, LIMIT);
  }

  /** The command of an operation has ended, well or not. */
  void ended(Scope scope, UUID operation, UUID commandId) {
    database.run(
        scope,
        () -> {
          var command = fleet.commands().find(scope, commandId).orElseThrow();
          if (command.status() == CommandStatus.COMPLETED) {
            kept.byPurge(operation).ifPresent(this::gone);
            operations.succeed(scope, operation);
          } else {
            kept.byPurge(operation).ifPresent(row -> kept.purging(row.id(), null));
            operations.fail(scope, operation, reason(command));
          }
        });
  }

  private void gone(KeptVolumeRow row) {
    kept.delete(row.id());
    if (row.kind() == KeptVolumeRow.Kind.VOLUME) {
      onServers.gone(row.serverId(), row.name());
    }
  }

  private static String reason(Command command) {
    return Objects.requireNonNullElse(command.error(), "the agent did not say why");
  }
}
