package dev.slipway.plugins.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.ai.AiModel;
import dev.slipway.api.ai.AiProvider;
import dev.slipway.api.dns.DnsProvider;
import dev.slipway.api.dns.DnsZone;
import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.Notification.Severity;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.plugin.Offerings;
import dev.slipway.api.plugin.Offerings.Offered;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.service.ServiceOrder;
import dev.slipway.api.service.ServicePlan;
import dev.slipway.api.service.ServiceProfile.Module;
import dev.slipway.api.service.ServiceTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uses an offering once, in a way that changes nothing but that a channel tells of the trial. */
@Component(service = Trials.class)
public final class Trials {
  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
  private static final String PATH = "configuration";

  private final PluginRegistry registry;
  private final Offerings offerings;

  @Activate
  public Trials(@Reference PluginRegistry registry, @Reference Offerings offerings) {
    this.registry = registry;
    this.offerings = offerings;
  }

  /** What a bundle offers to tenants right now; refuses with 404 where there is no such bundle. */
  public List<Offered<?>> of(String bundle) {
    return offerings.of(registry.get(bundle).id());
  }

  /** Tries an offering of a bundle with what a tenant would set up. */
  public Trial run(
      Caller caller, String bundle, String point, String key, Map<String, @Nullable Object> values)
      throws InterruptedException {
    var offered =
        of(bundle).stream()
            .filter(it -> it.point().equals(point) && it.key().equals(key))
            .findFirst()
            .orElseThrow(() -> CommonError.NOT_FOUND.of(point));
    var setup = offerings.setup(offered, PATH, values);
    var began = System.nanoTime();
    try {
      var seen = use(offered.service(), caller.tenantId(), setup);
      return new Trial(true, seen.status(), null, since(began), seen.found());
    } catch (RemoteFailure failure) {
      var status = failure.status() == 0 ? null : failure.status();
      return new Trial(false, status, failure.getMessage(), since(began), List.of());
    } catch (PlatformException refused) {
      return new Trial(false, null, refused.getMessage(), since(began), List.of());
    } catch (RuntimeException fault) {
      // Strangers' code: what it throws is not for clients.
      LOG.warn("{} {} of {} failed", point, key, bundle, fault);
      return new Trial(false, null, "the plugin itself has failed", since(began), List.of());
    }
  }

  private record Seen(@Nullable Integer status, List<String> found) {
    static Seen of(List<String> found) {
      return new Seen(null, found);
    }
  }

  private static Seen use(Offering offering, UUID tenantId, Setup setup)
      throws RemoteFailure, InterruptedException {
    return switch (offering) {
      case NotificationChannel channel -> tell(channel, tenantId, setup);
      case DnsProvider provider ->
          Seen.of(provider.zones(setup).stream().map(DnsZone::name).toList());
      case AiProvider provider ->
          Seen.of(provider.models(setup).stream().map(AiModel::id).toList());
      case ServiceTemplate template -> plan(template, setup);
      default -> Seen.of(List.of());
    };
  }

  private static Seen tell(NotificationChannel channel, UUID tenantId, Setup setup)
      throws RemoteFailure, InterruptedException {
    var trial =
        Notification.of(
            tenantId, Severity.INFO, "A trial of Slipway", "If you read this, the channel works.");
    var status = channel.send(trial, setup).status();
    return new Seen(status == 0 ? null : status, List.of());
  }

  private static Seen plan(ServiceTemplate template, Setup setup) {
    var profile = template.profile();
    var modules =
        profile.modules().stream()
            .filter(Module::usual)
            .map(Module::key)
            .collect(Collectors.toSet());
    var secrets = new HashMap<String, String>();
    profile.secrets().forEach(secret -> secrets.put(secret, "x".repeat(32)));
    var order =
        new ServiceOrder(
            "trial", profile.versions().getFirst(), modules, profile.minMemoryMb(), secrets, setup);
    return Seen.of(
        template.plan(order).containers().stream().map(ServicePlan.Container::image).toList());
  }

  private static long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
