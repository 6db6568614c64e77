package dev.slipway.security.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. */
@FunctionalInterface
interface Resolver {
  /** All its addresses; at least one. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /**
   * As above, for a call that can wait.
   *
   * @param deadline of {@link System#nanoTime}
   */
  default List<InetAddress> resolve(String host, long deadline) throws UnknownHostException {
    return resolve(host);
  }
}
