package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentsGrpc;
import dev.slipway.proto.v1.DeploymentsGrpc.DeploymentsBlockingStub;
import dev.slipway.proto.v1.TailLogsRequest;
import dev.slipway.proto.v1.WatchDeploymentRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program that calls the platform by gRPC. */
@ExtendWith(SharedNode.class)
class GrpcIT {
  private static final String SERVICE = "slipway.v1.Deployments";

  static Node node;
  static Client client;
  static ManagedChannel channel;

  @BeforeAll
  static void open(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", node.grpc()).usePlaintext().build();
  }

  @AfterAll
  static void close() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private static DeploymentsBlockingStub as(Map<String, String> headers) {
    var metadata = new Metadata();
    headers.forEach(
        (name, value) ->
            metadata.put(
                Metadata.Key.of(name.toLowerCase(), Metadata.ASCII_STRING_MARSHALLER), value));
    return DeploymentsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
        .withDeadlineAfter(Duration.ofMinutes(2));
  }

  @Test
  void deploymentIsWatchedWithItsLog() throws Exception {
    client.deploy(Sample.of(node, "wire").folder()).ok();
    var id = client.deployments("wire").findValuesAsText("id").getFirst();
    var told = new ArrayList<DeploymentProgress>();
    as(client.headers())
        .watchDeployment(WatchDeploymentRequest.newBuilder().setDeploymentId(id).build())
        .forEachRemaining(told::add);
    assertThat(told.getLast().getPhase()).isEqualTo("done");
    assertThat(told.getLast().getStatus()).isEqualTo("succeeded");
    var lines = new ArrayList<String>();
    as(client.headers())
        .tailLogs(TailLogsRequest.newBuilder().setDeploymentId(id).build())
        .forEachRemaining(line -> lines.add(line.getMessage()));
    assertThat(lines).contains("Cloning the source");
  }

  @Test
  void refusalHasItsCode() throws Exception {
    var request = WatchDeploymentRequest.newBuilder().setDeploymentId("x").build();
    var refusal =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> as(Map.of()).watchDeployment(request).next());
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    var details = StatusProto.fromThrowable(refusal);
    assertThat(details.getDetails(0).unpack(ErrorInfo.class).getReason())
        .isEqualTo("auth.required");
  }

  @Test
  void healthTellsThatItServes() {
    var asked = HealthCheckRequest.newBuilder().setService(SERVICE).build();
    var health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofMinutes(1));
    assertThat(health.check(asked).getStatus()).isEqualTo(ServingStatus.SERVING);
  }
}
