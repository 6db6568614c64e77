package dev.slipway.fleet.service.health;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.enrolment.InstallProgress;
import dev.slipway.fleet.store.health.ContainerEventRow;
import dev.slipway.fleet.store.health.HealthStore;
import dev.slipway.fleet.store.health.ResourceAlertRow;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.server.Condition;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How servers fare and fared, by what their agents said. */
@Component(service = ServerHealth.class)
public final class ServerHealth {
  private static final Duration HISTORY = Duration.ofDays(30);

  private final Database db;
  private final ServerStore servers;
  private final HealthStore health;
  private final SampleStore samples;
  private final Residents residents;

  @Activate
  public ServerHealth(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference HealthStore health,
      @Reference SampleStore samples,
      @Reference Residents residents) {
    this.db = db;
    this.servers = servers;
    this.health = health;
    this.samples = samples;
    this.residents = residents;
  }

  /** How its agent last found it. */
  public Condition condition(Caller caller, UUID serverId) {
    return of(caller, serverId, () -> servers.condition(serverId).orElseThrow());
  }

  public List<ContainerAlert> containerAlerts(Caller caller, UUID serverId) {
    return condition(caller, serverId).containerAlerts().stream().map(ContainerAlert::of).toList();
  }

  public InstallProgress installProgress(Caller caller, UUID serverId) {
    return InstallProgress.of(condition(caller, serverId), Instant.now());
  }

  public Uptime uptime(Caller caller, UUID serverId) {
    var now = Instant.now();
    var since = now.minus(HISTORY);
    return new Uptime(of(caller, serverId, () -> health.changes(serverId, since)), now);
  }

  public Forecast forecast(Caller caller, UUID serverId) {
    var now = Instant.now();
    var since = now.minus(Duration.ofDays(Forecast.WINDOW_DAYS));
    return Forecast.of(serverId, of(caller, serverId, () -> samples.trend(serverId, since)), now);
  }

  public Page<ResourceAlertRow> resourceAlerts(
      Caller caller, UUID serverId, ResourceAlertRow.@Nullable Status status, PageRequest page) {
    return of(caller, serverId, () -> health.alerts(serverId, status, page));
  }

  /** What happened to containers of a server, newest first. */
  public List<ContainerEventRow> serverEvents(
      Caller caller,
      UUID serverId,
      ContainerEventRow.@Nullable Type type,
      @Nullable Instant before,
      int limit) {
    var filter = new SampleStore.EventFilter(serverId, null, type, before, limit);
    return of(caller, serverId, () -> samples.events(filter));
  }

  /** What happened to containers of an app, newest first. */
  public List<ContainerEventRow> appEvents(
      Caller caller,
      UUID appId,
      ContainerEventRow.@Nullable Type type,
      @Nullable Instant before,
      int limit) {
    var scope = Scope.of(caller);
    var filter = new SampleStore.EventFilter(null, appId, type, before, limit);
    return db.read(
        scope,
        () -> {
          residents.requireApp(scope, appId);
          return samples.events(filter);
        });
  }

  private <T> T of(Caller caller, UUID serverId, Supplier<T> read) {
    return db.read(
        Scope.of(caller),
        () -> {
          servers.find(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          return read.get();
        });
  }
}
