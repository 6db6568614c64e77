package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.fleet.Edges.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What of an app is on servers, and how it is by the last that their agents told. */
@Component(service = RunningInstances.class)
public final class RunningInstances {
  private static final Comparator<InstanceRow> ORDER =
      Comparator.comparing(InstanceRow::isWeb)
          .reversed()
          .thenComparing(InstanceRow::process)
          .thenComparing(InstanceRow::deploymentId)
          .thenComparing(InstanceRow::replica);

  private final Database database;
  private final InstanceStore instances;
  private final Apps apps;
  private final Fleet fleet;

  @Activate
  public RunningInstances(
      @Reference Database database, @Reference Apps apps, @Reference Fleet fleet) {
    this.database = database;
    instances = new InstanceStore(database);
    this.apps = apps;
    this.fleet = fleet;
  }

  /** How an instance is. */
  public enum State {
    RUNNING,
    /** It has ended by itself, and is started again after a while. */
    RESTARTING,
    /** It does not run, and is not started again by itself. */
    STOPPED,
    /** The agent has not named it in its last heartbeat, or has sent none. */
    UNKNOWN;

    static State of(String status) {
      return switch (status) {
        case "running" -> RUNNING;
        case "restarting" -> RESTARTING;
        default -> STOPPED;
      };
    }
  }

  /**
   * An instance.
   *
   * @param restarts how often it was started again by itself
   * @param reason why it ended the last time; null where it did not, or nobody knows
   * @param seenAt when the agent told so; null where it has not
   */
  public record Shown(
      InstanceRow row,
      State state,
      int restarts,
      @Nullable String reason,
      @Nullable Instant seenAt) {

    static Shown of(InstanceRow row, @Nullable Condition condition) {
      return condition == null
          ? new Shown(row, State.UNKNOWN, 0, null, null)
          : new Shown(
              row,
              State.of(condition.status()),
              condition.restarts(),
              condition.reason(),
              condition.at());
    }
  }

  /** All instances of an app in all its places, those that answer requests first. */
  public List<Shown> ofApp(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    return database.read(
        scope,
        () -> {
          var rows = instances.ofApp(appId).stream().filter(row -> !row.leaving()).toList();
          var conditions = conditions(scope, rows);
          return rows.stream()
              .sorted(ORDER)
              .map(row -> Shown.of(row, conditions.get(new Where(row.serverId(), row.name()))))
              .toList();
        });
  }

  private record Where(UUID serverId, String name) {}

  private Map<Where, Condition> conditions(Scope scope, List<InstanceRow> rows) {
    var found = new HashMap<Where, Condition>();
    rows.stream()
        .collect(
            Collectors.groupingBy(
                InstanceRow::serverId, Collectors.mapping(InstanceRow::name, Collectors.toList())))
        .forEach(
            (server, names) ->
                fleet
                    .edges()
                    .conditions(scope, server, names)
                    .forEach(each -> found.put(new Where(server, each.name()), each)));
    return found;
  }
}
