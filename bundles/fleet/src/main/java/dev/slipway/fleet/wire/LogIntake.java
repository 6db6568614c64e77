package dev.slipway.fleet.wire;

import dev.slipway.api.security.Secrets;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import io.grpc.stub.StreamObserver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes log batches. They are always accepted, unless the agent floods: it repeats what is not, and
 * holds everything behind it back.
 */
@Component(service = LogIntake.class)
public final class LogIntake {
  private final LogLines lines;
  private final AgentLimits limits = new AgentLimits();
  private final OutputQueues outputs;

  @Activate
  public LogIntake(@Reference Secrets secrets, @Reference OutputQueues outputs) {
    lines = new LogLines(new AgentText(secrets));
    this.outputs = outputs;
  }

  /** What an agent may send and ask for. */
  AgentLimits limits() {
    return limits;
  }

  StreamObserver<LogBatch> receive(Agent agent, StreamObserver<LogAck> out) {
    return new StreamObserver<>() {
      private long received;

      @Override
      public void onNext(LogBatch batch) {
        agent.requireSame(batch.getServerId());
        limits.countLines(agent.serverId(), batch.getEntriesCount());
        received += batch.getEntriesCount();
        var entries = lines.of(batch);
        if (!entries.isEmpty()) {
          outputs.logs(agent.serverId(), agent.tenantId(), entries);
        }
      }

      @Override
      public void onError(Throwable broken) {
        // The agent hung up and will send the batch again.
      }

      @Override
      public void onCompleted() {
        out.onNext(LogAck.newBuilder().setAccepted(true).setReceivedCount(received).build());
        out.onCompleted();
      }
    };
  }
}
