package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.SystemMetrics;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** An agent that answers every command at once, well or as it was told to. */
public final class PlayedAgent implements AutoCloseable {
  private final ScriptedAgent agent;
  private final StreamObserver<CommandResult> results;
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<String>> payloads = new ConcurrentHashMap<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private volatile boolean nonsense;

  public PlayedAgent(int port, Enrolled server) {
    this(port, server, 0);
  }

  public PlayedAgent(int port, Enrolled server, int apps) {
    agent = new ScriptedAgent(port, server);
    var beat =
        HeartbeatRequest.newBuilder()
            .setAgentVersion("played/1")
            .setSystem(
                SystemMetrics.newBuilder()
                    .setMemoryTotalMb(1024)
                    .setMemoryAvailableMb(512)
                    .setDiskTotalMb(100)
                    .setDiskUsedMb(40));
    for (var app = 0; app < apps; app++) {
      beat.addContainers(
          ContainerMetrics.newBuilder().setName("deploy-app-" + app).setStatus("running"));
    }
    agent.blocking().heartbeat(beat.build());
    results = agent.async().commandStream(new Commands());
  }

  public void refuse(String type) {
    refused.add("COMMAND_TYPE_" + type);
  }

  public void silent(String type) {
    unanswered.add("COMMAND_TYPE_" + type);
  }

  /** Answers commands of a type so from now on. */
  public void answer(String type, String text) {
    answers.put("COMMAND_TYPE_" + type, text);
  }

  /** The payload of the next command of this type. */
  public String told(String type) throws Exception {
    return payloads
        .computeIfAbsent("COMMAND_TYPE_" + type, any -> new CompletableFuture<>())
        .get(30, TimeUnit.SECONDS);
  }

  /** Sends a heartbeat. */
  public void beat(HeartbeatRequest.Builder beat) {
    agent.blocking().heartbeat(beat.build());
  }

  public void answerNonsense() {
    nonsense = true;
  }

  public void breakOff() {
    results.onError(Status.CANCELLED.asRuntimeException());
  }

  public Status.Code end() throws Exception {
    return end.get(30, TimeUnit.SECONDS).getCode();
  }

  @Override
  public void close() throws Exception {
    agent.close();
  }

  private final class Commands implements StreamObserver<Command> {
    @Override
    public void onNext(Command command) {
      var type = command.getType().name();
      payloads
          .computeIfAbsent(type, any -> new CompletableFuture<>())
          .complete(command.getPayload().toStringUtf8());
      if (unanswered.contains(type)) {
        return;
      }
      var refusal = refused.contains(type);
      results.onNext(
          CommandResult.newBuilder()
              .setCommandId(command.getId())
              .setStatus(refusal ? "failed" : "completed")
              .setOutput(ByteString.copyFromUtf8(refusal ? "refused" : answer(type)))
              .setIsFinal(true)
              .build());
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    private String answer(String type) {
      if (nonsense) {
        return "]nonsense[";
      }
      var told = answers.get(type);
      if (told != null) {
        return told;
      }
      var now = Instant.now();
      var nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
      return switch (type) {
        case "COMMAND_TYPE_AGENT_PING" -> "{\"agent_time_nanos\":" + nanos + "}";
        case "COMMAND_TYPE_AGENT_STATUS" ->
            "{\"agent_version\":\"played/1\",\"runtime\":\"process\",\"uptime_seconds\":7,"
                + "\"docker_reachable\":true,\"server_time_nanos\":"
                + nanos
                + ",\"rss_bytes\":null}";
        case "COMMAND_TYPE_UNINSTALL" -> "uninstall started";
        default -> "[]";
      };
    }
  }
}
