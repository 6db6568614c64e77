package dev.slipway.fleet.store.health;

import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What agents measured, in tables with a partition per day; every call needs a unit of work. */
@Component(service = SampleStore.class)
public final class SampleStore {
  private final SampleMapper mapper;
  private final Json json;

  @Activate
  public SampleStore(@Reference Database database, @Reference Json json) {
    mapper = database.mapper(SampleMapper.class);
    this.json = json;
  }

  /** A kind of sample. */
  public enum Kind {
    SYSTEM("fleet_sample"),
    CONTAINER("fleet_container_sample"),
    ROUTE("fleet_route_sample"),
    PROXY("fleet_proxy_sample"),
    ANALYTICS("fleet_analytics_sample"),
    SERVICE("fleet_service_sample"),
    HEALTH("fleet_health_sample"),
    CONTAINER_EVENT("fleet_container_event");

    private final String table;

    Kind(String table) {
      this.table = table;
    }
  }

  /**
   * Which events of containers to read, newest first; of the server or of the app.
   *
   * @param before only those that were noticed earlier
   */
  public record EventFilter(
      @Nullable UUID serverId,
      @Nullable UUID appId,
      ContainerEventRow.@Nullable Type type,
      @Nullable Instant before,
      int limit) {}

  /**
   * What was measured.
   *
   * @param values its columns by name
   */
  public record Sample(
      UUID tenantId, UUID serverId, Instant at, Map<String, ? extends @Nullable Object> values) {
    private Map<String, @Nullable Object> row() {
      var row = new LinkedHashMap<String, @Nullable Object>(values);
      row.put("tenant_id", tenantId);
      row.put("server_id", serverId);
      row.put("at", at);
      return row;
    }
  }

  /** Adds samples, all in one statement. */
  public void addSamples(Kind kind, List<Sample> samples) {
    if (kind == Kind.CONTAINER && !samples.isEmpty()) {
      mapper.addContainers(ContainerColumns.of(samples));
    } else {
      add(kind, samples.stream().map(Sample::row).toList());
    }
  }

  /** Adds rows given as their columns by name, all in one statement. */
  public void add(Kind kind, Collection<?> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var text = json.write(rows);
    switch (kind) {
      case SYSTEM -> mapper.addSystem(text);
      case CONTAINER -> throw new IllegalArgumentException("containers are added as samples");
      case ROUTE -> mapper.addRoutes(text);
      case PROXY -> mapper.addProxies(text);
      case ANALYTICS -> mapper.addAnalytics(text);
      case SERVICE -> mapper.addServices(text);
      case HEALTH -> mapper.addChecks(text);
      case CONTAINER_EVENT -> mapper.addEvents(text);
    }
  }

  public List<ContainerEventRow> events(EventFilter filter) {
    return mapper.events(filter);
  }

  /** The lines through a server's samples. */
  public SampleMapper.Trend trend(UUID server, Instant since) {
    return mapper.trend(server, since);
  }

  /** The domains of these servers with the most requests, and how many of those failed. */
  public List<SampleMapper.RouteErrors> routeErrors(UUID[] servers, Instant since, int limit) {
    return mapper.routeErrors(servers, since, limit);
  }

  /** What the reverse proxies of these servers said last. */
  public List<SampleMapper.Proxy> proxies(UUID[] servers, Instant since) {
    return mapper.proxies(servers, since);
  }

  /** How many requests the reverse proxies of these servers have answered. */
  public List<SampleMapper.Served> served(UUID[] servers, Instant since) {
    return mapper.served(servers, since);
  }

  /** The last result of each health check on these servers. */
  public List<SampleMapper.Checked> checks(UUID[] servers, Instant since, int limit) {
    return mapper.checks(servers, since, limit);
  }

  /** How many log records the agents of these servers had to drop, each by its own count. */
  public List<SampleMapper.Dropped> dropped(UUID[] servers, Instant since) {
    return mapper.dropped(servers, since);
  }

  /** Makes a day's partitions where they are missing. */
  public void addDay(LocalDate day) {
    for (var kind : Kind.values()) {
      mapper.addDay(kind.table, day);
    }
  }

  /** Drops the partitions of the days before. */
  public void dropBefore(Map<Kind, LocalDate> days) {
    days.forEach((kind, day) -> mapper.dropBefore(kind.table, day));
  }
}
