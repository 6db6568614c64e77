package dev.slipway.billing.stripe;

import com.stripe.model.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Readings that several of Stripe's objects need. */
final class Remote {
  private Remote() {}

  static @Nullable Instant time(@Nullable Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }

  static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** Name and address as lines; what is unknown is left out. */
  static List<String> customer(
      @Nullable String name, @Nullable String email, @Nullable Address address) {
    var lines = new ArrayList<String>();
    add(lines, name);
    if (address != null) {
      add(lines, address.getLine1());
      add(lines, address.getLine2());
      add(lines, joined(address.getPostalCode(), address.getCity(), address.getState()));
      add(lines, country(address.getCountry()));
    }
    add(lines, email);
    return lines;
  }

  /** The rate behind a tax, to two places, such as {@code 19} or {@code 8.25}. */
  static String rate(long tax, long taxable) {
    if (taxable == 0) {
      return "";
    }
    var percent = Math.round(tax * 10_000.0 / taxable);
    var places = percent % 100 == 0 ? 0 : percent % 10 == 0 ? 1 : 2;
    return String.format(Locale.ROOT, " %." + places + "f %%", percent / 100.0);
  }

  private static void add(List<String> lines, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      lines.add(text.strip());
    }
  }

  private static String joined(@Nullable String... parts) {
    return Stream.of(parts)
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static @Nullable String country(@Nullable String code) {
    return code == null ? null : Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }
}
