package dev.slipway.agent.runtime.process;

import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Loopback ports for instances, from a range below the kernel's ephemeral ports, so that no
 * outgoing connection takes one between its choice and its use.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;
  private static final int TRIES = 500;

  private final Set<Integer> taken = new HashSet<>();
  private final RandomGenerator random = RandomGenerator.getDefault();

  synchronized int take() throws RuntimeRefusal {
    for (int i = 0; i < TRIES; i++) {
      int port = FIRST + random.nextInt(COUNT);
      if (!taken.contains(port) && isFree(port)) {
        taken.add(port);
        return port;
      }
    }
    throw new RuntimeRefusal("no free port between " + FIRST + " and " + (FIRST + COUNT - 1));
  }

  /** Notes a port that an earlier life of the agent gave out. */
  synchronized void hold(int port) {
    taken.add(port);
  }

  synchronized void giveBack(int port) {
    taken.remove(port);
  }

  static boolean isFree(int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
