package dev.slipway.agent.edge;

import java.net.InetAddress;
import java.util.Optional;

/** IP addresses as text; a name is never looked up. */
public final class IpLiteral {
  private IpLiteral() {}

  public static Optional<InetAddress> parse(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
