package dev.slipway.agent.edge;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Says where an instance answers at this moment; asked for every request. */
@FunctionalInterface
public interface Upstreams {
  /** Empty when there is no such instance or it does not run. */
  Optional<InetSocketAddress> address(String instance, int port);
}
