package dev.slipway.security.egress;

import dev.slipway.api.PlatformException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Decides which addresses a target may be reached at. */
final class Guard {
  private static final int MAX_ADDRESSES = 32;

  private final AllowList allowed;
  private final Resolver resolver;

  Guard(AllowList allowed, Resolver resolver) {
    this.allowed = allowed;
    this.resolver = resolver;
  }

  /**
   * Whether the target is allowed as of now; what its name can not be asked for now is not known.
   *
   * @throws PlatformException 422 where the name or any one of its addresses is not allowed
   */
  void check(Target target) throws UnknownHostException {
    addresses(target, resolver::resolve);
  }

  /**
   * Resolves the target once. The answer is what to connect to: a name that is looked up again may
   * lead elsewhere.
   *
   * @param deadline of {@link System#nanoTime}
   * @throws PlatformException 422 where the name or any one of its addresses is not allowed
   */
  List<InetAddress> addresses(Target target, long deadline) throws UnknownHostException {
    return addresses(target, host -> resolver.resolve(host, deadline));
  }

  private List<InetAddress> addresses(Target target, Resolver names) throws UnknownHostException {
    var exempt = allowed.allows(target);
    if (target.isLocalName() && !exempt) {
      throw EgressError.REFUSED.of("the host is this machine");
    }
    var found = target.isLiteral() ? literal(target) : names.resolve(target.host());
    if (found.isEmpty() || found.size() > MAX_ADDRESSES) {
      throw new UnknownHostException("the host has no usable number of addresses");
    }
    for (var address : found) {
      if (!exempt && !allowed.allows(address) && !PublicAddresses.contains(address.getAddress())) {
        throw EgressError.REFUSED.of("the host's address is not public");
      }
    }
    return found;
  }

  private static List<InetAddress> literal(Target target) {
    try {
      var address = InetAddress.ofLiteral(target.host());
      // 0177.0.0.1 and 127.1 mean different addresses to different programs.
      if (target.host().indexOf(':') >= 0 || address.getHostAddress().equals(target.host())) {
        return List.of(address);
      }
    } catch (IllegalArgumentException malformed) {
      throw invalid();
    }
    throw invalid();
  }

  private static PlatformException invalid() {
    return EgressError.REFUSED.of("the host is no valid address");
  }
}
