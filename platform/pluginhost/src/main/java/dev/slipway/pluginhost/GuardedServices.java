package dev.slipway.pluginhost;

import dev.slipway.api.event.Events;
import dev.slipway.api.net.Egress;
import dev.slipway.api.script.Scripts;
import java.util.Collection;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Decides which services a plugin sees: instead of the platform's event log, network and scripts it
 * gets ones that ask its permissions, and what only the platform's own parts are meant for it does
 * not see. In the other direction, what a plugin offers to be called is hidden from the platform
 * behind {@link GuardedCallbacks}.
 */
@Component(service = GuardedServices.class, immediate = true)
public final class GuardedServices implements FindHook, EventListenerHook {
  /** Marks a service that stands for another one. */
  static final String GUARDED = "slipway.guarded";

  private static final Set<String> REPLACED =
      Set.of(Events.class.getName(), Egress.class.getName(), Scripts.class.getName());

  /** With these a plugin could lift its own limits or act as somebody else. */
  private static final Set<String> WITHHELD =
      Set.of(
          "dev.slipway.api.plugin.PluginRegistry",
          "dev.slipway.api.plugin.PluginTrust",
          "dev.slipway.api.plugin.Offerings",
          "dev.slipway.api.security.AccessTokens",
          "dev.slipway.api.security.AuditLog",
          "dev.slipway.api.security.PrincipalCache",
          "dev.slipway.api.platform.Configuration");

  private final BundleContext context;
  private final List<ServiceRegistration<?>> registrations;
  private final Map<Scripts, ServiceRegistration<?>> scripts = new HashMap<>();

  @Activate
  public GuardedServices(
      BundleContext context,
      @Reference Grants grants,
      @Reference Limits limits,
      @Reference(target = "(!(slipway.guarded=*))") Events events,
      @Reference(target = "(!(slipway.guarded=*))") Egress egress) {
    this.context = context;
    registrations =
        List.of(
            offer(Events.class, (plugin, id) -> new PluginEvents(id, events, grants, limits)),
            offer(Egress.class, (plugin, id) -> new PluginEgress(id, egress, grants, limits)),
            context.registerService(
                new String[] {FindHook.class.getName(), EventListenerHook.class.getName()},
                this,
                new Hashtable<>()));
  }

  /** The feature that runs scripts has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = "(!(slipway.guarded=*))")
  public synchronized void setScripts(Scripts running) {
    scripts.put(
        running, offer(Scripts.class, (plugin, id) -> new PluginScripts(id, running, context)));
  }

  /** It goes. */
  public synchronized void unsetScripts(Scripts running) {
    var offered = scripts.remove(running);
    if (offered != null) {
      offered.unregister();
    }
  }

  @Deactivate
  void close() {
    // The hook goes last: without it plugins would see what they must not.
    registrations.forEach(ServiceRegistration::unregister);
  }

  private <T> ServiceRegistration<?> offer(Class<T> type, BiFunction<Bundle, String, T> guard) {
    Dictionary<String, Object> marked = new Hashtable<>(Map.of(GUARDED, true));
    return context.registerService(type, new PerPlugin<>(guard), marked);
  }

  @Override
  public void find(
      BundleContext seeker,
      String name,
      String filter,
      boolean all,
      Collection<ServiceReference<?>> references) {
    references.removeIf(reference -> !sees(seeker.getBundle(), reference));
  }

  @Override
  public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
    var reference = event.getServiceReference();
    listeners.keySet().removeIf(listener -> !sees(listener.getBundle(), reference));
  }

  private boolean sees(Bundle seeker, ServiceReference<?> reference) {
    if (seeker.equals(context.getBundle()) || seeker.getBundleId() == 0) {
      return true;
    }
    var offers = (String[]) reference.getProperty("objectClass");
    var guarded = reference.getProperty(GUARDED) != null;
    var provider = reference.getBundle();
    var byPlugin = provider != null && Bundles.isPlugin(provider);
    if (!Bundles.isPlugin(seeker)) {
      return byPlugin
          ? !GuardedCallbacks.stands(offers)
          : !guarded || GuardedCallbacks.stands(offers);
    }
    if (byPlugin || guarded) {
      return byPlugin || !GuardedCallbacks.stands(offers);
    }
    var types = List.of(offers);
    return !GuardedCallbacks.stands(offers)
        && types.stream().noneMatch(type -> REPLACED.contains(type) || WITHHELD.contains(type))
        && !types.stream().allMatch(GuardedServices::isInside);
  }

  /** Services of the platform's parts to each other. */
  private static boolean isInside(String type) {
    return type.startsWith("dev.slipway.")
        && !type.startsWith("dev.slipway.api.")
        && !type.startsWith("dev.slipway.data.");
  }

  private record PerPlugin<T>(BiFunction<Bundle, String, T> guard) implements ServiceFactory<T> {
    @Override
    public T getService(Bundle plugin, ServiceRegistration<T> registration) {
      return guard.apply(plugin, plugin.getSymbolicName());
    }

    @Override
    public void ungetService(Bundle plugin, ServiceRegistration<T> registration, T service) {
      // It holds nothing that would have to be given back.
    }
  }
}
