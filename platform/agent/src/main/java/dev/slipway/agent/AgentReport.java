package dev.slipway.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.edge.Edge;
import dev.slipway.agent.edge.RouteTraffic;
import dev.slipway.agent.host.HostMetrics;
import dev.slipway.agent.identity.Credentials;
import dev.slipway.agent.logs.LogIdentity;
import dev.slipway.agent.logs.LogSpool;
import dev.slipway.agent.monitor.HealthChecks;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.wire.HeartbeatContent;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.ServiceMetric;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what a heartbeat tells and spreads what its answer says. */
final class AgentReport implements HeartbeatContent {
  private static final Logger LOG = LoggerFactory.getLogger(AgentReport.class);

  private final AgentConfig config;
  private final AppRuntime runtime;
  private final Sources sources;
  private final ByteString publicKey;
  private final HostMetrics host;
  private Instant asked = Instant.MIN;

  /** Where numbers and results are gathered between heartbeats. */
  record Sources(
      Edge edge,
      RouteTraffic traffic,
      HealthChecks checks,
      LogSpool spool,
      LogIdentity identity,
      Credentials credentials) {}

  AgentReport(AgentConfig config, AppRuntime runtime, Sources sources, byte[] publicKey) {
    this.config = config;
    this.runtime = runtime;
    this.sources = sources;
    this.publicKey = ByteString.copyFrom(publicKey);
    this.host = new HostMetrics(config.identity());
  }

  @Override
  public HeartbeatRequest compose() throws InterruptedException {
    var engine = runtime.engine();
    var now = Instant.now();
    var credentials = sources.credentials().state();
    asked = now;
    return HeartbeatRequest.newBuilder()
        .setAgentVersion(config.identity().version())
        .setAgentVersionDisk(config.identity().version())
        .setTimestamp(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
        .setSystem(host.read(engine.version()))
        .addAllContainers(instances())
        .setProxyMetrics(sources.edge().metrics())
        .addAllRouteMetrics(sources.traffic().report())
        .addAllHealthCheckResults(sources.checks().report())
        .addServiceMetrics(ownMetrics())
        .setDiskServerId(config.controlPlane().serverId())
        .setDockerReachable(engine.reachable())
        .setAgentX25519Pubkey(publicKey)
        .setRebootstrapKeyPresent(credentials.bootstrapKeyPresent())
        .setLastRebootstrapError(credentials.lastError())
        .build();
  }

  private List<ContainerMetrics> instances() throws InterruptedException {
    try {
      return runtime.list();
    } catch (IOException e) {
      // docker_reachable tells the rest; an empty list would otherwise read as «all gone».
      LOG.warn("The instances cannot be listed: {}", e.getMessage());
      return List.of();
    }
  }

  private ServiceMetric ownMetrics() {
    var spool = sources.spool().state();
    return ServiceMetric.newBuilder()
        .setContainerName("agent-self")
        .setServiceType("agent_internal")
        .putGauges("agent_memory_rss_bytes", HostMetrics.agentResidentBytes())
        .putGauges("agent_runtime_threads", Thread.activeCount())
        .putGauges("agent_log_spool_bytes", spool.bytes())
        .putGauges("agent_log_spool_segments", spool.segments())
        .putGauges("agent_log_spool_dropped_records", spool.dropped())
        .putGauges("agent_log_spool_write_faults", spool.faults())
        .build();
  }

  @Override
  public void answered(HeartbeatResponse response) {
    sources.traffic().confirm();
    sources.checks().confirm();
    sources.identity().learn(response.getAppContainersList(), asked);
    if (response.hasMonitoringConfig()) {
      sources.checks().configure(response.getMonitoringConfig().getHealthChecksList());
    }
  }
}
