package dev.slipway.pluginhost;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.AdminPage;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.api.spi.Job;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.api.spi.ScriptApi;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Stands between the platform and what plugins offer to be called: listeners hear only what their
 * plugin may hear, scripts are offered only what is granted, and they and jobs run for a bounded
 * time on the plugin's own threads. A plugin's health is its own: it does not make the platform
 * unready. Who a caller is no plugin decides.
 */
@Component(service = GuardedCallbacks.class, immediate = true)
public final class GuardedCallbacks {
  private static final Duration EVENT = Duration.ofSeconds(30);
  private static final Duration JOB = Duration.ofMinutes(10);
  private static final Duration PAGE = Duration.ofSeconds(5);
  private static final Duration HEALTH = Duration.ofSeconds(2);
  private static final Set<String> KINDS =
      Set.of(
          EventListener.class.getName(),
          Job.class.getName(),
          AdminPage.class.getName(),
          HealthCheck.class.getName(),
          ScriptApi.class.getName(),
          PrincipalSource.class.getName());

  /** Whose a service is that stands for a plugin's. */
  private static final String PLUGIN = "slipway.plugin";

  private final BundleContext context;
  private final Grants grants;
  private final Limits limits;
  private final Map<ServiceReference<EventListener>, Heard> listeners = new ConcurrentHashMap<>();
  private final ServiceTracker<EventListener, EventListener> events;
  private final ServiceTracker<Job, ServiceRegistration<Job>> jobs;
  private final ServiceTracker<AdminPage, ServiceRegistration<AdminPage>> pages;
  private final ServiceTracker<ScriptApi, ScriptApi> apis;

  /**
   * Begins to stand between.
   *
   * @param services hides what is offered before anybody takes it
   */
  @Activate
  public GuardedCallbacks(
      BundleContext context,
      @Reference GuardedServices services,
      @Reference Grants grants,
      @Reference Limits limits) {
    this.context = context;
    this.grants = grants;
    this.limits = limits;
    events = new ServiceTracker<>(context, EventListener.class, new Listeners());
    jobs = new ServiceTracker<>(context, Job.class, new Wrapped<>(Job.class, GuardedJob::new));
    pages =
        new ServiceTracker<>(
            context, AdminPage.class, new Wrapped<>(AdminPage.class, GuardedPage::new));
    var offered = new OfferedApis(context, grants, limits);
    apis = new ServiceTracker<>(context, ScriptApi.class, offered);
    events.open();
    jobs.open();
    pages.open();
    apis.open();
    grants.onChange(this::renew);
    grants.onChange(offered::renew);
  }

  @Deactivate
  void close() {
    events.close();
    jobs.close();
    pages.close();
    apis.close();
  }

  /** Whether a service is one that is called through here. */
  static boolean stands(String[] types) {
    return List.of(types).stream().anyMatch(KINDS::contains);
  }

  /** Keeps nothing of a plugin that was stopped; its calls are interrupted. */
  void forget(String plugin) {
    limits.forget(plugin);
  }

  /** What a plugin says of its health; empty where it is well. */
  Optional<String> complaint(Bundle plugin) {
    try {
      for (var reference : context.getServiceReferences(HealthCheck.class, null)) {
        if (plugin.equals(reference.getBundle())) {
          var complaint = complaint(plugin, reference);
          if (complaint.isPresent()) {
            return complaint;
          }
        }
      }
      return Optional.empty();
    } catch (InvalidSyntaxException never) {
      throw new IllegalStateException(never);
    }
  }

  private Optional<String> complaint(Bundle plugin, ServiceReference<HealthCheck> reference) {
    var check = context.getService(reference);
    if (check == null) {
      return Optional.empty();
    }
    try {
      var health = limits.call(plugin, HEALTH, check::check);
      return health.ok() ? Optional.empty() : Optional.of(health.detail());
    } catch (Exception failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    } finally {
      context.ungetService(reference);
    }
  }

  /** Lets listeners begin anew whose plugin may hear something else now. */
  private synchronized void renew() {
    listeners.forEach(
        (reference, heard) -> {
          var allowed = allowed(reference.getBundle(), heard.listener());
          if (!allowed.equals(heard.allowed())) {
            heard.withdraw();
            listeners.put(reference, offer(reference.getBundle(), heard.listener(), allowed));
          }
        });
  }

  private Optional<EventFilter> allowed(Bundle plugin, EventListener listener) {
    return grants.permissions(plugin.getSymbolicName()).heard(listener.filter());
  }

  private Heard offer(Bundle plugin, EventListener listener, Optional<EventFilter> allowed) {
    if (allowed.isEmpty()) {
      limits.report(
          plugin.getSymbolicName(), listener.name() + " hears nothing: no event is granted");
      return new Heard(listener, allowed, null);
    }
    var guarded = new GuardedListener(plugin, listener, allowed.get());
    return new Heard(
        listener, allowed, context.registerService(EventListener.class, guarded, marked(plugin)));
  }

  static Dictionary<String, Object> marked(Bundle plugin) {
    return new Hashtable<>(Map.of(GuardedServices.GUARDED, true, PLUGIN, plugin.getSymbolicName()));
  }

  private record Heard(
      EventListener listener,
      Optional<EventFilter> allowed,
      @Nullable ServiceRegistration<EventListener> offered) {
    void withdraw() {
      if (offered != null) {
        offered.unregister();
      }
    }
  }

  private final class Listeners implements ServiceTrackerCustomizer<EventListener, EventListener> {
    @Override
    public @Nullable EventListener addingService(ServiceReference<EventListener> reference) {
      if (!Bundles.isPlugin(reference.getBundle())) {
        return null;
      }
      var listener = context.getService(reference);
      if (listener != null) {
        synchronized (GuardedCallbacks.this) {
          var plugin = reference.getBundle();
          listeners.put(reference, offer(plugin, listener, allowed(plugin, listener)));
        }
      }
      return listener;
    }

    @Override
    public void modifiedService(ServiceReference<EventListener> reference, EventListener listener) {
      // Properties of the service do not matter.
    }

    @Override
    public void removedService(ServiceReference<EventListener> reference, EventListener listener) {
      synchronized (GuardedCallbacks.this) {
        var heard = listeners.remove(reference);
        if (heard != null) {
          heard.withdraw();
        }
      }
      context.ungetService(reference);
    }
  }

  private final class GuardedListener implements EventListener {
    private final Bundle plugin;
    private final EventListener listener;
    private final EventFilter allowed;

    GuardedListener(Bundle plugin, EventListener listener, EventFilter allowed) {
      this.plugin = plugin;
      this.listener = listener;
      this.allowed = allowed;
    }

    @Override
    public String name() {
      return listener.name();
    }

    @Override
    public EventFilter filter() {
      return allowed;
    }

    @Override
    public void on(StoredEvent event) throws Exception {
      limits.call(
          plugin,
          EVENT,
          () -> {
            listener.on(event);
            return true;
          });
    }
  }

  /** Offers in place of each service of a plugin one that bounds it. */
  private final class Wrapped<T> implements ServiceTrackerCustomizer<T, ServiceRegistration<T>> {
    private final Class<T> type;
    private final BiFunction<Bundle, T, T> guard;

    Wrapped(Class<T> type, BiFunction<Bundle, T, T> guard) {
      this.type = type;
      this.guard = guard;
    }

    @Override
    public @Nullable ServiceRegistration<T> addingService(ServiceReference<T> reference) {
      var plugin = reference.getBundle();
      var service = Bundles.isPlugin(plugin) ? context.getService(reference) : null;
      return service == null
          ? null
          : context.registerService(type, guard.apply(plugin, service), marked(plugin));
    }

    @Override
    public void modifiedService(
        ServiceReference<T> reference, ServiceRegistration<T> registration) {
      // Properties of the service do not matter.
    }

    @Override
    public void removedService(ServiceReference<T> reference, ServiceRegistration<T> registration) {
      registration.unregister();
      context.ungetService(reference);
    }
  }

  private final class GuardedPage implements AdminPage {
    private final Bundle plugin;
    private final AdminPage page;

    GuardedPage(Bundle plugin, AdminPage page) {
      this.plugin = plugin;
      this.page = page;
    }

    @Override
    public String title() {
      return page.title();
    }

    @Override
    public String html() throws Exception {
      var html = limits.call(plugin, PAGE, page::html);
      if (html.length() > LONGEST) {
        throw new IllegalStateException("the page is longer than " + LONGEST + " characters");
      }
      return html;
    }
  }

  private final class GuardedJob implements Job {
    private final Bundle plugin;
    private final Job job;

    GuardedJob(Bundle plugin, Job job) {
      this.plugin = plugin;
      this.job = job;
    }

    @Override
    public String name() {
      return job.name();
    }

    @Override
    public Duration every() {
      return job.every();
    }

    @Override
    public void run() throws Exception {
      limits.call(
          plugin,
          JOB,
          () -> {
            job.run();
            return true;
          });
    }
  }
}
