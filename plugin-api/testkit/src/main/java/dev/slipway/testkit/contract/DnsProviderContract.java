package dev.slipway.testkit.contract;

import dev.slipway.api.dns.DnsProvider;
import dev.slipway.api.dns.DnsRecords;
import dev.slipway.api.dns.DnsRecords.Type;
import dev.slipway.api.dns.DnsZone;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link DnsProvider} promises; for a {@code @TestFactory}. */
public final class DnsProviderContract {
  private static final int TTL = 300;
  private static final Map<Type, List<String>> SAMPLES =
      Map.of(
          Type.A, List.of("192.0.2.1", "192.0.2.2"),
          Type.AAAA, List.of("2001:db8::1"),
          Type.CNAME, List.of("edge.example.net"),
          Type.TXT, List.of("a b", "quoted \" and \\ and ; é", "x".repeat(700)),
          Type.MX, List.of("10 mx1.example.net", "20 mx2.example.net"),
          Type.CAA, List.of("0 issue \"ca.example.net\""));

  private DnsProviderContract() {}

  /**
   * The cases.
   *
   * @param zone name of a zone that the other side has, which may hold records already
   */
  public static Stream<DynamicNode> tests(Remote<? extends DnsProvider> remote, String zone) {
    var checks = new Checks(remote, zone);
    var cases = new Cases();
    Remote.addDescription(cases, remote.offering(), remote.usual());
    cases.add("zones are told by name", checks::zones);
    for (var type : Type.values()) {
      cases.add(type + " records come and go", () -> checks.comeAndGo(type));
    }
    cases.add("a set takes the place of the one before", checks::replaced);
    cases.add("putting the same again changes nothing", checks::again);
    cases.add("sets of other types and names stay", checks::othersStay);
    cases.add("a wildcard and the zone itself are names", checks::specialNames);
    cases.add("removing what is not there does nothing", checks::removedTwice);
    cases.add("a name without records has none", checks::nothing);
    remote.addFailures(cases, setup -> remote.offering().zones(setup));
    remote.addGarbage(cases, setup -> remote.offering().zones(setup));
    return cases.all();
  }

  private record Checks(Remote<? extends DnsProvider> remote, String name) {
    private DnsProvider provider() {
      remote.side().recover();
      return remote.offering();
    }

    private DnsZone zone() throws Exception {
      return provider().zones(remote.usual()).stream()
          .filter(zone -> zone.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no zone " + name));
    }

    private void put(String label, Type type, List<String> values) throws Exception {
      var records = new DnsRecords(label + "." + name, type, TTL, values);
      provider().put(zone(), records, remote.usual());
    }

    private void remove(String label, Type type) throws Exception {
      provider().remove(zone(), label + "." + name, type, remote.usual());
    }

    private Map<Type, Set<String>> at(String full) throws Exception {
      return provider().at(zone(), full, remote.usual()).stream()
          .peek(it -> Assertions.assertEquals(full, it.name(), "name"))
          .collect(Collectors.toMap(DnsRecords::type, it -> Set.copyOf(it.values())));
    }

    private Map<Type, Set<String>> label(String label) throws Exception {
      return at(label + "." + name);
    }

    void zones() throws Exception {
      var names = provider().zones(remote.usual()).stream().map(DnsZone::name).toList();
      Assertions.assertEquals(names.stream().sorted().distinct().toList(), names, "zones");
      zone();
    }

    void comeAndGo(Type type) throws Exception {
      var label = "contract-" + type.name().toLowerCase(java.util.Locale.ROOT);
      put(label, type, SAMPLES.get(type));
      Assertions.assertEquals(Map.of(type, Set.copyOf(SAMPLES.get(type))), label(label));
      var ttl = provider().at(zone(), label + "." + name, remote.usual()).getFirst().ttl();
      Assertions.assertEquals(TTL, ttl, "TTL");
      remove(label, type);
      Assertions.assertEquals(Map.of(), label(label));
    }

    void replaced() throws Exception {
      put("contract-set", Type.A, List.of("192.0.2.1", "192.0.2.2"));
      put("contract-set", Type.A, List.of("192.0.2.3"));
      Assertions.assertEquals(Map.of(Type.A, Set.of("192.0.2.3")), label("contract-set"));
      remove("contract-set", Type.A);
    }

    void again() throws Exception {
      put("contract-again", Type.TXT, List.of("same"));
      put("contract-again", Type.TXT, List.of("same"));
      Assertions.assertEquals(Map.of(Type.TXT, Set.of("same")), label("contract-again"));
      remove("contract-again", Type.TXT);
    }

    void othersStay() throws Exception {
      put("contract-a", Type.A, List.of("192.0.2.1"));
      put("contract-a", Type.TXT, List.of("text"));
      put("sub.contract-a", Type.TXT, List.of("below"));
      remove("contract-a", Type.A);
      Assertions.assertEquals(Map.of(Type.TXT, Set.of("text")), label("contract-a"));
      Assertions.assertEquals(Map.of(Type.TXT, Set.of("below")), label("sub.contract-a"));
      remove("contract-a", Type.TXT);
      remove("sub.contract-a", Type.TXT);
    }

    void specialNames() throws Exception {
      put("*.contract-wild", Type.A, List.of("192.0.2.1"));
      Assertions.assertEquals(Map.of(Type.A, Set.of("192.0.2.1")), label("*.contract-wild"));
      Assertions.assertEquals(Map.of(), label("other.contract-wild"));
      remove("*.contract-wild", Type.A);
      provider().put(zone(), new DnsRecords(name, Type.TXT, TTL, List.of("apex")), remote.usual());
      Assertions.assertEquals(Set.of("apex"), at(name).get(Type.TXT));
      provider().remove(zone(), name, Type.TXT, remote.usual());
    }

    void removedTwice() throws Exception {
      put("contract-twice", Type.A, List.of("192.0.2.1"));
      remove("contract-twice", Type.A);
      remove("contract-twice", Type.A);
    }

    void nothing() throws Exception {
      Assertions.assertEquals(Map.of(), label("contract-nothing"));
    }
  }
}
