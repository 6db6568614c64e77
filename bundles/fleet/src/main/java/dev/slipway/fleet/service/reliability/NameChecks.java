package dev.slipway.fleet.service.reliability;

import dev.slipway.fleet.ServerRoutes.Route;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.reliability.Names.Addresses;
import dev.slipway.fleet.service.reliability.Names.Answer;
import dev.slipway.fleet.service.reliability.Names.Silence;
import dev.slipway.fleet.service.reliability.Names.Unknown;
import dev.slipway.fleet.service.reliability.Reliability.Check;
import dev.slipway.fleet.service.reliability.Reliability.Finding;
import dev.slipway.fleet.service.reliability.Reliability.Subject;
import dev.slipway.fleet.service.reliability.Reliability.Surface;
import dev.slipway.fleet.service.reliability.Reliability.Verdict;
import dev.slipway.fleet.store.server.Checked;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the names of routes lead to the servers that serve them; not for a unit of work. */
final class NameChecks {
  private static final int MOST = 100;
  private static final int LONGEST_NAME = 253;

  /** Names that no public name server knows, by RFC 6761, 6762 and 8375 and by ICANN. */
  private static final Set<String> PRIVATE = Set.of("localhost", "local", "internal", "arpa");

  private final Residents residents;
  private final Names names;

  NameChecks(Residents residents, Names names) {
    this.residents = residents;
    this.names = names;
  }

  private record Place(Checked server, String domain) {}

  /**
   * One check for each name on each server.
   *
   * @param appId names of this app alone
   */
  List<Check> check(UUID tenantId, List<Checked> servers, @Nullable UUID appId, Instant now) {
    var places = servers.stream().flatMap(server -> places(tenantId, server, appId)).toList();
    if (places.isEmpty()) {
      return List.of(
          MeasuredChecks.unmeasured(Surface.DNS, "No public name leads to these servers.", now));
    }
    var some = places.stream().limit(MOST).toList();
    var answers = names.resolve(some.stream().map(Place::domain).distinct().toList());
    var checks = new ArrayList<Check>();
    for (var place : some) {
      checks.add(check(place, answers.get(place.domain()), now));
    }
    if (places.size() > MOST) {
      var rest = (places.size() - MOST) + " more names were not looked at.";
      checks.add(MeasuredChecks.unmeasured(Surface.DNS, rest, now));
    }
    return checks;
  }

  private Stream<Place> places(UUID tenantId, Checked server, @Nullable UUID appId) {
    return residents.routes(tenantId, server.id()).stream()
        .filter(route -> appId == null || route.appId().equals(appId))
        .map(Route::domain)
        .distinct()
        .filter(NameChecks::isPublic)
        .map(domain -> new Place(server, domain));
  }

  private static boolean isPublic(String domain) {
    var last = domain.lastIndexOf('.');
    return last > 0
        && domain.length() <= LONGEST_NAME
        && !domain.startsWith("*")
        && !Character.isDigit(domain.charAt(domain.length() - 1))
        && !PRIVATE.contains(domain.substring(last + 1));
  }

  private static Check check(Place place, Answer answer, Instant now) {
    var server = place.server();
    return Reliability.check(
        Surface.DNS,
        new Subject("domain", server.id(), place.domain()),
        finding(server, answer),
        "on server " + server.name(),
        now);
  }

  private static Finding finding(Checked server, Answer answer) {
    var own =
        Stream.of(server.publicIpv4(), server.publicIpv6())
            .filter(address -> address != null)
            .map(NameChecks::plain)
            .toList();
    var expected = own.isEmpty() ? null : String.join(" or ", own);
    return switch (answer) {
      case Silence none ->
          new Finding(Verdict.UNKNOWN, "The name server does not answer.", expected, null, null);
      case Unknown none ->
          new Finding(
              Verdict.FAIL,
              "The name does not resolve.",
              expected,
              "no such name",
              "Add a record for the server's address.");
      case Addresses found -> led(own, expected, found.all());
    };
  }

  private static Finding led(List<String> own, @Nullable String expected, List<String> found) {
    var observed = String.join(", ", found);
    if (own.isEmpty()) {
      return new Finding(
          Verdict.UNKNOWN, "The server's public address is not known.", null, observed, null);
    }
    if (own.containsAll(found)) {
      return new Finding(Verdict.OK, "The name leads to the server.", expected, observed, null);
    }
    var some = found.stream().anyMatch(own::contains);
    return new Finding(
        Verdict.WARN,
        some
            ? "The name leads to the server and elsewhere, too."
            : "The name leads elsewhere, which may be a proxy before the server.",
        expected,
        observed,
        "See whether the records of the name are meant to be so.");
  }

  /** As resolvers write it: an IPv6 address has many forms. */
  private static String plain(String address) {
    try {
      return InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException nonsense) {
      return address;
    }
  }
}
