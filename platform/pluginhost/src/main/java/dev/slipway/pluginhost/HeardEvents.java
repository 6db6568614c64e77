package dev.slipway.pluginhost;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Listeners of plugins hear only what their plugin may hear. */
record HeardEvents(BundleContext context, Limits limits, Grants grants)
    implements Brought.Way<EventListener, EventFilter> {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public String name(Bundle plugin, EventListener listener) throws Exception {
    return limits.call(plugin, Bounded.QUICK, listener::name);
  }

  @Override
  public Optional<EventFilter> terms(Bundle plugin, EventListener listener) throws Exception {
    var wanted = limits.call(plugin, Bounded.QUICK, listener::filter);
    return grants.permissions(plugin.getSymbolicName()).heard(wanted);
  }

  @Override
  public Runnable offer(Bundle plugin, EventListener listener, EventFilter allowed)
      throws Exception {
    var guarded = new Guarded(this, plugin, name(plugin, listener), listener, allowed);
    var marked = GuardedCallbacks.marked(plugin);
    return context.registerService(EventListener.class, guarded, marked)::unregister;
  }

  @Override
  public void withheld(Bundle plugin, String name) {
    limits.report(plugin.getSymbolicName(), name + " hears nothing: no event is granted");
  }

  private record Guarded(
      HeardEvents way, Bundle plugin, String name, EventListener listener, EventFilter filter)
      implements EventListener {
    @Override
    public void on(StoredEvent event) throws Exception {
      way.limits().run(plugin, LONGEST, () -> listener.on(event));
    }
  }
}
