package dev.slipway.api.dns;

import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All values of one name and type.
 *
 * @param name in full, in lower case and without a dot at its end; its first label may be {@code *}
 * @param ttl how long others may remember it; seconds, 1 to 2^31 - 1
 * @param values at least one, each as people write it: an address; a host name without a dot at its
 *     end; the text of a TXT record without quotes, of any length; {@code 10 mx.example.org};
 *     {@code 0 issue "ca.example.org"}
 * @since 0.1.0
 */
@ProviderType
public record DnsRecords(String name, Type type, int ttl, List<String> values) {
  /** Refuses what no zone can hold. */
  public DnsRecords {
    if (!name.equals(name.toLowerCase(Locale.ROOT)) || name.endsWith(".") || name.isBlank()) {
      throw new IllegalArgumentException("a name is in lower case, without a dot at its end");
    }
    if (ttl < 1) {
      throw new IllegalArgumentException("a TTL is at least one second");
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a set has at least one value");
    }
    values = List.copyOf(values);
  }

  /** Types of records. */
  public enum Type {
    A,
    AAAA,
    CNAME,
    TXT,
    MX,
    CAA
  }
}
