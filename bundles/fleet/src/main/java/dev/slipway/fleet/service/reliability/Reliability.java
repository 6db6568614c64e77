package dev.slipway.fleet.service.reliability;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.server.Checked;
import dev.slipway.fleet.store.server.ServerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what carries the apps can be relied on. What nobody measures is unknown, never well. */
@Component(service = Reliability.class)
public final class Reliability {
  private static final int MOST_SERVERS = 1_000;

  private final Database db;
  private final ServerStore servers;
  private final SampleStore samples;
  private final ServerPresence presence;
  private final Residents residents;
  private final NameChecks names;

  @Activate
  public Reliability(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference SampleStore samples,
      @Reference ServerPresence presence,
      @Reference Residents residents,
      @Reference Names names) {
    this.db = db;
    this.servers = servers;
    this.samples = samples;
    this.presence = presence;
    this.residents = residents;
    this.names = new NameChecks(residents, names);
  }

  /** What is looked at. */
  public enum Surface {
    GLOBAL,
    SERVER,
    ROUTE,
    DNS,
    DWAAR,
    AGENT,
    DOCKER,
    VERSION_DRIFT
  }

  /** What was found. */
  public enum Verdict {
    OK,
    WARN,
    FAIL,
    UNKNOWN
  }

  /** What a check is about. */
  public record Subject(String kind, @Nullable UUID id, String name) {}

  /** One check. */
  public record Check(
      String id,
      Surface surface,
      Subject subject,
      Verdict status,
      String summary,
      @Nullable String detail,
      @Nullable String expected,
      @Nullable String observed,
      @Nullable String remediationHint,
      Instant checkedAt) {}

  /** All checks. */
  public record Report(Instant generatedAt, Verdict overall, List<Check> checks) {}

  record Finding(
      Verdict status,
      String summary,
      @Nullable String expected,
      @Nullable String observed,
      @Nullable String hint) {}

  /**
   * Checks what is in the caller's tenant.
   *
   * @param surface this one alone; null = all
   * @param serverId this server alone
   * @param appId the servers of this app alone
   */
  public Report check(
      Caller caller, @Nullable Surface surface, @Nullable UUID serverId, @Nullable UUID appId) {
    var scope = Scope.of(caller);
    var now = Instant.now();
    var looked =
        db.read(
            scope,
            () -> {
              var all = servers.checked(MOST_SERVERS);
              var some = chosen(scope, all, serverId, appId);
              var checks = new ArrayList<Check>();
              for (var each : Surface.values()) {
                if (surface == null || surface == each) {
                  checks.addAll(checks(each, all, some, now));
                }
              }
              return new Looked(some, checks);
            });
    var checks = looked.checks();
    if (surface == null || surface == Surface.DNS) {
      // Names take their time, for which no connection should be held.
      checks.addAll(names.check(caller.tenantId(), looked.servers(), appId, now));
    }
    return new Report(now, overall(checks), checks);
  }

  private record Looked(List<Checked> servers, List<Check> checks) {}

  private List<Checked> chosen(
      Scope scope, List<Checked> all, @Nullable UUID serverId, @Nullable UUID appId) {
    var some = all;
    if (serverId != null) {
      some = all.stream().filter(server -> server.id().equals(serverId)).toList();
      if (some.isEmpty()) {
        throw FleetError.SERVER_NOT_FOUND.at("server_id");
      }
    }
    if (appId != null) {
      residents.requireApp(scope, appId);
      var on = residents.serversOfApp(scope, appId);
      some = some.stream().filter(server -> on.contains(server.id())).toList();
    }
    return some;
  }

  private List<Check> checks(Surface surface, List<Checked> all, List<Checked> some, Instant now) {
    return switch (surface) {
      case GLOBAL -> List.of(whole(some, now));
      case SERVER -> each(surface, some, now, Reliability::status);
      case AGENT -> {
        var dropped = measured(some, now).dropped();
        yield each(surface, some, now, server -> agent(server, dropped, now));
      }
      case DOCKER -> each(surface, some, now, Reliability::docker);
      case VERSION_DRIFT -> {
        var usual = usualVersion(all);
        yield each(surface, some, now, server -> version(server, usual));
      }
      case ROUTE -> measured(some, now).routes();
      case DWAAR -> measured(some, now).proxies();
      case DNS -> List.of();
    };
  }

  private static Check whole(List<Checked> some, Instant now) {
    var online = some.stream().filter(server -> server.status() == ServerStatus.ONLINE).count();
    Verdict verdict;
    if (some.isEmpty()) {
      verdict = Verdict.UNKNOWN;
    } else if (online == some.size()) {
      verdict = Verdict.OK;
    } else {
      verdict = online == 0 ? Verdict.FAIL : Verdict.WARN;
    }
    var summary = online + " of " + some.size() + " servers are online.";
    return check(
        Surface.GLOBAL,
        new Subject("tenant", null, "servers"),
        new Finding(verdict, summary, some.size() + " online", online + " online", null),
        null,
        now);
  }

  private static List<Check> each(
      Surface surface, List<Checked> servers, Instant now, Function<Checked, Finding> look) {
    return servers.stream()
        .map(
            server ->
                check(
                    surface,
                    new Subject("server", server.id(), server.name()),
                    look.apply(server),
                    surface == Surface.SERVER ? server.statusReason() : null,
                    now))
        .toList();
  }

  private static Finding status(Checked server) {
    var word = server.status().name().toLowerCase(Locale.ROOT);
    var verdict =
        switch (server.status()) {
          case ONLINE -> Verdict.OK;
          case DEGRADED, QUARANTINED, DEPROVISIONING -> Verdict.WARN;
          case OFFLINE, CLEANUP_FAILED, DELETED -> Verdict.FAIL;
          case PENDING, INSTALLING -> Verdict.UNKNOWN;
        };
    var hint = verdict == Verdict.FAIL ? "Look at the agent's service on the machine." : null;
    return new Finding(verdict, "The server is " + word + ".", "online", word, hint);
  }

  private Finding heartbeat(Checked server, Instant now) {
    var last = server.lastHeartbeatAt();
    var every = presence.interval().toSeconds() + " s between heartbeats";
    if (last == null) {
      return new Finding(Verdict.UNKNOWN, "Its agent was never heard.", every, null, null);
    }
    var silent = Duration.between(last, now);
    var late = silent.compareTo(presence.patience()) > 0;
    return new Finding(
        late ? Verdict.FAIL : Verdict.OK,
        late ? "Its agent is silent." : "Its agent reports.",
        every,
        "last heartbeat at " + last,
        late ? "Restart the agent, and see whether the machine reaches the platform." : null);
  }

  private Finding agent(Checked server, Map<UUID, Long> dropped, Instant now) {
    var heard = heartbeat(server, now);
    var lines = dropped.getOrDefault(server.id(), 0L);
    return heard.status() == Verdict.OK && lines > 0
        ? new Finding(
            Verdict.WARN,
            "Its agent reports, but dropped " + lines + " lines of logs.",
            "no lines dropped",
            lines + " lines dropped",
            "See whether the machine reaches the platform all the time.")
        : heard;
  }

  private MeasuredChecks measured(List<Checked> some, Instant now) {
    return new MeasuredChecks(samples, some.stream().map(Checked::id).toList(), now);
  }

  private static Finding docker(Checked server) {
    return switch (server.runtime()) {
      case PROCESS ->
          new Finding(Verdict.OK, "It runs plain processes and needs no engine.", null, null, null);
      case UNKNOWN ->
          new Finding(Verdict.UNKNOWN, "Its agent has not said what it runs.", null, null, null);
      case DOCKER ->
          Boolean.TRUE.equals(server.dockerReachable())
              ? new Finding(Verdict.OK, "Docker answers.", "reachable", "reachable", null)
              : new Finding(
                  Verdict.FAIL,
                  "Docker does not answer.",
                  "reachable",
                  "unreachable",
                  "Look at the docker service on the machine.");
    };
  }

  private static @Nullable String usualVersion(List<Checked> all) {
    Map<String, Integer> counts = new HashMap<>();
    all.stream()
        .map(Checked::agentVersion)
        .filter(version -> version != null)
        .forEach(version -> counts.merge(version, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Finding version(Checked server, @Nullable String usual) {
    var version = server.agentVersion();
    if (version == null || usual == null) {
      return new Finding(Verdict.UNKNOWN, "Its agent's version is unknown.", usual, null, null);
    }
    return version.equals(usual)
        ? new Finding(Verdict.OK, "Its agent is as most are.", usual, version, null)
        : new Finding(
            Verdict.WARN, "Its agent is of another version.", usual, version, "Update the agent.");
  }

  static Check check(
      Surface surface, Subject subject, Finding found, @Nullable String detail, Instant now) {
    var place = subject.id() == null ? subject.name() : subject.id() + ":" + subject.name();
    return new Check(
        surface.name().toLowerCase(Locale.ROOT) + ":" + place,
        surface,
        subject,
        found.status(),
        found.summary(),
        detail,
        found.expected(),
        found.observed(),
        found.hint(),
        now);
  }

  private static Verdict overall(List<Check> checks) {
    var found = checks.stream().map(Check::status).collect(Collectors.toSet());
    for (var verdict : List.of(Verdict.FAIL, Verdict.WARN, Verdict.OK)) {
      if (found.contains(verdict)) {
        return verdict;
      }
    }
    return Verdict.UNKNOWN;
  }
}
