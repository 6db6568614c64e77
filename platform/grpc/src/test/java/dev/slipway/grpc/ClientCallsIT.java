package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCallsIT {
  final MarkedWords words = new MarkedWords();
  Listener listener;
  ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    listener =
        new Listener(ListenerIT.settings(ListenerSettings.PING_ALLOWED), KnownCallers.ADMISSION);
    assertThat(listener.add(words)).isTrue();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", listener.port()).usePlaintext().build();
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    listener.close();
  }

  private static Metadata known() {
    var metadata = new Metadata();
    metadata.put(key("authorization"), "Bearer known");
    metadata.put(key("x-tenant-id"), KnownCallers.TENANT.toString());
    return metadata;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private ClientStream begin(String method, MethodType type, CallOptions options, Metadata from) {
    var call = ClientStream.begin(channel, MarkedWords.method(method, type), options, from);
    return call.send(method);
  }

  private ClientStream say(String method, Metadata from, String word) {
    var call =
        ClientStream.begin(
            channel, MarkedWords.method(method, MethodType.UNARY), CallOptions.DEFAULT, from);
    call.call.request(2);
    return call.send(word).half();
  }

  @Test
  void callerIsWhomTheCredentialNames() throws Exception {
    var call = say("Say", known(), "hello");
    assertThat(call.status().isOk()).isTrue();
    assertThat(call.messages).containsExactly("hello by user@example.com");
    var operation = words.operations.remove();
    assertThat(operation.name()).isEqualTo("test.word.say");
    assertThat(operation.auditDue()).isTrue();
    assertThat(call.trailers.join().get(ClientCalls.REQUEST_ID))
        .isEqualTo(operation.caller().requestId());
    assertThat(operation.caller().remoteAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void whoMayNotCallIsRefused() throws Exception {
    assertThat(say("Say", new Metadata(), "x").status().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    var forged = new Metadata();
    forged.put(key("authorization"), "Bearer forged");
    assertThat(say("Say", forged, "x").status().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    var nowhere = new Metadata();
    nowhere.put(key("authorization"), "Bearer known");
    assertThat(say("Say", nowhere, "x").status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(say("Own", known(), "x").status().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(words.operations).isEmpty();
  }

  @Test
  void refusalHasItsCodeAndFieldsInTheDetails() throws Exception {
    var call = say("Say", known(), "refuse");
    assertThat(call.status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    var details = call.trailers.join().get(Details.KEY);
    assertThat(details.getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
    var info = details.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("request.invalid");
    assertThat(info.getDomain()).isEqualTo("slipway");
    assertThat(info.getMetadataMap()).containsEntry("http_status", "400");
    var fault = details.getDetails(1).unpack(BadRequest.class).getFieldViolations(0);
    assertThat(fault.getField()).isEqualTo("word");
    assertThat(fault.getDescription()).startsWith("is é").hasSizeLessThan(200);
  }

  @Test
  void clientThatReadsSlowlySlowsItsOwnStreamAlone() throws Exception {
    var slow = begin("Count", MethodType.SERVER_STREAMING, CallOptions.DEFAULT, known()).half();
    slow.call.request(1);
    assertThat(slow.messages.poll(20, TimeUnit.SECONDS)).hasSize(MarkedWords.LARGE);
    for (var other = 0; other < 50; other++) {
      assertThat(say("Say", known(), "x").status().isOk()).isTrue();
    }
    assertThat(words.sent.get()).isLessThan(MarkedWords.MANY / 2);
    slow.call.request(MarkedWords.MANY);
    assertThat(slow.status().isOk()).isTrue();
    assertThat(slow.messages).hasSize(MarkedWords.MANY - 1);
  }

  @Test
  void handlerIsToldWhenTheClientGoes() throws Exception {
    var going = begin("Wait", MethodType.SERVER_STREAMING, CallOptions.DEFAULT, known()).half();
    going.call.request(2);
    assertThat(going.messages.poll(20, TimeUnit.SECONDS)).isEqualTo("begun");
    assertThat(words.operations.remove().auditDue()).isFalse();
    going.call.cancel("enough", null);
    assertThat(words.interrupted.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void handlerIsToldWhenTheDeadlineHasPassed() throws Exception {
    var options = CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS);
    var late = begin("Wait", MethodType.SERVER_STREAMING, options, known()).half();
    late.call.request(2);
    assertThat(late.status().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    if (!words.operations.isEmpty()) {
      assertThat(words.interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void handlerIsToldWhenItsServiceGoes() throws Exception {
    var stream = begin("Wait", MethodType.SERVER_STREAMING, CallOptions.DEFAULT, known()).half();
    stream.call.request(2);
    assertThat(stream.messages.poll(20, TimeUnit.SECONDS)).isEqualTo("begun");
    listener.remove(words);
    assertThat(stream.status().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(words.interrupted.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void handlerThatWaitsForItsClientEndsWithItsService() throws Exception {
    var stuck = begin("Count", MethodType.SERVER_STREAMING, CallOptions.DEFAULT, known()).half();
    stuck.call.request(1);
    assertThat(stuck.messages.poll(20, TimeUnit.SECONDS)).isNotNull();
    listener.remove(words);
    stuck.call.request(MarkedWords.MANY);
    assertThat(stuck.status().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(words.sent.get()).isLessThan(MarkedWords.MANY);
  }

  @Test
  void serviceWithAMethodThatIsNotMarkedIsRefused() {
    var gap = new HalfMarked();
    assertThat(listener.add(gap)).isFalse();
  }

  /** One of its two methods was forgotten. */
  private static final class HalfMarked implements BindableService {
    @Override
    public io.grpc.ServerServiceDefinition bindService() {
      return io.grpc.ServerServiceDefinition.builder("test.Half")
          .addMethod(Words.say("test.Half"), io.grpc.stub.ServerCalls.asyncUnaryCall(this::say))
          .addMethod(
              Words.method("test.Half", "Forgotten", MethodType.UNARY),
              io.grpc.stub.ServerCalls.asyncUnaryCall(this::say))
          .build();
    }

    @dev.slipway.api.rest.Op(
        value = "test.half.say",
        access = dev.slipway.api.rest.Access.USER,
        summary = "Say a word")
    public void say(String word, io.grpc.stub.StreamObserver<String> out) {
      out.onNext(word);
      out.onCompleted();
    }
  }
}
