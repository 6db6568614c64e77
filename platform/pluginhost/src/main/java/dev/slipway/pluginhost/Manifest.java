package dev.slipway.pluginhost;

import dev.slipway.api.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A plugin's {@code plugin.json}.
 *
 * @param id symbolic name of the bundle
 * @param version bundle version
 * @param name for people
 * @param vendor who makes it
 * @param description one or two sentences
 * @param api range of the plugin API it was built for, such as {@code [1.0,2)}
 * @param events types of the events it publishes
 * @param permissions what it asks for
 * @param settings JSON Schema of its settings, see {@link SettingsSchema}
 */
record Manifest(
    String id,
    String version,
    String name,
    String vendor,
    String description,
    String api,
    List<String> events,
    List<String> permissions,
    Map<String, @Nullable Object> settings) {
  private static final Pattern EVENT = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+){2}");
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final int MOST_ENTRIES = 200;

  Manifest {
    id = Objects.requireNonNullElse(id, "");
    version = Objects.requireNonNullElse(version, "");
    name = Objects.requireNonNullElse(name, id);
    vendor = Objects.requireNonNullElse(vendor, "");
    description = Objects.requireNonNullElse(description, "");
    api = Objects.requireNonNullElse(api, "");
    events = List.copyOf(Objects.requireNonNullElse(events, List.of()));
    permissions = List.copyOf(Objects.requireNonNullElse(permissions, List.of()));
    settings =
        Collections.unmodifiableMap(
            new LinkedHashMap<>(Objects.requireNonNullElse(settings, Map.of())));
  }

  /** Refuses with 400, naming every member that is wrong. */
  void check(String bundleId, Version bundleVersion) {
    var faults = new ArrayList<String>();
    if (!id.equals(bundleId)) {
      faults.add("id must be the bundle's symbolic name " + bundleId);
    }
    if (!parsed(version).equals(Optional.of(bundleVersion))) {
      faults.add("version must be the bundle's version " + bundleVersion);
    }
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      faults.add("name must have 1 to " + LONGEST_NAME + " characters");
    }
    if (vendor.length() > LONGEST_NAME) {
      faults.add("vendor must have at most " + LONGEST_NAME + " characters");
    }
    if (description.length() > LONGEST_DESCRIPTION) {
      faults.add("description must have at most " + LONGEST_DESCRIPTION + " characters");
    }
    if (range().isEmpty()) {
      faults.add("api must be a version range such as [1.0,2)");
    }
    if (events.size() > MOST_ENTRIES || !events.stream().allMatch(Manifest::isEvent)) {
      faults.add("events must be at most " + MOST_ENTRIES + " names such as feature.noun.past");
    }
    if (permissions.size() > MOST_ENTRIES
        || permissions.stream().anyMatch(it -> Permission.parse(it).isEmpty())) {
      faults.add(
          "permissions must be at most "
              + MOST_ENTRIES
              + " of egress:HOST, events:TYPE, publish:TYPE, scripts:API and offers:POINT");
    }
    faults.addAll(SettingsSchema.of(this).faults());
    if (!faults.isEmpty()) {
      throw PluginError.NOT_A_BUNDLE.at("plugin.json", "plugin.json: " + String.join("; ", faults));
    }
  }

  /** Whether it was built for this version of the plugin API. */
  boolean suits(Version served) {
    return range().filter(range -> range.includes(served)).isPresent();
  }

  /** What a bundle in the framework says of itself; a feature says nothing. */
  static Manifest of(Bundle bundle, Json json) {
    var entry = bundle.getEntry("plugin.json");
    if (entry == null) {
      return json.read("{}", Manifest.class);
    }
    try (var in = entry.openStream()) {
      return json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), Manifest.class);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Optional<VersionRange> range() {
    try {
      return api.isBlank() ? Optional.empty() : Optional.of(VersionRange.valueOf(api));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isEvent(String type) {
    return type.length() <= LONGEST_NAME && EVENT.matcher(type).matches();
  }

  private static Optional<Version> parsed(String version) {
    try {
      return Optional.of(Version.parseVersion(version));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
