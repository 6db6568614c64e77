package dev.slipway.fleet.service.health;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.service.SeenContainer;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.health.ContainerEventRow;
import dev.slipway.fleet.store.health.HealthStore;
import dev.slipway.fleet.store.health.ResourceAlertRow;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.server.AgentReport;
import dev.slipway.fleet.store.server.Seen;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes heartbeats in: the server's status, what happened to its containers, what it runs short of.
 * One statement where nothing happened; the numbers go to {@link SampleWriter}.
 */
@Component(service = HeartbeatIntake.class)
public final class HeartbeatIntake {
  private final Database db;
  private final ServerPresence presence;
  private final Stores stores;
  private final SampleWriter samples;
  private final Events events;
  private final Json json;
  private final Followers followers;
  private final KnownContainers containers = new KnownContainers();

  private record Stores(ServerStore servers, SampleStore samples, HealthStore health) {}

  @Activate
  public HeartbeatIntake(
      @Reference Database db,
      @Reference ServerPresence presence,
      @Reference SampleWriter samples,
      @Reference Events events,
      @Reference Json json,
      @Reference Followers followers) {
    this.db = db;
    this.presence = presence;
    this.samples = samples;
    this.events = events;
    this.json = json;
    this.followers = followers;
    stores = new Stores(new ServerStore(db), new SampleStore(db, json), new HealthStore(db));
  }

  /** Time between two heartbeats. */
  public Duration interval() {
    return presence.interval();
  }

  /** Takes one in of an agent that was signed in just now. */
  public void take(UUID tenantId, AgentReport report, List<AppContainer> known) {
    take(tenantId, report, null, known);
  }

  /**
   * Takes one in.
   *
   * @param secretHash what the agent signed in with, which must still be valid; null where that was
   *     checked otherwise
   * @param known the containers of apps on this server
   * @return whether commands wait for the server
   */
  public boolean take(
      UUID tenantId, AgentReport report, @Nullable String secretHash, List<AppContainer> known) {
    var apps =
        known.stream()
            .collect(
                Collectors.toMap(
                    AppContainer::containerName, AppContainer::appId, (first, second) -> first));
    var told = report.containers().stream().map(SeenContainer::of).toList();
    var same = containers.sameAt(report.serverId(), told);
    var calmSince = isCalm(tenantId, report, told, apps) ? same : null;
    Supplier<Taken> work =
        () -> {
          if (calmSince != null) {
            var commandsWait = numbers(report, secretHash, calmSince);
            if (commandsWait.isPresent()) {
              return new Taken(commandsWait.get(), told);
            }
          }
          var seen =
              stores
                  .servers()
                  .seen(report.serverId(), secretHash, same)
                  .orElseThrow(FleetError.AGENT_UNKNOWN::of);
          return new Taken(seen.commandsWait(), takeIn(tenantId, report, seen, told, apps));
        };
    var taken = db.write(Scope.tenant(tenantId), work);
    containers.written(report.serverId(), report.at(), taken.containers());
    samples.add(tenantId, report);
    return taken.commandsWait();
  }

  private record Taken(boolean commandsWait, List<SeenContainer> containers) {}

  /** Whether a heartbeat with the containers of the one before gives no reason for an alert. */
  private static boolean isCalm(
      UUID tenantId, AgentReport report, List<SeenContainer> told, Map<String, UUID> apps) {
    return !report.quarantined()
        && Pressure.of(tenantId, report, Map.of()).state().isEmpty()
        && ContainerAlert.of(report.serverId(), apps, report.at(), List.of(), told, told).isEmpty();
  }

  private Optional<Boolean> numbers(
      AgentReport report, @Nullable String secretHash, Instant known) {
    var taken = stores.servers().numbers(report, secretHash, known);
    taken.ifPresent(waits -> followers.heard(report.serverId()));
    return taken;
  }

  /** Returns the containers as they are by now. */
  private List<SeenContainer> takeIn(
      UUID tenantId,
      AgentReport report,
      Seen seen,
      List<SeenContainer> told,
      Map<String, UUID> apps) {
    var former = seen.containers();
    var before = former == null ? told : former.stream().map(SeenContainer::of).toList();
    var blind = blind(seen, report);
    var now = blind ? before : told;
    var open = seen.containerAlerts().stream().map(ContainerAlert::of).toList();
    var alerts = ContainerAlert.of(report.serverId(), apps, report.at(), open, before, now);
    var pressure = Pressure.of(tenantId, report, seen.pressure());
    var change =
        stores
            .servers()
            .heartbeat(report, blind, alerts.stream().map(this::members).toList(), pressure.state())
            .orElseThrow(FleetError.AGENT_UNKNOWN::of);
    presence.say(change);
    followers.heard(report.serverId());
    if (seen.lastHeartbeatAt() != null) {
      happened(ContainerWatch.events(tenantId, report.serverId(), apps, report.at(), before, now));
    }
    changed(tenantId, open, alerts);
    pressed(pressure);
    return now;
  }

  /**
   * An agent that can not reach its engine lists nothing. That does not mean that nothing is there.
   */
  private static boolean blind(Seen seen, AgentReport report) {
    return seen.runtime() == ServerRuntime.DOCKER
        && !report.dockerReachable()
        && report.containers().isEmpty();
  }

  private Object members(ContainerAlert alert) {
    return json.read(json.write(alert), Map.class);
  }

  private void happened(List<ContainerEventRow> rows) {
    stores.samples().add(SampleStore.Kind.CONTAINER_EVENT, rows);
    rows.forEach(
        row ->
            events.publish(
                new FleetEvent.ContainerChanged(
                    row.serverId(),
                    row.tenantId(),
                    row.containerName(),
                    row.appId(),
                    row.type().name().toLowerCase(Locale.ROOT),
                    row.exitCode(),
                    row.message())));
  }

  private void changed(UUID tenantId, List<ContainerAlert> before, List<ContainerAlert> now) {
    var kept = ids(now);
    var known = ids(before);
    before.stream()
        .filter(alert -> !kept.contains(alert.id()))
        .forEach(alert -> say(tenantId, alert, false));
    now.stream()
        .filter(alert -> !known.contains(alert.id()))
        .forEach(alert -> say(tenantId, alert, true));
  }

  private static Set<UUID> ids(List<ContainerAlert> alerts) {
    return alerts.stream().map(ContainerAlert::id).collect(Collectors.toSet());
  }

  private void say(UUID tenantId, ContainerAlert alert, boolean firing) {
    var severity = alert.severity().name().toLowerCase(Locale.ROOT);
    var what = "container " + alert.containerName();
    events.publish(
        firing
            ? new FleetEvent.AlertFired(
                alert.serverId(), tenantId, alert.id(), what, severity, alert.message())
            : new FleetEvent.AlertResolved(
                alert.serverId(), tenantId, alert.id(), what, severity, alert.message()));
  }

  private void pressed(Pressure pressure) {
    pressure
        .fired()
        .forEach(
            alert -> {
              stores.health().fire(alert);
              say(alert);
            });
    pressure
        .changed()
        .forEach(
            alert -> {
              stores.health().change(alert);
              say(alert);
            });
  }

  private void say(ResourceAlertRow alert) {
    var severity = alert.severity().name().toLowerCase(Locale.ROOT);
    var what = alert.resource().name().toLowerCase(Locale.ROOT);
    events.publish(
        alert.status() == ResourceAlertRow.Status.FIRING
            ? new FleetEvent.AlertFired(
                alert.serverId(), alert.tenantId(), alert.id(), what, severity, alert.message())
            : new FleetEvent.AlertResolved(
                alert.serverId(), alert.tenantId(), alert.id(), what, severity, alert.message()));
  }
}
