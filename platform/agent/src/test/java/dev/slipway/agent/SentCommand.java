package dev.slipway.agent;

import com.google.protobuf.ByteString;
import dev.slipway.proto.agent.v1.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command on its way and what has come back for it. */
final class SentCommand {
  private final String id;
  private final List<ByteString> chunks = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();

  SentCommand(String id) {
    this.id = id;
  }

  record Result(String status, String output, String progress) {}

  String id() {
    return id;
  }

  String progress() {
    return received().toStringUtf8();
  }

  /** Everything that came before the end, as it came. */
  ByteString received() {
    return ByteString.copyFrom(chunks);
  }

  void accept(CommandResult message) {
    var output = message.getOutput().toStringUtf8();
    if (message.getIsFinal()) {
      result.complete(new Result(message.getStatus(), output, progress()));
    } else {
      if (!message.getStatus().equals("running")) {
        result.completeExceptionally(new AssertionError("not final, yet " + message.getStatus()));
      }
      chunks.add(message.getOutput());
    }
  }

  boolean isDone() {
    return result.isDone();
  }

  Result await(Duration limit) throws InterruptedException {
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no final result of " + id + "; so far: " + progress(), e);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
