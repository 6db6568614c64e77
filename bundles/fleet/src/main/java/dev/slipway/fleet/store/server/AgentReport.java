package dev.slipway.fleet.store.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a heartbeat changes; null keeps what is known.
 *
 * @param system the host's metrics by their names in the contract
 * @param containers the containers with theirs
 * @param appContainers how many of them run apps
 * @param publicKey the agent's X25519 key in base64
 * @param quarantined whether the agent says that it takes no work
 * @param topProcesses the processes that use most, children inside
 * @param measures what it measured since the last heartbeat
 */
public record AgentReport(
    UUID serverId,
    Instant at,
    @Nullable String agentVersion,
    boolean dockerReachable,
    @Nullable String osInfo,
    @Nullable String arch,
    @Nullable Integer cpuCores,
    @Nullable Long memoryTotalMb,
    @Nullable Long diskTotalMb,
    @Nullable String publicIpv4,
    @Nullable String publicIpv6,
    Map<String, Object> system,
    List<Map<String, Object>> containers,
    int appContainers,
    @Nullable String publicKey,
    boolean quarantined,
    @Nullable String quarantineReason,
    List<Map<String, Object>> topProcesses,
    Measures measures) {}
