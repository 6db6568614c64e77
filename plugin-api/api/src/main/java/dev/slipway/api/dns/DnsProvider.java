package dev.slipway.api.dns;

import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever keeps the records of domains: writes those that lead to apps, prove ownership and obtain
 * certificates. What a tenant sets up is an account there. Permission {@code offers:dns-provider}.
 *
 * <p>Records come and go as whole sets: all values of one name and type. Each call ends within 30
 * seconds.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface DnsProvider extends Offering {
  /** The zones whose records this account may change, by name. */
  List<DnsZone> zones(Setup setup) throws RemoteFailure, InterruptedException;

  /**
   * The sets of records at one name, in any order; those of a type that {@link DnsRecords.Type}
   * does not have are left out. A name without records has none.
   *
   * @param name in full, in lower case and without a dot at its end, such as {@code
   *     www.example.org}
   */
  List<DnsRecords> at(DnsZone zone, String name, Setup setup)
      throws RemoteFailure, InterruptedException;

  /**
   * Puts a set in place of whatever stands at its name with its type; nothing else changes. Putting
   * it again changes nothing.
   */
  void put(DnsZone zone, DnsRecords records, Setup setup)
      throws RemoteFailure, InterruptedException;

  /** Takes away the set of a name and type; nothing happens where there is none. */
  void remove(DnsZone zone, String name, DnsRecords.Type type, Setup setup)
      throws RemoteFailure, InterruptedException;
}
