package dev.slipway.fleet.service.terminal;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.api.rest.WebSocket.Connection;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.terminal.TerminalSession.End;
import dev.slipway.fleet.service.terminal.Terminals.Place;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client may still be at its terminal: its login, seat and role are looked at, and, where
 * the role or rights on the server changed, its right on that.
 */
final class TerminalWatch implements AutoCloseable {
  /** The login, the key or the seat is gone. */
  static final End SIGNED_OUT = new End(null, "the login that opened it has ended");

  /** The client is no operator of the server any more. */
  static final End WITHDRAWN = new End(null, "the right to it was withdrawn");

  private final Place place;
  private final Connection client;
  private final AtomicBoolean rightsChanged = new AtomicBoolean();
  private final Signals.Subscription subscription;
  private @Nullable Membership seat;

  TerminalWatch(Place place, Connection client, Signals signals) {
    this.place = place;
    this.client = client;
    seat = place.caller().membership();
    subscription = signals.on(Topics.rights(place.serverId()), () -> rightsChanged.set(true));
  }

  @Override
  public void close() {
    subscription.close();
  }

  /** Why it is to end; null where it is not. */
  @Nullable End dismissal() {
    var caller = client.caller();
    if (caller == null) {
      return SIGNED_OUT;
    }
    if (!rightsChanged.getAndSet(false) && Objects.equals(seat, caller.membership())) {
      return null;
    }
    try {
      place.check().accept(caller);
      seat = caller.membership();
      return null;
    } catch (PlatformException refusal) {
      if (refusal.code().kind() != ErrorKind.UNAVAILABLE) {
        return WITHDRAWN;
      }
      rightsChanged.set(true);
      return null;
    }
  }
}
