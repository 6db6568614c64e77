package dev.slipway.pluginhost;

import dev.slipway.api.ai.AiProvider;
import dev.slipway.api.dns.DnsProvider;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.plugin.PluginRegistry.Extension;
import dev.slipway.api.service.ServiceTemplate;
import dev.slipway.api.spi.AdminPage;
import dev.slipway.api.spi.BoundCredentials;
import dev.slipway.api.spi.ConfigVariable;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.api.spi.Integration;
import dev.slipway.api.spi.Job;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.api.spi.ScriptUse;
import dev.slipway.api.spi.UserActivityListener;
import java.time.Duration;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Stands between the platform and what plugins offer to be called: listeners hear only what their
 * plugin may hear, scripts are offered only what is granted, and all of it runs for a bounded time
 * on the plugin's own threads. A plugin's health is its own: it does not make the platform unready.
 * Who a caller is no plugin decides, and who is active none is told.
 */
@Component(service = GuardedCallbacks.class, immediate = true)
public final class GuardedCallbacks {
  private static final Duration JOB = Duration.ofMinutes(10);
  private static final Duration SCRIPT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Set<String> KINDS =
      Set.of(
          EventListener.class.getName(),
          Job.class.getName(),
          AdminPage.class.getName(),
          HealthCheck.class.getName(),
          ScriptApi.class.getName(),
          ScriptHook.class.getName(),
          ScriptUse.class.getName(),
          Integration.class.getName(),
          ConfigVariable.class.getName(),
          NotificationChannel.class.getName(),
          DnsProvider.class.getName(),
          AiProvider.class.getName(),
          ServiceTemplate.class.getName(),
          PrincipalSource.class.getName(),
          UserActivityListener.class.getName(),
          BoundCredentials.class.getName());

  /** Whose a service is that stands for a plugin's. */
  private static final String PLUGIN = "slipway.plugin";

  private final BundleContext context;
  private final Limits limits;
  private final TenantOfferings offerings;
  private final Map<String, Brought<?, ?>> brought = new LinkedHashMap<>();

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
      @Reference Limits limits,
      @Reference TenantOfferings offerings) {
    this.context = context;
    this.limits = limits;
    this.offerings = offerings;
    var heard = new HeardEvents(context, limits, grants);
    brought.put(
        "event-listener", new Brought<>(context, EventListener.class, Bundles::isPlugin, heard));
    follow("job", Job.class, Job::name, bounded(Job.class, "run", JOB));
    Plain.Guard<AdminPage> page = bounded(AdminPage.class, "html", LOOK);
    follow(
        "admin-page",
        AdminPage.class,
        AdminPage::title,
        (plugin, service) -> new GuardedPage(page.around(plugin, service)));
    follow(
        "integration",
        Integration.class,
        Integration::name,
        bounded(Integration.class, "check", LOOK));
    follow(
        "config-variable",
        ConfigVariable.class,
        ConfigVariable::name,
        once(Snapshots.Variable::of));
    follow("script-hook", ScriptHook.class, ScriptHook::name, once(Snapshots.Hook::of));
    follow(
        "script-api",
        ScriptApi.class,
        ScriptApi::name,
        (plugin, api) -> grants.permissions(plugin.getSymbolicName()).mayOffer(api),
        (plugin, api) ->
            Bounded.of(
                ScriptApi.class,
                api,
                plugin,
                limits,
                method ->
                    Set.of("call", "dry").contains(method.getName()) ? SCRIPT : Bounded.QUICK));
    Plain.Guard<ScriptUse> use = bounded(ScriptUse.class, "usesOf", Bounded.QUICK);
    follow(
        "script-use",
        ScriptUse.class,
        service -> service.getClass().getName(),
        (plugin, service) -> new GuardedUse(plugin.getSymbolicName(), use.around(plugin, service)));
    brought.values().forEach(Brought::open);
    grants.onChange(() -> brought.values().forEach(Brought::renew));
  }

  private <T> void follow(
      String point, Class<T> type, Function<T, String> called, Plain.Guard<T> guard) {
    follow(point, type, called, (plugin, name) -> true, guard);
  }

  private <T> void follow(
      String point,
      Class<T> type,
      Function<T, String> called,
      BiPredicate<Bundle, String> allowed,
      Plain.Guard<T> guard) {
    var way = new Plain<>(context, limits, type, called, allowed, guard);
    brought.put(point, new Brought<>(context, type, Bundles::isPlugin, way));
  }

  /** One whose method of this name may take longer than the others. */
  private <T> Plain.Guard<T> bounded(Class<T> type, String slow, Duration atMost) {
    return (plugin, service) ->
        Bounded.of(
            type,
            service,
            plugin,
            limits,
            method -> method.getName().equals(slow) ? atMost : Bounded.QUICK);
  }

  private <T> Plain.Guard<T> once(Function<T, ? extends T> snapshot) {
    return (plugin, service) -> limits.call(plugin, Bounded.QUICK, () -> snapshot.apply(service));
  }

  @Deactivate
  void close() {
    brought.values().forEach(Brought::close);
  }

  /** Whether a service is one that is called through here. */
  static boolean stands(String[] types) {
    return List.of(types).stream().anyMatch(KINDS::contains);
  }

  static Dictionary<String, Object> marked(Bundle plugin) {
    return new Hashtable<>(Map.of(GuardedServices.GUARDED, true, PLUGIN, plugin.getSymbolicName()));
  }

  /** A filter that finds what stands for a plugin's services. */
  static String marks(String plugin) {
    return "(" + PLUGIN + "=" + plugin + ")";
  }

  /** Keeps nothing of a plugin that was stopped; its calls are interrupted. */
  void forget(String plugin) {
    limits.forget(plugin);
  }

  /** What a bundle brings, whether that is in effect or not. */
  List<Extension> extensions(String bundle) {
    var all = new LinkedHashMap<>(brought);
    all.putAll(offerings.brought());
    return all.entrySet().stream()
        .flatMap(
            point ->
                point
                    .getValue()
                    .all()
                    .filter(kept -> kept.bundle().getSymbolicName().equals(bundle))
                    .map(kept -> new Extension(point.getKey(), kept.name(), kept.offered())))
        .distinct()
        .sorted(Comparator.comparing(Extension::point).thenComparing(Extension::name))
        .toList();
  }

  /** What a bundle brings and does not keep the promises of its kind. */
  List<String> faults(Bundle bundle) {
    var all = new LinkedHashMap<>(brought);
    all.putAll(offerings.brought());
    return all.entrySet().stream()
        .flatMap(
            point ->
                point
                    .getValue()
                    .all()
                    .filter(kept -> kept.bundle().equals(bundle) && kept.fault() != null)
                    .map(kept -> point.getKey() + " " + kept.name() + ": " + kept.fault()))
        .sorted()
        .toList();
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
      var health = limits.call(plugin, Bounded.QUICK, check::check);
      return health.ok() ? Optional.empty() : Optional.of(health.detail());
    } catch (Exception failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    } finally {
      context.ungetService(reference);
    }
  }
}
