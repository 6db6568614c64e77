package dev.slipway.http;

import java.time.Duration;
import java.util.List;

/** What the plugin host asks the HTTP side; a service of this bundle. */
public interface Routes {
  /**
   * Lets a bundle that starts register its resources in peace: all are taken in at once when it is
   * settled.
   */
  void hold(String bundle);

  /**
   * Takes in the resources a bundle has registered so far; why they were refused, empty where they
   * were not.
   */
  List<String> settle(String bundle);

  /** Operation names that a bundle serves right now. */
  List<String> operations(String bundle);

  /** Sets how long the next stop of a bundle may wait for its requests in flight. */
  void drainFor(String bundle, Duration atMost);

  /**
   * Notes the routes of an inactive bundle, each {@code VERB /path}, so that they answer 503 and
   * not 404.
   */
  void noteAbsent(String bundle, List<String> verbsAndPaths);

  /** Forgets a bundle that was taken out: its routes answer 404 from now on. */
  void forget(String bundle);

  /** What calls plugins, for whatever else of theirs is called. */
  PluginCalls calls();

  /** The routes that a bundle serves right now, each {@code VERB /path}. */
  List<String> paths(String bundle);
}
