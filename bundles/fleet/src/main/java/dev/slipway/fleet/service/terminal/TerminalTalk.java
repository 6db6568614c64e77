package dev.slipway.fleet.service.terminal;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.PlatformException;
import dev.slipway.api.rest.WebSocket.Connection;
import dev.slipway.api.rest.WebSocket.Message;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.service.Patience;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.terminal.TerminalSession.End;
import dev.slipway.fleet.service.terminal.TerminalTalks.Parts;
import dev.slipway.fleet.service.terminal.Terminals.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client at a terminal, from its first word to the record of the last. */
final class TerminalTalk {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalTalk.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration ARRIVAL = Duration.ofSeconds(15);
  private static final Duration IDLE = Duration.ofMinutes(15);
  private static final int MOST_CELLS = 1000;
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int NOT_UNDERSTOOD = 1007;
  private static final int NOT_ALLOWED = 1008;

  private final Parts parts;
  private final Place place;
  private final Connection client;
  private final TerminalSession session;
  private final long startedNanos = System.nanoTime();
  private final AtomicLong heardNanos = new AtomicLong(startedNanos);
  private final AtomicLong typedBytes = new AtomicLong();
  private long shownBytes;
  private long lookedNanos = startedNanos;

  /** What a client says in text: its new size. */
  private record Said(@Nullable String type, @Nullable Integer cols, @Nullable Integer rows) {}

  TerminalTalk(Parts parts, Place place, Connection client) {
    this.parts = parts;
    this.place = place;
    this.client = client;
    session = parts.sessions().open(place.serverId());
  }

  void run() throws InterruptedException {
    var how = new End(null, "the platform failed");
    UUID command = null;
    try {
      parts.sessions().publish(place.caller().tenantId(), session);
      command =
          parts
              .commands()
              .submit(place.scope(), TerminalTalks.request(place, session, parts.json()))
              .id();
      how = talk(command);
    } catch (IOException gone) {
      how = new End(null, "the client is gone");
    } catch (PlatformException refused) {
      how = new End(null, refused.getMessage());
    } finally {
      parts.sessions().close(session);
      settle(command, how);
    }
    tell(how);
  }

  /** Lets go of the agent, and writes down how it ended, as soon as the database is there. */
  private void settle(@Nullable UUID command, End how) {
    Patience.patiently(
        () -> {
          parts.sessions().forget(session);
          return command != null
              && how.exitCode() == null
              && parts.commands().cancel(place.scope(), command);
        });
    Patience.patiently(
        () -> {
          CurrentOperation.bound(() -> record(how));
          return true;
        });
  }

  private End talk(UUID command) throws IOException, InterruptedException {
    var signals = parts.signals();
    try (var watch = new TerminalWatch(place, client, signals);
        var ended = signals.on(Topics.ended(command), () -> commandEnded(command));
        var come = signals.on(Topics.terminal(session.id(), false), this::hasAgent)) {
      var reader = Thread.ofVirtual().name("terminal-client").start(this::read);
      try {
        return show(watch);
      } finally {
        reader.interrupt();
        reader.join();
      }
    }
  }

  private boolean hasAgent() {
    return parts.sessions().hasAgent(place.caller().tenantId(), session);
  }

  /** An agent that never came has said why in the command's result. */
  private void commandEnded(UUID command) {
    if (!hasAgent()) {
      var error = parts.commands().find(place.scope(), command).orElseThrow().error();
      session.end(new End(null, Objects.requireNonNullElse(error, "the agent opened no terminal")));
    }
  }

  private End show(TerminalWatch watch) throws IOException, InterruptedException {
    while (true) {
      var shown = session.next(LOOK.toMillis());
      var over = look(watch, System.nanoTime());
      if (over != null) {
        return over;
      }
      if (shown != null && shown.end() != null) {
        return shown.end();
      }
      if (shown != null && shown.data() != null) {
        heardNanos.set(System.nanoTime());
        shownBytes += shown.data().length;
        client.send(shown.data());
        session.taken();
      }
    }
  }

  /** Once a second: why it is to end now; null where it is not. */
  private @Nullable End look(TerminalWatch watch, long now) {
    if (now - lookedNanos < LOOK.toNanos()) {
      return null;
    }
    lookedNanos = now;
    if (now - heardNanos.get() > IDLE.toNanos()) {
      return new End(null, "nothing happened for " + IDLE.toMinutes() + " minutes");
    }
    if (!hasAgent() && now - startedNanos > ARRIVAL.toNanos()) {
      return new End(null, "the agent opened no terminal");
    }
    return watch.dismissal();
  }

  private void read() {
    try {
      while (true) {
        var message = client.receive(LOOK);
        if (message == Message.END) {
          session.end(
              client.caller() == null
                  ? TerminalWatch.SIGNED_OUT
                  : new End(null, "the client is gone"));
          return;
        }
        if (message != null) {
          heardNanos.set(System.nanoTime());
          take(message);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IllegalArgumentException nonsense) {
      client.close(NOT_UNDERSTOOD, "text is {\"type\":\"resize\",\"cols\":80,\"rows\":24}");
      session.end(new End(null, "the client made no sense"));
    }
  }

  private void take(Message message) throws InterruptedException {
    var agent = session.agent(ARRIVAL.toMillis());
    if (agent == null) {
      return;
    }
    if (message.data() != null) {
      typedBytes.addAndGet(message.data().length);
      agent.type(message.data());
    } else {
      var said = parts.json().read(Objects.requireNonNull(message.text()), Said.class);
      if (!"resize".equals(said.type()) || outside(said.cols()) || outside(said.rows())) {
        throw new IllegalArgumentException("no size");
      }
      agent.resize(Objects.requireNonNull(said.cols()), Objects.requireNonNull(said.rows()));
    }
  }

  private static boolean outside(@Nullable Integer cells) {
    return cells == null || cells < 1 || cells > MOST_CELLS;
  }

  private void record(End how) {
    var caller = place.caller();
    Objects.requireNonNull(CurrentOperation.get()).identify("fleet.terminal.end", caller, true);
    CurrentOperation.detail("server_id", place.serverId());
    CurrentOperation.detail("app_id", place.wanted().appId());
    CurrentOperation.detail("reason", how.error());
    parts
        .db()
        .run(
            place.scope(),
            () ->
                parts
                    .events()
                    .publish(
                        new FleetEvent.TerminalClosed(
                            place.serverId(),
                            caller.tenantId(),
                            place.wanted().appId(),
                            place.container(),
                            caller.name(),
                            typedBytes.get(),
                            shownBytes,
                            Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds(),
                            how.exitCode(),
                            how.error())));
  }

  private void tell(End how) throws InterruptedException {
    var end = new LinkedHashMap<String, Object>();
    end.put("type", "exit");
    end.put("code", how.exitCode());
    if (how.error() != null) {
      end.put("error", how.error());
    }
    try {
      client.send(parts.json().write(end));
      if (isDismissal(how)) {
        client.close(NOT_ALLOWED, Objects.requireNonNull(how.error()));
      } else {
        client.close(how.error() == null ? NORMAL : GOING_AWAY, "");
      }
    } catch (IOException gone) {
      LOG.debug("the client of a terminal is gone", gone);
    }
  }

  private static boolean isDismissal(End how) {
    return how.equals(TerminalWatch.SIGNED_OUT) || how.equals(TerminalWatch.WITHDRAWN);
  }
}
