package dev.slipway.agent.runtime;

import dev.slipway.compose.StackFile;

/**
 * A stack to run.
 *
 * @param prune whether services go that the file does not know
 * @param detach whether the answer comes before the tasks run
 */
public record StackOrder(
    String name, StackFile file, boolean prune, Resolve resolve, boolean detach) {

  /** When a registry is asked which image a name means, so that all nodes run the same. */
  public enum Resolve {
    ALWAYS,
    /** Where the file names another image than before. */
    CHANGED,
    NEVER
  }
}
