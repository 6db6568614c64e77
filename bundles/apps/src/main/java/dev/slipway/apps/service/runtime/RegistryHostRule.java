package dev.slipway.apps.service.runtime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts of registries, and which an image's name leads to. */
final class RegistryHostRule {
  /** Where images come from whose names begin with no host. */
  static final String USUAL = "docker.io";

  private static final Set<String> USUAL_NAMES =
      Set.of(
          "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(localhost|" + LABEL + "(\\." + LABEL + ")+)(:[0-9]{1,5})?|" + LABEL + ":[0-9]{1,5}");

  private RegistryHostRule() {}

  /** The one spelling of a host that clients write in several ways. */
  static String canonical(String host) {
    var lower = host.strip().toLowerCase(Locale.ROOT);
    return USUAL_NAMES.contains(lower) ? USUAL : lower;
  }

  static @Nullable String fault(String canonical) {
    return canonical.length() <= 255 && FORM.matcher(canonical).matches()
        ? null
        : "must be a registry's host, such as registry.example.com or registry.example.com:5000";
  }

  /** The registry of an image. */
  static String of(String image) {
    int slash = image.indexOf('/');
    var first = slash < 0 ? "" : image.substring(0, slash);
    var named = first.contains(".") || first.contains(":") || first.equals("localhost");
    return named ? canonical(first) : USUAL;
  }
}
