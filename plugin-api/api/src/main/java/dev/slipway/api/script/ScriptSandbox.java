package dev.slipway.api.script;

import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs untrusted JavaScript in processes without network, files or environment. Each run has a
 * world of its own, and limits; one that ignores them is ended with its process. Runs wait in a
 * queue that is fair between tenants and bounded for each.
 *
 * @since 0.1.0
 */
@ProviderType
public interface ScriptSandbox {
  /**
   * Has processes started soon, where there are none, so that the first run need not wait for one.
   * Returns at once. The first run or check has them started too.
   *
   * @since 1.1
   */
  void warm();

  /**
   * Runs a source and waits for the outcome, which always comes: within the timeout and a second
   * after the run has begun. It begins or is rejected: it waits ten seconds at most for its turn,
   * and thirty more for a process where none is warm yet.
   */
  ScriptOutcome run(ScriptTask task, ScriptHost host) throws InterruptedException;

  /**
   * Parses a source and loads it without calling its function.
   *
   * @param name of the file, for messages
   * @return what is wrong, in order of place; empty where nothing is
   * @throws dev.slipway.api.PlatformException 429 where too much waits already, 503 where no
   *     process is to be had
   */
  List<ScriptFault> check(UUID tenantId, String name, String source) throws InterruptedException;
}
