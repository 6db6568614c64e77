package dev.slipway.fleet.store.server;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.fleet.ServerRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code fleet_server}. */
public interface ServerMapper extends TableMapper<ServerRow> {
  Table TABLE =
      Table.of(
          "fleet_server",
          "id",
          "version",
          "tenant_id",
          "name",
          "description",
          "hostname",
          "public_ipv4",
          "public_ipv6",
          "provider",
          "region",
          "labels",
          "pool_id",
          "status",
          "is_cordoned",
          "is_draining",
          "runtime",
          "edge_url",
          "public_host",
          "machine_id",
          "agent_version",
          "docker_reachable",
          "os_info",
          "arch",
          "cpu_cores",
          "memory_total_mb",
          "disk_total_mb",
          "monthly_cost_cents",
          "operation_id",
          "last_heartbeat_at",
          "created_at",
          "updated_at",
          "status_reason");

  List<ServerRow> list(
      @Param("filter") ServerFilter filter, @Param("limit") int limit, @Param("offset") int offset);

  long count(@Param("filter") ServerFilter filter);

  @Nullable ServerRow idlest();

  List<Candidate> candidates();

  @Nullable Standing standing(UUID id);

  List<Checked> checked(int limit);

  int cordon(
      @Param("id") UUID id,
      @Param("cordoned") boolean cordoned,
      @Param("reason") @Nullable String reason);

  int drain(@Param("id") UUID id, @Param("draining") boolean draining);

  int label(@Param("id") UUID id, @Param("labels") Map<String, Object> labels);

  int intoPool(@Param("id") UUID id, @Param("pool") UUID pool);

  int leavePool(@Param("pool") UUID pool);

  @Nullable ServerRow byMachine(String machineId);

  List<String> namesLike(@Param("name") String name, @Param("pattern") String pattern);

  int describe(ServerRow row);

  int installing(@Param("id") UUID id, @Param("machine") ServerRow.Machine machine);

  int credentials(
      @Param("id") UUID id, @Param("secret") String secret, @Param("bootstrap") String bootstrap);

  @Nullable Integer revoke(UUID id);

  int outdate(UUID id);

  int wants(
      @Param("id") UUID id,
      @Param("operation") @Nullable UUID operation,
      @Param("wanted") ServerStore.@Nullable Wanted wanted);

  ServerStore.@Nullable Wanted wanted(UUID id);

  @Nullable Credentials signIn(UUID id);

  @Nullable Snapshot snapshot(UUID id);

  @Nullable Seen seen(
      @Param("id") UUID id,
      @Param("secretHash") @Nullable String secretHash,
      @Param("known") @Nullable Instant known);

  @Nullable Boolean numbers(
      @Param("report") AgentReport report,
      @Param("secretHash") @Nullable String secretHash,
      @Param("known") Instant known);

  @Nullable Condition condition(UUID id);

  @Nullable StatusChange heartbeat(
      @Param("report") AgentReport report,
      @Param("keepContainers") boolean keepContainers,
      @Param("alerts") List<Object> alerts,
      @Param("pressure") Map<String, Object> pressure);

  @Nullable StatusChange streamOpened(
      @Param("id") UUID id,
      @Param("secretHash") String secretHash,
      @Param("stream") UUID stream,
      @Param("node") UUID node,
      @Param("fresh") Instant fresh);

  List<StatusChange> streamsClosed(
      @Param("servers") UUID[] servers, @Param("streams") UUID[] streams);

  @Nullable StatusChange streamCut(UUID id);

  boolean everKnown(UUID id);

  List<StatusChange> nodeLost(UUID node);

  List<StatusChange> silent(Instant missedAll);

  boolean hasStream(UUID id);

  boolean hasStreamElsewhere(@Param("id") UUID id, @Param("node") UUID node);

  int learned(
      @Param("id") UUID id,
      @Param("runtime") ServerRuntime runtime,
      @Param("edgeUrl") @Nullable String edgeUrl,
      @Param("publicHost") @Nullable String publicHost,
      @Param("weightedRoutes") boolean weightedRoutes,
      @Param("commands") Long @Nullable [] commands);

  @Nullable Receiver receiver(@Param("id") UUID id, @Param("command") int command);

  boolean offers(@Param("id") UUID id, @Param("command") int command);

  int removing(@Param("id") UUID id, @Param("operation") UUID operation);

  int cleanupFailed(@Param("id") UUID id, @Param("reason") String reason);

  int removed(UUID id);

  int nextSecret(@Param("id") UUID id, @Param("hash") String hash);

  int nextSecretSeen(@Param("id") UUID id, @Param("hash") String hash);

  @Nullable String publicKey(UUID id);

  List<Credentials> oldSecrets(
      @Param("before") Instant before,
      @Param("triedBefore") Instant triedBefore,
      @Param("limit") int limit);

  List<ServerRow> outdated(@Param("version") String version, @Param("limit") int limit);
}
