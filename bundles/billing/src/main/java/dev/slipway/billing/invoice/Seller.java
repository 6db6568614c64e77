package dev.slipway.billing.invoice;

import dev.slipway.api.platform.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Who sells, as the operator says it.
 *
 * @param address lines
 * @param note such as terms of payment; empty where there is none
 */
public record Seller(String name, List<String> address, String taxId, String email, String note) {
  public Seller {
    address = List.copyOf(address);
  }

  /** Reads {@code slipway.billing.seller.*}; lines of the address are separated by {@code |}. */
  public static Seller of(Platform platform) {
    return new Seller(
        setting(platform, "name", "Slipway"),
        Arrays.stream(setting(platform, "address", "").split("\\|"))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList(),
        setting(platform, "tax.id", ""),
        setting(platform, "email", ""),
        setting(platform, "note", ""));
  }

  private static String setting(Platform platform, String name, String otherwise) {
    return Objects.requireNonNullElse(
        platform.setting("slipway.billing.seller." + name), otherwise);
  }
}
