package dev.slipway.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * A service of plain text: one method that answers, one stream that stays silent until told
 * otherwise.
 */
final class Words implements BindableService {
  final BlockingQueue<StreamObserver<String>> opened = new LinkedBlockingQueue<>();
  private final String name;
  private final UnaryOperator<String> answer;

  Words(String name, UnaryOperator<String> answer) {
    this.name = name;
    this.answer = answer;
  }

  static MethodDescriptor<String, String> say(String service) {
    return method(service, "Say", MethodType.UNARY);
  }

  static MethodDescriptor<String, String> talk(String service) {
    return method(service, "Talk", MethodType.BIDI_STREAMING);
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(name)
        .addMethod(
            say(name),
            ServerCalls.asyncUnaryCall(
                (word, out) -> {
                  out.onNext(answer.apply(word));
                  out.onCompleted();
                }))
        .addMethod(talk(name), ServerCalls.asyncBidiStreamingCall(this::open))
        .build();
  }

  private StreamObserver<String> open(StreamObserver<String> out) {
    opened.add(out);
    return new StreamObserver<>() {
      @Override
      public void onNext(String word) {
        out.onNext(answer.apply(word));
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  static MethodDescriptor<String, String> method(String service, String method, MethodType type) {
    return MethodDescriptor.newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
