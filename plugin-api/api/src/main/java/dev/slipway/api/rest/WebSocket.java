package dev.slipway.api.rest;

import dev.slipway.api.Caller;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A WebSocket as the return value of a resource method on GET. Access, rate limits and audit are
 * those of any operation, and a refusal is an ordinary answer. Where the method returns, the
 * platform switches protocols and runs the handler on a virtual thread of its own; the socket ends
 * when the handler returns. It counts as a request in flight of its bundle: when that stops, {@link
 * Connection#receive} says so by {@link Message#END}, and the handler has the drain time to finish.
 *
 * <p>Browsers, which can set no headers, send their credential as subprotocols: {@code
 * bearer.TOKEN} and, where it is needed, {@code tenant.ID}, beside {@code slipway}, which is the
 * one that is selected.
 *
 * @param handler what to do with the connection
 * @since 1.2
 */
@ProviderType
public record WebSocket(Handler handler) {

  /** Speaks with one client. */
  @ConsumerType
  @FunctionalInterface
  public interface Handler {
    /**
     * Runs until the conversation ends; may block. What it throws closes the socket with 1011.
     *
     * @param connection to the client, for this call only; of its methods {@link
     *     Connection#receive} is for one thread at a time, the others for any
     */
    void serve(Connection connection) throws Exception;
  }

  /** A client. */
  @ProviderType
  public interface Connection {
    /**
     * The next message of the client, who is not read further before it is taken. {@link
     * Message#END} once the client is gone or may no longer be here, the bundle stops or the
     * connection was closed.
     *
     * @param atMost how long to wait
     * @return null where nothing came in that time
     */
    @Nullable Message receive(Duration atMost) throws InterruptedException;

    /**
     * Sends a binary message and waits until the network has taken it.
     *
     * @throws IOException where the client is gone or does not read for a minute
     */
    void send(byte[] data) throws IOException, InterruptedException;

    /**
     * The caller as of now: a role may have changed since the socket was opened. Null once the
     * login, the key or the seat that it was opened with is gone, or no longer enough for its
     * operation. Quick enough to be asked every second.
     *
     * @since 1.3
     */
    @Nullable Caller caller();

    /** As {@link #send(byte[])}, with a text message. */
    void send(String text) throws IOException, InterruptedException;

    /**
     * Closes the socket; a second call does nothing.
     *
     * @param code of RFC 6455, such as 1000 or 1008
     * @param reason at most 120 bytes of UTF-8
     */
    void close(int code, String reason);
  }

  /**
   * What a client sent: at most 64 KiB of data or of text.
   *
   * @param data of a binary message; null where it is none
   * @param text of a text message; null where it is none
   */
  public record Message(byte @Nullable [] data, @Nullable String text) {
    /** Nothing will come any more. */
    public static final Message END = new Message(null, null);
  }
}
