package dev.slipway.api.event;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Wake-up calls between threads and nodes. A signal carries nothing: whoever hears it looks at the
 * database. Signals may be merged, and after a lost connection every subscriber is called once, so
 * that none is missed.
 */
@ProviderType
public interface Signals {
  /**
   * Raises a topic on every node. Inside a writing unit of work it is raised when that commits, and
   * not if it does not.
   *
   * @param topic at most 200 characters
   */
  void raise(String topic);

  /**
   * Calls the action whenever the topic is raised, on a thread of the platform; the action must be
   * quick.
   *
   * @return closes the subscription
   */
  Subscription on(String topic, Runnable action);

  /** Calls the action with the rest of each topic that starts with the prefix. */
  Subscription onPrefix(String prefix, java.util.function.Consumer<String> action);

  /** A subscription; closing it twice does no harm. */
  @ProviderType
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
