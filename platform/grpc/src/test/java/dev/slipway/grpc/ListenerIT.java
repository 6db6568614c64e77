package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerIT {
  static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  final Words words = new Words("test.Words", word -> word);
  Listener listener;
  ManagedChannel channel;

  static ListenerSettings settings(Duration pingAllowed) {
    return new ListenerSettings(LOOPBACK, null, null, pingAllowed, Duration.ZERO);
  }

  @BeforeEach
  void open() throws IOException {
    listener = new Listener(settings(ListenerSettings.PING_ALLOWED), KnownCallers.ADMISSION);
    listener.add(words);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", listener.port())
            .usePlaintext()
            .maxInboundMessageSize(40 << 20)
            .build();
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    listener.close();
  }

  @Test
  void aSilentStreamHasItsHeadersAtOnce() throws Exception {
    var stream = ClientStream.open(channel, Words.talk("test.Words"));
    stream.awaitHeaders();
    assertThat(stream.messages).isEmpty();
    stream.send("hello").half();
    assertThat(stream.status().isOk()).isTrue();
    assertThat(stream.messages).containsExactly("hello");
  }

  @Test
  void messagesMayBeLargeButNotEndless() throws Exception {
    var large = "x".repeat(29 << 20);
    var echoed = ClientStream.open(channel, Words.say("test.Words")).send(large).half();
    assertThat(echoed.status().isOk()).isTrue();
    assertThat(echoed.messages.remove()).hasSameSizeAs(large);
    var tooLarge = ClientStream.open(channel, Words.say("test.Words"));
    tooLarge.send("x".repeat(31 << 20)).half();
    assertThat(tooLarge.status().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aRefusalKeepsItsSentenceAndCode() throws Exception {
    var refusing =
        new Words(
            "test.Refusing",
            word -> {
              throw CommonError.NOT_FOUND.of("word");
            });
    listener.add(refusing);
    for (var method : List.of(Words.say("test.Refusing"), Words.talk("test.Refusing"))) {
      var call = ClientStream.open(channel, method).send("x").half();
      assertThat(call.status().getCode()).isEqualTo(Code.NOT_FOUND);
      assertThat(call.status().getDescription()).isEqualTo("There is no such word.");
      assertThat(call.trailers.join().get(Refusals.CODE)).isEqualTo("request.not-found");
    }
  }

  @Test
  void anUnforeseenFailureTellsNothing() throws Exception {
    listener.add(
        new Words(
            "test.Failing",
            word -> {
              throw new IllegalStateException("the secret is 42");
            }));
    var call = ClientStream.open(channel, Words.say("test.Failing")).send("x").half();
    assertThat(call.status().getCode()).isEqualTo(Code.INTERNAL);
    assertThat(call.status().getDescription()).doesNotContain("42");
  }

  @Test
  void errorTextsAreShort() throws Exception {
    listener.add(
        new Words(
            "test.Talkative",
            word -> {
              throw CommonError.FORBIDDEN.of("é".repeat(100_000));
            }));
    var call = ClientStream.open(channel, Words.say("test.Talkative")).send("x").half();
    assertThat(call.status().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(call.status().getDescription()).hasSizeLessThanOrEqualTo(Refusals.LONGEST_TEXT);
  }

  @Test
  void aServiceThatGoesEndsItsOwnCallsOnly() throws Exception {
    var other = new Words("test.Other", word -> word);
    listener.add(other);
    var going = ClientStream.open(channel, Words.talk("test.Words"));
    var staying = ClientStream.open(channel, Words.talk("test.Other"));
    going.awaitHeaders();
    staying.awaitHeaders();

    listener.remove(words);
    assertThat(going.status().getCode()).isEqualTo(Code.UNAVAILABLE);
    // What its handler still says is dropped without harm.
    words.opened.remove().onNext("late");
    var after = ClientStream.open(channel, Words.say("test.Words")).send("x").half();
    assertThat(after.status().getCode()).isEqualTo(Code.UNAVAILABLE);
    var never = ClientStream.open(channel, Words.say("test.Never")).send("x").half();
    assertThat(never.status().getCode()).isEqualTo(Code.UNIMPLEMENTED);
    staying.send("still here").half();
    assertThat(staying.status().isOk()).isTrue();
    assertThat(staying.messages).containsExactly("still here");

    listener.add(new Words("test.Words", word -> "new " + word));
    var again = ClientStream.open(channel, Words.say("test.Words")).send("x").half();
    assertThat(again.status().isOk()).isTrue();
    assertThat(again.messages).containsExactly("new x");
  }

  @Test
  void aServiceThatMayStillArriveIsWorthAnotherTry() throws Exception {
    var starting =
        new ListenerSettings(
            LOOPBACK, null, null, ListenerSettings.PING_ALLOWED, ListenerSettings.ARRIVALS);
    try (var young = new Listener(starting, KnownCallers.ADMISSION)) {
      var early = NettyChannelBuilder.forAddress("127.0.0.1", young.port()).usePlaintext().build();
      for (var method : List.of(Words.say("test.Words"), Words.talk("test.Words"))) {
        var call = ClientStream.open(early, method).send("x").half();
        assertThat(call.status().getCode()).isEqualTo(Code.UNAVAILABLE);
      }
      early.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void theFirstServiceKeepsItsName() throws Exception {
    var second = new Words("test.Words", word -> "second");
    assertThat(listener.add(second)).isFalse();
    listener.remove(second);
    var call = ClientStream.open(channel, Words.say("test.Words")).send("first").half();
    assertThat(call.status().isOk()).isTrue();
    assertThat(call.messages).containsExactly("first");
  }

  @Test
  void pingsOfAnIdleClientAreWelcomeUnlessTooFrequent() throws Exception {
    try (var patient = new Listener(settings(Duration.ofMillis(300)), KnownCallers.ADMISSION);
        var client = new RawHttp2(patient.port())) {
      for (var ping = 0; ping < 6; ping++) {
        client.awaitQuiet(Duration.ofMillis(400));
        client.ping();
        client.awaitPong();
      }
    }
    try (var client = new RawHttp2(listener.port())) {
      client.pingUntilSentAway(10);
    }
  }

  @Test
  void aTakenPortIsOneClearLine() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
    assertThatThrownBy(
            () ->
                new Listener(
                    new ListenerSettings(
                        taken, null, null, ListenerSettings.PING_ALLOWED, Duration.ZERO),
                    KnownCallers.ADMISSION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gRPC can not listen on")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void healthAndReflectionKnowTheServices() throws Exception {
    var health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(20));
    var asked = HealthCheckRequest.newBuilder().setService("test.Words").build();
    assertThat(health.check(asked).getStatus().name()).isEqualTo("SERVING");
    // Reflection shows services that are made from a .proto, as Words is not.
    var described = ChannelzService.newInstance(1);
    listener.add(described);
    assertThat(services()).contains("grpc.channelz.v1.Channelz", "grpc.health.v1.Health");
    listener.remove(described);
    assertThat(services()).doesNotContain("grpc.channelz.v1.Channelz");
  }

  @Test
  void stoppingEndsStreamsWithAReason() throws Exception {
    var stream = ClientStream.open(channel, Words.talk("test.Words"));
    stream.awaitHeaders();
    listener.close();
    assertThat(stream.status().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(listener.isOpen()).isFalse();
  }

  private List<String> services() throws Exception {
    var names = new CompletableFuture<List<String>>();
    var out =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<ServerReflectionResponse>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    var found = new ArrayList<String>();
                    response
                        .getListServicesResponse()
                        .getServiceList()
                        .forEach(service -> found.add(service.getName()));
                    names.complete(found);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    names.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    out.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    out.onCompleted();
    return names.get(20, TimeUnit.SECONDS);
  }
}
