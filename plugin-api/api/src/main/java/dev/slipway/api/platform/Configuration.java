package dev.slipway.api.platform;

import java.math.BigDecimal;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's configuration variables, edited in the admin area and in force at once on every
 * node. A reader asks again each time; that costs no round trip.
 */
@ProviderType
public interface Configuration {
  /** The value of a variable of any type; empty where there is none or its value is empty. */
  Optional<String> text(String name);

  /** The value of a numeric variable; empty where there is none, or it is of another type. */
  Optional<BigDecimal> number(String name);
}
