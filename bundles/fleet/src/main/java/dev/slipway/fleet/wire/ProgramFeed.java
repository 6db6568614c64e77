package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.fleet.service.enrolment.AgentProgram;
import dev.slipway.fleet.service.enrolment.AgentProgram.Release;
import dev.slipway.proto.agent.v1.AgentBinaryChunk;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sends agents their new program, no faster than they take it. */
@Component(service = ProgramFeed.class)
public final class ProgramFeed {
  private static final int PIECE = 256 * 1024;
  private static final int AT_ONCE = 8;
  private static final Duration STALLED = Duration.ofMinutes(1);

  private final AgentProgram program;
  private final Semaphore places = new Semaphore(AT_ONCE);

  @Activate
  public ProgramFeed(@Reference AgentProgram program) {
    this.program = program;
  }

  void send(DownloadAgentBinaryRequest request, ServerCallStreamObserver<AgentBinaryChunk> out) {
    var release = program.release().filter(found -> found.version().equals(request.getVersion()));
    if (release.isEmpty()) {
      refuse(out, Status.NOT_FOUND.withDescription("there is no such program"));
    } else if (!places.tryAcquire()) {
      refuse(out, Status.RESOURCE_EXHAUSTED.withDescription("too many downloads; try again"));
    } else {
      var room = new Semaphore(0);
      out.setOnReadyHandler(room::release);
      // A handler of readiness is not called while this call is still running.
      Thread.ofVirtual()
          .name("agent-program")
          .start(
              () -> {
                try {
                  send(release.get(), request.getArch(), out, room);
                } finally {
                  places.release();
                }
              });
    }
  }

  private static void refuse(ServerCallStreamObserver<AgentBinaryChunk> out, Status status) {
    out.onError(status.asRuntimeException());
  }

  private static void send(
      Release release,
      String arch,
      ServerCallStreamObserver<AgentBinaryChunk> out,
      Semaphore room) {
    try (InputStream in = Files.newInputStream(release.file())) {
      var sequence = 0;
      for (var piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        while (!out.isReady()) {
          if (out.isCancelled() || !room.tryAcquire(STALLED.toSeconds(), TimeUnit.SECONDS)) {
            refuse(out, Status.DEADLINE_EXCEEDED.withDescription("the agent does not read"));
            return;
          }
        }
        var chunk =
            AgentBinaryChunk.newBuilder()
                .setSeq(sequence++)
                .setData(ByteString.copyFrom(piece))
                .setVersion(release.version())
                .setArch(arch)
                .setChecksum(release.sha256())
                .setTotalSize(release.size());
        out.onNext(chunk.build());
      }
      out.onCompleted();
    } catch (IOException failure) {
      refuse(out, Status.UNAVAILABLE.withDescription("the program can not be read"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
