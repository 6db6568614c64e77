package com.example.powerdns;

import dev.slipway.testkit.Parts;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.RemoteHttp.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * PowerDNS's HTTP API as its documentation tells it, for zones in memory: names end in a dot, TXT
 * strings are quoted and at most 255 long, a change is all or nothing.
 */
final class FakePowerDns {
  private static final String ZONES = "/api/v1/servers/localhost/zones";

  private final String key;
  private final Map<String, Map<String, Map<?, ?>>> zones = new TreeMap<>();

  FakePowerDns(String key, String... names) {
    this.key = key;
    for (var name : names) {
      zones.put(name + ".", new TreeMap<>());
      sets(name).put(name + ". SOA", Map.of("name", name + ".", "type", "SOA", "ttl", 60));
    }
  }

  private Map<String, Map<?, ?>> sets(String name) {
    return zones.get(name + ".");
  }

  synchronized Reply answer(RemoteHttp.Request request) {
    if (!request.header("X-API-Key").equals(key)) {
      return new Reply(401, "Unauthorized");
    }
    var parts = request.path().split("\\?", 2);
    if (parts[0].equals(ZONES) && request.method().equals("GET")) {
      return ok(zones.keySet().stream().map(it -> Map.of("id", it, "name", it)).toList());
    }
    var id = decoded(parts[0].substring(Math.min(parts[0].length(), ZONES.length() + 1)));
    var sets = zones.get(id);
    if (sets == null) {
      return new Reply(404, "{\"error\":\"Could not find domain '" + id + "'\"}");
    }
    return switch (request.method()) {
      case "GET" -> ok(Map.of("id", id, "name", id, "rrsets", named(sets, parts)));
      case "PATCH" -> change(id, sets, request.body());
      default -> new Reply(405, "");
    };
  }

  private static List<Map<?, ?>> named(Map<String, Map<?, ?>> sets, String[] parts) {
    var wanted = parts.length > 1 ? decoded(parts[1].replace("rrset_name=", "")) : "";
    return sets.values().stream()
        .filter(set -> wanted.isEmpty() || set.get("name").equals(wanted))
        .collect(Collectors.toList());
  }

  private Reply change(String zone, Map<String, Map<?, ?>> sets, String body) {
    var faults = new ArrayList<String>();
    var changed = new TreeMap<>(sets);
    for (var each : (List<?>) Parts.json().read(body, Map.class).get("rrsets")) {
      var set = (Map<?, ?>) each;
      var name = set.get("name").toString();
      var place = name + " " + set.get("type");
      if (!name.equals(zone) && !name.endsWith("." + zone)) {
        faults.add(name + " is out of zone");
      }
      if (set.get("changetype").equals("DELETE")) {
        changed.remove(place);
      } else {
        ((List<?>) set.get("records")).forEach(it -> check(set, (Map<?, ?>) it, faults));
        changed.put(place, set);
      }
    }
    if (!faults.isEmpty()) {
      return new Reply(422, Parts.json().write(Map.of("error", String.join("; ", faults))));
    }
    sets.clear();
    sets.putAll(changed);
    return new Reply(204, "");
  }

  private static void check(Map<?, ?> set, Map<?, ?> record, List<String> faults) {
    var content = record.get("content").toString();
    var sound =
        switch (set.get("type").toString()) {
          case "CNAME", "MX" -> content.endsWith(".");
          case "TXT" ->
              content.matches("\"([^\"\\\\]|\\\\.)*\"( \"([^\"\\\\]|\\\\.)*\")*")
                  && content.chars().allMatch(c -> c < 0x7f)
                  && List.of(content.split("\" \"")).stream().allMatch(it -> it.length() < 2_000);
          default -> true;
        };
    if (!sound) {
      faults.add("Record " + set.get("name") + ": parsing failed");
    }
  }

  private static Reply ok(Object value) {
    return new Reply(200, Parts.json().write(value));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
