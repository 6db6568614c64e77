package dev.slipway.fleet.protocol;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An agent that knows the protocol's tables and nothing else: names, numbers and metadata. */
final class RawAgent implements AutoCloseable {
  private static final String SERVICE = "agent.v1.AgentService/";
  private static final long SECONDS = 30;

  private final ManagedChannel channel;
  private final Map<String, String> metadata;

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** What a call came to. */
  record Answer(Status status, Metadata trailers, Fields.@Nullable Read message) {
    Status.Code code() {
      return status.getCode();
    }
  }

  RawAgent(int port, Map<String, String> metadata) {
    this.metadata = metadata;
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(30 << 20)
            .build();
  }

  static Map<String, String> signedIn(Object serverId, String secret) {
    return Map.of("server-id", serverId.toString(), "authorization", "Bearer " + secret);
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setFullMethodName(SERVICE + name)
        .setType(type)
        .build();
  }

  /** A call with one message there and one back. */
  Answer call(String name, Fields message) throws Exception {
    return call(name, message.toBytes());
  }

  Answer call(String name, byte[]... messages) throws Exception {
    // As agents write: PushLogs streams although it sends one batch.
    var type = name.equals("PushLogs") ? MethodType.CLIENT_STREAMING : MethodType.UNARY;
    var call = open(name, type);
    Arrays.stream(messages).forEach(call::send);
    call.half();
    return call.answer();
  }

  Answer heartbeat(Fields beat) throws Exception {
    return call("Heartbeat", beat);
  }

  Answer ack(String commandId, Object serverId) throws Exception {
    return call(
        "AckCommand",
        Fields.of().text(1, commandId).text(2, serverId.toString()).text(3, "received"));
  }

  Call commandStream() {
    return open("CommandStream", MethodType.BIDI_STREAMING);
  }

  /** A stream past what the platform says first. */
  Call greeted() throws Exception {
    var stream = commandStream();
    stream.next();
    stream.next();
    return stream;
  }

  Call open(String name, MethodType type) {
    return new Call(channel.newCall(method(name, type), CallOptions.DEFAULT), metadata);
  }

  @Override
  public void close() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** One call, as it goes on. */
  static final class Call extends ClientCall.Listener<byte[]> {
    final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    final BlockingQueue<Fields.Read> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Answer> end = new CompletableFuture<>();
    private final ClientCall<byte[], byte[]> call;
    private Fields.@Nullable Read last;

    Call(ClientCall<byte[], byte[]> call, Map<String, String> metadata) {
      this.call = call;
      var sent = new Metadata();
      metadata.forEach(
          (key, value) -> sent.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value));
      call.start(this, sent);
      call.request(Integer.MAX_VALUE);
    }

    void send(byte[] message) {
      call.sendMessage(message);
    }

    void send(Fields message) {
      send(message.toBytes());
    }

    /** A result of a command: running, or its end. */
    void result(String commandId, String status, byte[] output, boolean last) {
      send(
          Fields.of()
              .text(1, commandId)
              .text(2, status)
              .bytes(3, output)
              .flag(4, last)
              .inside(5, Fields.of().whole(1, System.currentTimeMillis() / 1000)));
    }

    void finish(String commandId, String status, String output) {
      result(commandId, status, output.getBytes(StandardCharsets.UTF_8), true);
    }

    void half() {
      call.halfClose();
    }

    void cancel() {
      call.cancel("gone", null);
    }

    boolean isReady() {
      return call.isReady();
    }

    Fields.Read next() throws Exception {
      var message = messages.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing came in " + SECONDS + " s");
      }
      return message;
    }

    Answer answer() throws Exception {
      return end.get(SECONDS, TimeUnit.SECONDS);
    }

    String waiting() {
      return messages.stream().map(each -> each.text(1)).collect(Collectors.joining(" "));
    }

    @Override
    public void onHeaders(Metadata received) {
      headers.complete(received);
    }

    @Override
    public void onMessage(byte[] message) {
      last = new Fields.Read(message);
      messages.add(last);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(new Answer(status, trailers, last));
    }
  }
}
