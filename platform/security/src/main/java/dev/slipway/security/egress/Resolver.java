package dev.slipway.security.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks a name up. */
@FunctionalInterface
interface Resolver {
  /** All its addresses; at least one. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
