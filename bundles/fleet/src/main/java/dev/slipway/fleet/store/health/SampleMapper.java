package dev.slipway.fleet.store.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on the tables of samples and on {@code fleet_container_event}. */
public interface SampleMapper {
  int addSystem(@Param("rows") String rows);

  int addContainers(@Param("rows") ContainerColumns rows);

  int addRoutes(@Param("rows") String rows);

  int addProxies(@Param("rows") String rows);

  int addAnalytics(@Param("rows") String rows);

  int addServices(@Param("rows") String rows);

  int addChecks(@Param("rows") String rows);

  int addEvents(@Param("rows") String rows);

  List<ContainerEventRow> events(@Param("filter") SampleStore.EventFilter filter);

  Trend trend(@Param("server") UUID server, @Param("since") Instant since);

  List<RouteErrors> routeErrors(
      @Param("servers") UUID[] servers, @Param("since") Instant since, @Param("limit") int limit);

  List<Proxy> proxies(@Param("servers") UUID[] servers, @Param("since") Instant since);

  List<Served> served(@Param("servers") UUID[] servers, @Param("since") Instant since);

  List<Checked> checks(
      @Param("servers") UUID[] servers, @Param("since") Instant since, @Param("limit") int limit);

  List<Dropped> dropped(@Param("servers") UUID[] servers, @Param("since") Instant since);

  List<String> addDay(@Param("table") String table, @Param("day") LocalDate day);

  List<String> dropBefore(@Param("table") String table, @Param("day") LocalDate day);

  /**
   * Lines through a server's samples: per resource the newest value, the slope per day and how well
   * the line fits (0..1).
   */
  record Trend(
      int samples,
      double days,
      @Nullable Double cpuNow,
      @Nullable Double cpuSlope,
      @Nullable Double cpuFit,
      @Nullable Double memoryNow,
      @Nullable Double memorySlope,
      @Nullable Double memoryFit,
      @Nullable Double diskNow,
      @Nullable Double diskSlope,
      @Nullable Double diskFit) {}

  /** What a reverse proxy said last. */
  record Proxy(
      UUID serverId,
      @Nullable Long totalRequests,
      @Nullable Long activeConnections,
      @Nullable Long rateLimitRejects) {}

  /** How many requests a reverse proxy has answered. */
  record Served(UUID serverId, long requests) {}

  /** The last result of a health check. */
  record Checked(
      UUID serverId,
      String checkId,
      boolean healthy,
      @Nullable Long latencyMs,
      @Nullable Integer statusCode,
      @Nullable String errorMessage,
      Instant at) {}

  /** How many records of logs an agent has dropped since it began. */
  record Dropped(UUID serverId, long records) {}

  /** How the requests of a domain ended. */
  record RouteErrors(UUID serverId, String domain, long requests, long failed) {}
}
