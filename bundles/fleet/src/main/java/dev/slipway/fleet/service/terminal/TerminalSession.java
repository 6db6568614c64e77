package dev.slipway.fleet.service.terminal;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The middle of a terminal: the client's side takes what the agent's side brings, one piece at a
 * time, so that neither is faster than the other. Thread-safe.
 */
public final class TerminalSession {
  private final UUID id;
  private final UUID serverId;
  private final LinkedBlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
  private final CompletableFuture<Agent> agent = new CompletableFuture<>();
  private boolean ended;

  TerminalSession(UUID id, UUID serverId) {
    this.id = id;
    this.serverId = serverId;
  }

  /** The agent's side. */
  public interface Agent {
    /** Lets the agent send the next piece. */
    void more();

    /** Sends what was typed; waits while the agent does not take it. */
    void type(byte[] data) throws InterruptedException;

    /** Sends a new size. */
    void resize(int columns, int rows) throws InterruptedException;

    /** Ends its stream, and with it the command. */
    void close();
  }

  /**
   * How it ended.
   *
   * @param exitCode null where the command did not end by itself
   * @param error why not
   */
  public record End(@Nullable Integer exitCode, @Nullable String error) {}

  /** A piece of output, or the end. */
  record Shown(byte @Nullable [] data, @Nullable End end) {}

  public UUID id() {
    return id;
  }

  UUID serverId() {
    return serverId;
  }

  /** The agent has come; false where another one has before, or nobody waits any more. */
  public boolean attach(Agent side) {
    return agent.complete(side);
  }

  boolean attached() {
    return agent.isDone();
  }

  /** The agent brings a piece; the next one comes after this was taken. */
  public void show(byte[] data) {
    shown.add(new Shown(data, null));
  }

  /** Nothing comes any more; only the first end counts. */
  public synchronized void end(End how) {
    if (!ended) {
      ended = true;
      shown.add(new Shown(null, how));
    }
  }

  /** The next piece; null where none came in this time. */
  @Nullable Shown next(long millis) throws InterruptedException {
    return shown.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** The last piece was taken. */
  void taken() {
    agent.thenAccept(Agent::more);
  }

  /** The agent's side; null where it did not come in this time. */
  @Nullable Agent agent(long millis) throws InterruptedException {
    try {
      return agent.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return null;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Nobody is there any more. */
  void close() {
    end(new End(null, "closed"));
    // Whoever comes now comes to nobody.
    agent.complete(new Nobody());
    agent.thenAccept(Agent::close);
  }

  private static final class Nobody implements Agent {
    @Override
    public void more() {
      // There is nothing to ask for.
    }

    @Override
    public void type(byte[] data) {
      // Nobody reads it.
    }

    @Override
    public void resize(int columns, int rows) {
      // Nothing has this size.
    }

    @Override
    public void close() {
      // It never was open.
    }
  }
}
