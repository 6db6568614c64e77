package dev.slipway.fleet.service.agent;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.Workloads.Kind;
import dev.slipway.fleet.service.Residents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who is in a server's network of apps, as its agent sees it right now. */
@Component(service = DeployNet.class)
public final class DeployNet {
  /** What the platform's agents put there besides apps: the edge and services. */
  private static final List<String> OWN = List.of("dwaar-", "deploy-svc-");

  private final Database db;
  private final AgentProbe probe;
  private final Residents residents;
  private final Json json;

  @Activate
  public DeployNet(
      @Reference Database db,
      @Reference AgentProbe probe,
      @Reference Residents residents,
      @Reference Json json) {
    this.db = db;
    this.probe = probe;
    this.residents = residents;
    this.json = json;
  }

  /** A network at a time. */
  public record Membership(String network, Instant capturedAt, List<Member> containers) {}

  /**
   * A container in the network.
   *
   * @param appId null where it is no container of an app
   * @param unexpectedOnDeployNet whether nobody put it there
   */
  public record Member(
      String containerId,
      String containerName,
      @Nullable String ip,
      @Nullable String mac,
      @Nullable UUID appId,
      @Nullable String appName,
      @Nullable UUID serviceId,
      boolean unexpectedOnDeployNet) {}

  /** The answer to NETWORK_INSPECT, in its own names. */
  private record Answer(@Nullable String networkName, @Nullable List<Found> containers) {}

  private record Found(
      @Nullable String containerId,
      @Nullable String containerName,
      @Nullable String ipv4Address,
      @Nullable String macAddress) {}

  /** Asks the agent. */
  public Membership look(Caller caller, UUID serverId) {
    var result = probe.ask(caller, serverId, CommandType.NETWORK_INSPECT, "{}");
    var answer = answer(result.result());
    var scope = Scope.of(caller);
    var tenant = caller.tenantId();
    var apps =
        residents.containers(tenant, serverId).stream()
            .collect(
                Collectors.toMap(
                    AppContainer::containerName, Function.identity(), (first, second) -> first));
    var found = Objects.requireNonNullElse(answer.containers(), List.<Found>of());
    var ids =
        found.stream()
            .map(each -> apps.get(each.containerName()))
            .filter(Objects::nonNull)
            .map(AppContainer::appId)
            .collect(Collectors.toSet());
    var names = db.read(scope, () -> residents.names(scope, ids, Kind.APP));
    return new Membership(
        "deploy-net",
        Instant.now(),
        found.stream().map(each -> member(each, apps, names)).toList());
  }

  private static Member member(
      Found found, Map<String, AppContainer> apps, Map<UUID, String> names) {
    var name = Objects.requireNonNullElse(found.containerName(), "");
    var app = apps.get(name);
    var ip = found.ipv4Address();
    return new Member(
        Objects.requireNonNullElse(found.containerId(), ""),
        name,
        ip == null ? null : ip.replaceFirst("/\\d+$", ""),
        found.macAddress(),
        app == null ? null : app.appId(),
        app == null ? null : names.get(app.appId()),
        null,
        app == null && OWN.stream().noneMatch(name::startsWith));
  }

  private Answer answer(@Nullable String result) {
    try {
      return json.read(Objects.requireNonNullElse(result, ""), Answer.class);
    } catch (IllegalArgumentException unreadable) {
      throw FleetError.AGENT_UNREADABLE.of();
    }
  }
}
