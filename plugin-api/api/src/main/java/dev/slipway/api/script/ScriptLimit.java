package dev.slipway.api.script;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a script can have too much of.
 *
 * @since 0.1.0
 */
@ProviderType
public enum ScriptLimit {
  /** Processor time. */
  CPU,
  /** Time by the clock, waiting for answers included. */
  WALL,
  /** Memory allocated over the whole run. */
  MEMORY,
  /** Statements, where an engine counts them. */
  STATEMENTS,
  /** Characters of its log, its result or the arguments of one call. */
  OUTPUT,
  /** Depth of calls. */
  STACK,
  /** Calls of API functions, or those of them that change something. */
  EFFECTS
}
