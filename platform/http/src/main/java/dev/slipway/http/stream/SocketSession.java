package dev.slipway.http.stream;

import dev.slipway.api.Caller;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.api.rest.WebSocket.Message;
import dev.slipway.http.request.Exchange;
import dev.slipway.telemetry.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. The next frame is asked for only when a message was taken, so a client is read no
 * faster than its handler works.
 */
final class SocketSession implements FrameHandler, WebSocket.Connection {
  /** Bytes of a message. */
  static final int LARGEST = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);
  private static final Duration STALLED = Duration.ofMinutes(1);
  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final WebSocket socket;
  private final Exchange exchange;
  private final Metrics metrics;
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ReentrantLock sending = new ReentrantLock();
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private volatile @Nullable CoreSession session;
  private volatile boolean over;
  private volatile @Nullable Caller caller;
  private final AtomicBoolean left = new AtomicBoolean();
  private byte kind = OpCode.UNDEFINED;
  private long pingedNanos = System.nanoTime();

  private record Received(Message message, Callback taken) {}

  SocketSession(WebSocket socket, Exchange exchange, Metrics metrics) {
    this.socket = socket;
    this.exchange = exchange;
    this.metrics = metrics;
    caller = exchange.caller();
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    opened.demand();
    Thread.ofVirtual().name("socket-" + exchange.requestId()).start(this::serve);
  }

  private void serve() {
    var bundle = Objects.requireNonNull(exchange.bound()).bundle();
    metrics.stream(1);
    try (var stopped = bundle.stream(this::end)) {
      if (bundle.closing()) {
        end();
      }
      exchange.run(this::handle);
    } catch (Exception failure) {
      LOG.error("a socket failed", failure);
    } finally {
      close(caller == null ? CloseStatus.POLICY_VIOLATION : CloseStatus.NORMAL, "");
      metrics.stream(-1);
      leave();
    }
  }

  private void handle() {
    try {
      socket.handler().serve(this);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.error("the handler of a socket failed", failure);
      close(CloseStatus.SERVER_ERROR, "");
    }
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> data(frame, callback);
      case OpCode.CLOSE -> callback.succeeded();
      default -> goOn(callback);
    }
  }

  /** A frame was dealt with; the next one may come. */
  private void goOn(Callback callback) {
    callback.succeeded();
    var open = session;
    if (open != null && open.isInputOpen()) {
      open.demand();
    }
  }

  private void data(Frame frame, Callback callback) {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      kind = frame.getOpCode();
    }
    var payload = frame.getPayload();
    if (payload != null) {
      if (gathered.size() + payload.remaining() > LARGEST) {
        refuse(CloseStatus.MESSAGE_TOO_LARGE, "at most 64 KiB", callback);
        return;
      }
      var bytes = new byte[payload.remaining()];
      payload.get(bytes);
      gathered.writeBytes(bytes);
    }
    if (!frame.isFin()) {
      goOn(callback);
      return;
    }
    var whole = gathered.toByteArray();
    gathered.reset();
    try {
      received.add(new Received(message(whole), callback));
    } catch (CharacterCodingException malformed) {
      refuse(CloseStatus.BAD_PAYLOAD, "not UTF-8", callback);
    }
  }

  private Message message(byte[] whole) throws CharacterCodingException {
    return kind == OpCode.TEXT
        ? new Message(
            null, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString())
        : new Message(whole, null);
  }

  private void refuse(int code, String reason, Callback callback) {
    close(code, reason);
    end();
    callback.succeeded();
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    LOG.debug("a socket broke off", cause);
    end();
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    if (session == null) {
      // Gone before it was open: nobody serves it, and its bundle must not wait for it.
      leave();
    }
    end();
    callback.succeeded();
  }

  /** Ends the request, once. */
  void leave() {
    if (left.compareAndSet(false, true)) {
      exchange.end();
    }
  }

  private void end() {
    received.add(new Received(Message.END, Callback.NOOP));
  }

  @Override
  public @Nullable Message receive(Duration atMost) throws InterruptedException {
    if (over) {
      return Message.END;
    }
    if (caller() == null) {
      over = true;
      return Message.END;
    }
    ping();
    var next = received.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (next == null) {
      return null;
    }
    if (next.message() == Message.END) {
      over = true;
    } else {
      goOn(next.taken());
    }
    return next.message();
  }

  @Override
  public @Nullable Caller caller() {
    try {
      // Who is gone once stays out of what was opened before.
      caller = caller == null ? null : exchange.callerNow();
    } catch (PlatformException refusal) {
      // Nobody can take anything away while that can not be asked.
      if (refusal.code().kind() != ErrorKind.UNAVAILABLE) {
        caller = null;
      }
    }
    return caller;
  }

  /** Its answer shows that the client is still there. */
  private void ping() {
    var now = System.nanoTime();
    if (now - pingedNanos > PING_NANOS) {
      pingedNanos = now;
      Objects.requireNonNull(session).sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }
  }

  @Override
  public void send(byte[] data) throws IOException, InterruptedException {
    send(OpCode.BINARY, data);
  }

  @Override
  public void send(String text) throws IOException, InterruptedException {
    send(OpCode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private void send(byte code, byte[] data) throws IOException, InterruptedException {
    var sent = new CompletableFuture<Boolean>();
    var done = Callback.from(() -> sent.complete(true), sent::completeExceptionally);
    sending.lockInterruptibly();
    try {
      Objects.requireNonNull(session)
          .sendFrame(new Frame(code, ByteBuffer.wrap(data)), done, false);
      sent.get(STALLED.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException gone) {
      throw new IOException("the client does not take it", gone);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close(int code, String reason) {
    var open = session;
    if (open != null) {
      open.close(code, reason, Callback.NOOP);
    }
  }
}
