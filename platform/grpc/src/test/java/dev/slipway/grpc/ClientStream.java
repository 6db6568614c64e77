package dev.slipway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A raw client call that notes what comes in which order. */
final class ClientStream extends ClientCall.Listener<String> {
  final CompletableFuture<Metadata> headers = new CompletableFuture<>();
  final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();
  final CompletableFuture<Metadata> trailers = new CompletableFuture<>();
  final ClientCall<String, String> call;

  private ClientStream(ClientCall<String, String> call) {
    this.call = call;
  }

  static ClientStream open(Channel channel, MethodDescriptor<String, String> method) {
    var stream = begin(channel, method, CallOptions.DEFAULT, new Metadata());
    stream.call.request(100);
    return stream;
  }

  /** Opens a call that takes nothing yet. */
  static ClientStream begin(
      Channel channel,
      MethodDescriptor<String, String> method,
      CallOptions options,
      Metadata metadata) {
    var stream = new ClientStream(channel.newCall(method, options));
    stream.call.start(stream, metadata);
    return stream;
  }

  ClientStream send(String word) {
    call.sendMessage(word);
    return this;
  }

  ClientStream half() {
    call.halfClose();
    return this;
  }

  Status status() throws Exception {
    return end.get(20, TimeUnit.SECONDS);
  }

  void awaitHeaders() throws Exception {
    assertThat(headers.get(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Override
  public void onHeaders(Metadata received) {
    headers.complete(received);
  }

  @Override
  public void onMessage(String message) {
    messages.add(message);
  }

  @Override
  public void onClose(Status status, Metadata received) {
    trailers.complete(received);
    end.complete(status);
  }
}
