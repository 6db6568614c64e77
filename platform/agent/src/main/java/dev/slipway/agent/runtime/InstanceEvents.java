package dev.slipway.agent.runtime;

/** Told by a runtime of what happens to its instances; must not block for long. */
public interface InstanceEvents {
  /** Started, ended or failed: the next heartbeat should not wait. */
  void changed(String name);

  /** A line of output, secrets already masked. */
  void line(InstanceLine line);
}
