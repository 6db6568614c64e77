package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.config.StoredTenant;
import dev.slipway.cli.output.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A tenant that the user belongs to. */
public record Membership(String tenantId, String slug, String name, String role, boolean root) {

  /** The {@code memberships} of a login or a profile. */
  public static List<Membership> listOf(JsonNode answer) {
    var list = new ArrayList<Membership>();
    for (var json : answer.path("memberships")) {
      list.add(
          new Membership(
              json.path("tenantId").asText(),
              json.path("tenantSlug").asText(),
              json.path("tenantName").asText(),
              json.path("role").asText(),
              json.path("isRoot").asBoolean()));
    }
    return list;
  }

  /** The one that id or slug names. */
  public static Membership named(List<Membership> all, String idOrSlug) {
    return all.stream()
        .filter(one -> one.tenantId.equals(idOrSlug) || one.slug.equals(idOrSlug))
        .findFirst()
        .orElseThrow(
            () -> CliException.usage("you are not a member of '" + idOrSlug + "'; " + choice(all)));
  }

  /** The one that needs no choice: the only one, or that of the root tenant. */
  public static Optional<Membership> obvious(List<Membership> all) {
    return all.size() == 1
        ? Optional.of(all.getFirst())
        : all.stream().filter(Membership::root).findFirst();
  }

  public static String choice(List<Membership> all) {
    return all.isEmpty()
        ? "you belong to no tenant"
        : "your tenants: " + all.stream().map(Membership::slug).collect(Collectors.joining(", "));
  }

  public StoredTenant stored() {
    return new StoredTenant(tenantId, slug);
  }
}
