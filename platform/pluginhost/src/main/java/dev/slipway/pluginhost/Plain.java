package dev.slipway.pluginhost;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Registers in place of each service of a plugin one that bounds it.
 *
 * @param allowed tells by its name whether a service of a plugin is offered
 */
record Plain<T>(
    BundleContext context,
    Limits limits,
    Class<T> type,
    Function<T, String> called,
    BiPredicate<Bundle, String> allowed,
    Guard<T> guard)
    implements Brought.Way<T, Boolean> {

  /** Makes what stands for a service. */
  interface Guard<T> {
    T around(Bundle plugin, T service) throws Exception;
  }

  @Override
  public String name(Bundle plugin, T service) throws Exception {
    return limits.call(plugin, Bounded.QUICK, () -> called.apply(service));
  }

  @Override
  public Optional<Boolean> terms(Bundle plugin, T service) throws Exception {
    return allowed.test(plugin, name(plugin, service)) ? Optional.of(true) : Optional.empty();
  }

  @Override
  public Runnable offer(Bundle plugin, T service, Boolean terms) throws Exception {
    var marked = GuardedCallbacks.marked(plugin);
    return context.registerService(type, guard.around(plugin, service), marked)::unregister;
  }

  @Override
  public void withheld(Bundle plugin, String name) {
    limits.report(plugin.getSymbolicName(), name + " is not offered: it is not granted");
  }
}
