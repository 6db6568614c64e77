package dev.slipway.pluginhost;

import dev.slipway.api.CommonError;
import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.Offerings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What features and plugins offer to tenants. Of two bundles with the same key the one that came
 * first stays; of two versions of one plugin the newer one is used.
 */
@Component(service = {Offerings.class, TenantOfferings.class})
public final class TenantOfferings implements Offerings {
  private final Grants grants;
  private final Limits limits;
  private final Json json;
  private final AtomicLong arrivals = new AtomicLong();
  private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();
  private final Map<String, Brought<?, ?>> brought = new LinkedHashMap<>();

  /** By their arrival in the map, so that the first is the oldest. */
  private record Entry(Point point, long bundleId, Offered<?> offered) {
    String place() {
      return point.word() + " " + offered.key();
    }
  }

  @Activate
  public TenantOfferings(
      BundleContext context,
      @Reference Grants grants,
      @Reference Limits limits,
      @Reference Json json) {
    this.grants = grants;
    this.limits = limits;
    this.json = json;
    for (var point : Point.values()) {
      brought.put(point.word(), follow(context, point, point.type()));
    }
    brought.values().forEach(Brought::open);
    grants.onChange(() -> brought.values().forEach(Brought::renew));
  }

  private <T extends Offering> Brought<T, Boolean> follow(
      BundleContext context, Point point, Class<T> type) {
    // What stands for a plugin's service is not registered again, so none is met twice.
    return new Brought<>(context, type, bundle -> true, new Way<>(point, type));
  }

  @Deactivate
  void close() {
    brought.values().forEach(Brought::close);
  }

  Map<String, Brought<?, ?>> brought() {
    return brought;
  }

  @Override
  public <T extends Offering> List<Offered<T>> all(Class<T> kind) {
    return inEffect()
        .filter(it -> it.kind() == kind)
        .map(it -> TenantOfferings.<T>cast(it))
        .toList();
  }

  @Override
  public <T extends Offering> Optional<Offered<T>> find(Class<T> kind, String key) {
    return all(kind).stream().filter(it -> it.key().equals(key)).findFirst();
  }

  @Override
  public List<Offered<?>> of(String bundle) {
    return inEffect().filter(it -> it.bundle().equals(bundle)).collect(Collectors.toList());
  }

  @Override
  public Setup setup(Offered<?> offered, String path, Map<String, @Nullable Object> values) {
    var schema = SettingsSchema.of("configuration", offered.schema());
    var faults = schema.check(path, values);
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
    return new Setup(schema.complete(values));
  }

  /** By point and key. */
  private Stream<Offered<?>> inEffect() {
    BinaryOperator<Entry> used =
        (first, other) ->
            other.offered().bundle().equals(first.offered().bundle())
                    && other.bundleId() > first.bundleId()
                ? other
                : first;
    return entries.values().stream()
        .collect(Collectors.toMap(Entry::place, it -> it, used, TreeMap::new))
        .values()
        .stream()
        .map(Entry::offered);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Offering> Offered<T> cast(Offered<?> offered) {
    return (Offered<T>) offered;
  }

  private final class Way<T extends Offering> implements Brought.Way<T, Boolean> {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_DESCRIPTION = 300;

    private final Point point;
    private final Class<T> type;

    Way(Point point, Class<T> type) {
      this.point = point;
      this.type = type;
    }

    private T callable(Bundle bundle, T service) {
      return Bundles.isPlugin(bundle)
          ? Bounded.of(type, service, bundle, limits, point::longest)
          : service;
    }

    @Override
    public String name(Bundle bundle, T service) {
      return callable(bundle, service).key();
    }

    @Override
    public Optional<Boolean> terms(Bundle bundle, T service) {
      var allowed =
          !Bundles.isPlugin(bundle) || grants.permissions(bundle.getSymbolicName()).mayOffer(point);
      return allowed ? Optional.of(true) : Optional.empty();
    }

    @Override
    public Runnable offer(Bundle bundle, T service, Boolean terms) {
      var entry =
          new Entry(point, bundle.getBundleId(), described(bundle, callable(bundle, service)));
      var number = arrivals.incrementAndGet();
      entries.put(number, entry);
      entries.values().stream()
          .filter(it -> it.place().equals(entry.place()))
          .map(it -> it.offered().bundle())
          .filter(other -> !other.equals(bundle.getSymbolicName()))
          .findFirst()
          .ifPresent(
              other ->
                  limits.report(
                      bundle.getSymbolicName(),
                      entry.place() + " is not used: it is that of " + other));
      return () -> entries.remove(number);
    }

    @Override
    public void withheld(Bundle bundle, String name) {
      limits.report(
          bundle.getSymbolicName(),
          "%s %s is not offered: it is not granted".formatted(point.word(), name));
    }

    private Offered<T> described(Bundle bundle, T service) {
      var key = service.key();
      require(key.matches(Offering.KEY), "its key is not of the form " + Offering.KEY);
      var name = service.name();
      require(!name.isBlank() && name.length() <= LONGEST_NAME, "its name has 1 to 60 characters");
      var description = service.description();
      require(description.length() <= LONGEST_DESCRIPTION, "its description is too long");
      var schema = schema(service.configuration());
      var faults = schema.faults();
      require(faults.isEmpty(), String.join("; ", faults));
      return new Offered<>(
          type,
          point.word(),
          bundle.getSymbolicName(),
          key,
          name,
          description,
          schema.members(),
          schema.secrets().stream().sorted(Comparator.naturalOrder()).toList(),
          service);
    }

    @SuppressWarnings("unchecked")
    private SettingsSchema schema(String text) {
      try {
        return SettingsSchema.of("configuration", json.read(text, Map.class));
      } catch (RuntimeException malformed) {
        throw new IllegalArgumentException("its configuration is no JSON object");
      }
    }

    private void require(boolean holds, String fault) {
      if (!holds) {
        throw new IllegalArgumentException(fault);
      }
    }
  }
}
