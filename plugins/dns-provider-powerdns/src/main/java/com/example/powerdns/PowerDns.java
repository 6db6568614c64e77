package com.example.powerdns;

import dev.slipway.api.dns.DnsProvider;
import dev.slipway.api.dns.DnsRecords;
import dev.slipway.api.dns.DnsRecords.Type;
import dev.slipway.api.dns.DnsZone;
import dev.slipway.api.net.Egress;
import dev.slipway.api.offering.RemoteCalls;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.RemoteFailure.Reason;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.platform.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps records at a PowerDNS authoritative server, over its HTTP API. */
@Component
public final class PowerDns implements DnsProvider {
  private final RemoteCalls calls;
  private final Json json;

  @Activate
  public PowerDns(@Reference Egress egress, @Reference Json json) {
    this.calls = new RemoteCalls(egress);
    this.json = json;
  }

  @Override
  public String key() {
    return "powerdns";
  }

  @Override
  public String name() {
    return "PowerDNS";
  }

  @Override
  public String description() {
    return "A PowerDNS authoritative server whose HTTP API is switched on.";
  }

  @Override
  public String configuration() {
    return """
        { "type": "object", "required": ["url", "api_key"], "properties": {
          "url": { "type": "string", "format": "uri", "pattern": "^https?://", "title": "Address",
                   "description": "Of its web server, without /api" },
          "api_key": { "type": "string", "writeOnly": true, "title": "API key" },
          "server": { "type": "string", "pattern": "^[A-Za-z0-9_.-]+$", "default": "localhost",
                      "title": "Server", "description": "What the API calls it" } } }
        """;
  }

  @Override
  public List<DnsZone> zones(Setup setup) throws RemoteFailure, InterruptedException {
    var zones = read(get(setup, ""), RemoteZone[].class);
    return Arrays.stream(zones)
        .map(zone -> new DnsZone(zone.id(), ZoneText.withoutDot(zone.name())))
        .sorted(Comparator.comparing(DnsZone::name))
        .toList();
  }

  @Override
  public List<DnsRecords> at(DnsZone zone, String name, Setup setup)
      throws RemoteFailure, InterruptedException {
    var query = "?rrset_name=" + encoded(name + ".");
    var found = read(get(setup, "/" + encoded(zone.id()) + query), RemoteZone.class);
    return found.rrsets().stream()
        .filter(set -> set.name().equals(name + ".") && ZoneText.isKnown(set.type()))
        .map(PowerDns::records)
        .toList();
  }

  private static DnsRecords records(RemoteSet set) {
    var type = Type.valueOf(set.type());
    var values = set.records().stream().map(it -> ZoneText.ours(type, it.content())).toList();
    return new DnsRecords(ZoneText.withoutDot(set.name()), type, set.ttl(), values);
  }

  @Override
  public void put(DnsZone zone, DnsRecords records, Setup setup)
      throws RemoteFailure, InterruptedException {
    var values =
        records.values().stream()
            .map(
                value ->
                    Map.of("content", ZoneText.theirs(records.type(), value), "disabled", false))
            .toList();
    change(
        zone,
        Map.of(
            "name",
            records.name() + ".",
            "type",
            records.type().name(),
            "changetype",
            "REPLACE",
            "ttl",
            records.ttl(),
            "records",
            values),
        setup);
  }

  @Override
  public void remove(DnsZone zone, String name, Type type, Setup setup)
      throws RemoteFailure, InterruptedException {
    change(zone, Map.of("name", name + ".", "type", type.name(), "changetype", "DELETE"), setup);
  }

  private void change(DnsZone zone, Map<String, Object> set, Setup setup)
      throws RemoteFailure, InterruptedException {
    var body = json.write(Map.of("rrsets", List.of(set)));
    calls.send(
        request(setup, "/" + encoded(zone.id()))
            .method("PATCH", BodyPublishers.ofString(body))
            .build());
  }

  private String get(Setup setup, String path) throws RemoteFailure, InterruptedException {
    return calls.send(request(setup, path).build()).text();
  }

  private static HttpRequest.Builder request(Setup setup, String path) {
    var base = setup.required("url").replaceAll("/+$", "");
    var server = setup.values().getOrDefault("server", "localhost");
    return HttpRequest.newBuilder(URI.create(base + "/api/v1/servers/" + server + "/zones" + path))
        .header("X-API-Key", setup.required("api_key"))
        .header("Content-Type", "application/json");
  }

  private <T> T read(String text, Class<T> type) throws RemoteFailure {
    try {
      var value = json.read(text, type);
      if (value != null) {
        return value;
      }
    } catch (IllegalArgumentException malformed) {
      // It is told below.
    }
    throw RemoteFailure.of(Reason.UNAVAILABLE, "The answer is not one of PowerDNS", null);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A zone as the API tells of it; of a list without its records. */
  record RemoteZone(String id, String name, List<RemoteSet> rrsets) {
    RemoteZone {
      if (id == null || name == null) {
        throw new IllegalArgumentException("a zone has an id and a name");
      }
      rrsets = rrsets == null ? List.of() : List.copyOf(rrsets);
    }
  }

  /** A set of records as the API tells of it. */
  record RemoteSet(String name, String type, int ttl, List<RemoteRecord> records) {
    RemoteSet {
      records = records == null ? List.of() : List.copyOf(records);
    }
  }

  /** A record as the API tells of it. */
  record RemoteRecord(String content) {}
}
