package dev.slipway.agent.wire;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.config.ConfigurationFault;
import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import dev.slipway.proto.agent.v1.CommandAck;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel to the control plane; every call on it carries the agent's credentials. Thread-safe.
 */
public final class Backend implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);
  private static final Duration ACK_LIMIT = Duration.ofSeconds(3);
  private static final int MAX_MESSAGE = 30 << 20;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(10);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> SERVER_ID =
      Metadata.Key.of("server-id", Metadata.ASCII_STRING_MARSHALLER);

  private final String serverId;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ManagedChannel channel;
  private final AgentServiceGrpc.AgentServiceBlockingStub blocking;
  private final AgentServiceGrpc.AgentServiceStub streaming;

  public Backend(AgentConfig.ControlPlane plane) {
    serverId = plane.serverId();
    channel =
        Grpc.newChannelBuilderForAddress(plane.host(), plane.port(), credentials(plane))
            .executor(executor)
            .maxInboundMessageSize(MAX_MESSAGE)
            .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .disableRetry()
            .userAgent("slipway-agent")
            .build();
    var metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + plane.secret().reveal());
    metadata.put(SERVER_ID, serverId);
    var credentials = MetadataUtils.newAttachHeadersInterceptor(metadata);
    blocking = AgentServiceGrpc.newBlockingStub(channel).withInterceptors(credentials);
    streaming = AgentServiceGrpc.newStub(channel).withInterceptors(credentials);
  }

  private static ChannelCredentials credentials(AgentConfig.ControlPlane plane) {
    if (plane.plaintext()) {
      return InsecureChannelCredentials.create();
    }
    var ca = plane.caFile();
    if (ca == null) {
      return TlsChannelCredentials.create();
    }
    try {
      return TlsChannelCredentials.newBuilder().trustManager(ca.toFile()).build();
    } catch (IOException e) {
      throw new ConfigurationFault("AGENT_CA_FILE cannot be read: " + ca);
    }
  }

  public String serverId() {
    return serverId;
  }

  /** For unary calls; fails at once while the control plane is away. */
  public AgentServiceGrpc.AgentServiceBlockingStub unary(Duration limit) {
    return blocking.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  public AgentServiceGrpc.AgentServiceStub streaming() {
    return streaming;
  }

  /** Tells the control plane that a command arrived. Best effort: nothing depends on it here. */
  public void acknowledge(String commandId) {
    try {
      unary(ACK_LIMIT)
          .ackCommand(
              CommandAck.newBuilder()
                  .setCommandId(commandId)
                  .setServerId(serverId)
                  .setPhase("received")
                  .build());
    } catch (StatusRuntimeException e) {
      LOG.warn("The receipt of command {} was not taken: {}", commandId, e.getStatus().getCode());
    }
  }

  /** Makes the next call dial now: the channel's own back-off grows beyond what a restart needs. */
  public void dialNow() {
    channel.resetConnectBackoff();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    executor.shutdown();
  }
}
