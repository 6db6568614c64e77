package dev.slipway.fleet.service.reliability;

import dev.slipway.fleet.service.reliability.Reliability.Check;
import dev.slipway.fleet.service.reliability.Reliability.Finding;
import dev.slipway.fleet.service.reliability.Reliability.Subject;
import dev.slipway.fleet.service.reliability.Reliability.Surface;
import dev.slipway.fleet.service.reliability.Reliability.Verdict;
import dev.slipway.fleet.store.health.SampleMapper.Checked;
import dev.slipway.fleet.store.health.SampleMapper.Dropped;
import dev.slipway.fleet.store.health.SampleMapper.Proxy;
import dev.slipway.fleet.store.health.SampleMapper.RouteErrors;
import dev.slipway.fleet.store.health.SampleMapper.Served;
import dev.slipway.fleet.store.health.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks on what agents measured lately; needs a unit of work. */
final class MeasuredChecks {
  private static final int MOST = 200;
  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final double SOME_FAIL = 0.05;
  private static final double MANY_FAIL = 0.25;

  private final SampleStore samples;
  private final UUID[] servers;
  private final Instant now;

  MeasuredChecks(SampleStore samples, List<UUID> servers, Instant now) {
    this.samples = samples;
    this.servers = servers.toArray(UUID[]::new);
    this.now = now;
  }

  /** How requests ended, and what the health checks of apps found. */
  List<Check> routes() {
    var seen = samples.routeErrors(servers, now.minus(RECENT), MOST).stream().map(this::route);
    var checked = samples.checks(servers, now.minus(RECENT), MOST).stream().map(this::health);
    var all = Stream.concat(seen, checked).toList();
    return all.isEmpty()
        ? List.of(unmeasured(Surface.ROUTE, "No requests were seen " + lately() + ".", now))
        : all;
  }

  private Check route(RouteErrors route) {
    var part = (double) route.failed() / route.requests();
    Verdict verdict;
    if (part >= MANY_FAIL) {
      verdict = Verdict.FAIL;
    } else {
      verdict = part >= SOME_FAIL ? Verdict.WARN : Verdict.OK;
    }
    var observed = "%d of %d requests failed".formatted(route.failed(), route.requests());
    return check(
        Surface.ROUTE,
        new Subject("route", route.serverId(), route.domain()),
        new Finding(verdict, observed + ".", "less than 5 % answered with 5xx", observed, null),
        null);
  }

  private Check health(Checked result) {
    var observed =
        result.healthy()
            ? "healthy after " + result.latencyMs() + " ms"
            : Objects.requireNonNullElse(result.errorMessage(), "status " + result.statusCode());
    return check(
        Surface.ROUTE,
        new Subject("health_check", result.serverId(), result.checkId()),
        new Finding(
            result.healthy() ? Verdict.OK : Verdict.FAIL,
            result.healthy() ? "The check passes." : "The check fails.",
            "healthy",
            observed,
            result.healthy() ? null : "Look at the app's logs."),
        "checked until " + result.at());
  }

  /**
   * How the servers' reverse proxies are: by their own account, or, of those whose agents give
   * none, by the requests that they have served.
   */
  List<Check> proxies() {
    var heard = samples.proxies(servers, now.minus(RECENT));
    var told = heard.stream().map(Proxy::serverId).collect(Collectors.toSet());
    var served =
        samples.served(servers, now.minus(RECENT)).stream()
            .filter(proxy -> !told.contains(proxy.serverId()));
    var all = Stream.concat(heard.stream().map(this::proxy), served.map(this::served)).toList();
    return all.isEmpty()
        ? List.of(unmeasured(Surface.DWAAR, "No agent told of its Dwaar " + lately() + ".", now))
        : all;
  }

  private Check served(Served proxy) {
    var observed = proxy.requests() + " requests " + lately();
    return check(
        Surface.DWAAR,
        new Subject("server", proxy.serverId(), "dwaar"),
        new Finding(Verdict.OK, "Its Dwaar serves requests.", "it serves", observed, null),
        null);
  }

  private Check proxy(Proxy proxy) {
    var observed =
        "%d connections, %d requests since it started, %d of them refused by rate limits"
            .formatted(
                orNone(proxy.activeConnections()),
                orNone(proxy.totalRequests()),
                orNone(proxy.rateLimitRejects()));
    return check(
        Surface.DWAAR,
        new Subject("server", proxy.serverId(), "dwaar"),
        new Finding(Verdict.OK, "Its Dwaar answers.", "it answers", observed, null),
        null);
  }

  private static long orNone(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  /** How many lines of logs agents have dropped, by server. */
  Map<UUID, Long> dropped() {
    return samples.dropped(servers, now.minus(RECENT)).stream()
        .collect(Collectors.toMap(Dropped::serverId, Dropped::records));
  }

  private static String lately() {
    return "in the last " + RECENT.toMinutes() + " minutes";
  }

  static Check unmeasured(Surface surface, String why, Instant now) {
    return Reliability.check(
        surface,
        new Subject("tenant", null, surface.name().toLowerCase(Locale.ROOT)),
        new Finding(Verdict.UNKNOWN, why, null, null, null),
        null,
        now);
  }

  private Check check(Surface surface, Subject subject, Finding found, @Nullable String detail) {
    return Reliability.check(surface, subject, found, detail, now);
  }
}
