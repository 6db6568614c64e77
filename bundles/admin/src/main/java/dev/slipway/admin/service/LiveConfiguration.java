package dev.slipway.admin.service;

import dev.slipway.admin.ConfigVar;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Configuration;
import dev.slipway.api.spi.ConfigVariable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All variables in memory, read anew when one changed on any node. */
@Component(service = Configuration.class, immediate = true)
public final class LiveConfiguration implements Configuration {
  private final ConfigService service;
  private final Signals.Subscription subscription;
  private final AtomicInteger changes = new AtomicInteger();
  private volatile @Nullable Map<String, ConfigVar> known;

  @Activate
  public LiveConfiguration(@Reference ConfigService service, @Reference Signals signals) {
    this.service = service;
    subscription = signals.on(ConfigService.TOPIC, this::forget);
  }

  private void forget() {
    changes.incrementAndGet();
    known = null;
  }

  @Deactivate
  public void close() {
    subscription.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addVariable(ConfigVariable variable) {
    service.declare(variable);
  }

  void removeVariable(ConfigVariable variable) {
    // Its row, with what an operator has set, stays for the bundle's return.
  }

  @Override
  public Optional<String> text(String name) {
    return variable(name).map(ConfigVar::value).filter(value -> !value.isEmpty());
  }

  @Override
  public Optional<BigDecimal> number(String name) {
    return variable(name)
        .filter(row -> row.type() == ConfigVariable.Type.NUMERIC)
        .map(row -> ConfigRule.number(row.value()));
  }

  private Optional<ConfigVar> variable(String name) {
    var all = known;
    if (all == null) {
      var seen = changes.get();
      all =
          service.all().stream()
              .collect(Collectors.toUnmodifiableMap(ConfigVar::name, Function.identity()));
      known = all;
      if (changes.get() != seen) {
        // Changed while it was read: what was read serves this call alone.
        known = null;
      }
    }
    return Optional.ofNullable(all.get(name));
  }
}
