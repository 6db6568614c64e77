package dev.slipway.grpc;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service for clients, as a bundle would have one. */
final class MarkedWords implements BindableService {
  static final String NAME = "test.Marked";
  static final int MANY = 10_000;
  static final int LARGE = 4_096;

  final AtomicInteger sent = new AtomicInteger();
  final BlockingQueue<CurrentOperation> operations = new LinkedBlockingQueue<>();
  final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

  static MethodDescriptor<String, String> method(String name, MethodType type) {
    return Words.method(NAME, name, type);
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(method("Say", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::say))
        .addMethod(
            method("Count", MethodType.SERVER_STREAMING),
            ServerCalls.asyncServerStreamingCall(this::count))
        .addMethod(
            method("Wait", MethodType.SERVER_STREAMING),
            ServerCalls.asyncServerStreamingCall(this::wait))
        .addMethod(method("Own", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::own))
        .build();
  }

  /** Answers who asks, or refuses. */
  @Op(value = "test.word.say", access = Access.TENANT, summary = "Say a word")
  public void say(String word, StreamObserver<String> out) {
    operations.add(CurrentOperation.get());
    if (word.equals("refuse")) {
      throw CommonError.INVALID.of().withField("word", "is " + "é".repeat(500));
    }
    Caller caller = CurrentOperation.requireCaller();
    out.onNext(word + " by " + caller.name());
    out.onCompleted();
  }

  /** Sends more than any buffer holds. */
  @Op(value = "test.word.count", access = Access.USER, summary = "Count")
  public void count(String word, StreamObserver<String> out) {
    for (var number = 0; number < MANY; number++) {
      out.onNext("x".repeat(LARGE));
      sent.incrementAndGet();
    }
    out.onCompleted();
  }

  /** Waits for what never comes. */
  @Op(value = "test.word.wait", access = Access.USER, summary = "Wait")
  public void wait(String word, StreamObserver<String> out) {
    operations.add(CurrentOperation.get());
    out.onNext("begun");
    try {
      interrupted.get(120, TimeUnit.SECONDS);
    } catch (InterruptedException over) {
      interrupted.complete(true);
    } catch (Exception failure) {
      interrupted.completeExceptionally(failure);
    }
  }

  /** For owners alone. */
  @Op(value = "test.word.own", access = Access.TENANT_OWNER, summary = "Own a word")
  public void own(String word, StreamObserver<String> out) {
    out.onNext(word);
    out.onCompleted();
  }
}
