package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import dev.slipway.apps.service.variable.ResolvedVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The member {@code variables} of an environment in the file: its own, without inherited ones. */
final class OverridesSection {
  /** How a call with many names the one that is wrong. */
  private static final Pattern NUMBERED = Pattern.compile("variables\\.(\\d+)\\.(.*)");

  private final EnvironmentVariableService service;
  private final Json json;

  OverridesSection(EnvironmentVariableService service, Json json) {
    this.service = service;
    this.json = json;
  }

  Map<String, @Nullable Object> read(Caller caller, UUID environmentId) {
    return WantedVariable.shown(own(caller, environmentId));
  }

  /** Those of the environment itself. */
  List<EnvVar> own(Caller caller, UUID environmentId) {
    return service.list(caller, environmentId).variables().stream()
        .map(ResolvedVariable::variable)
        .filter(variable -> environmentId.equals(variable.environmentId()))
        .toList();
  }

  /** Brings them to what a file says; the paths of those that need a value. */
  List<String> write(Caller caller, UUID environmentId, String path, Map<String, Object> section) {
    var wanted = WantedVariable.all(json, path, section);
    var current =
        own(caller, environmentId).stream()
            .collect(Collectors.toMap(EnvVar::key, Function.identity()));
    current.keySet().stream()
        .filter(key -> !wanted.containsKey(key))
        .forEach(key -> service.delete(caller, environmentId, key));
    var entries = new ArrayList<EnvVarEntry>();
    var needed = new ArrayList<String>();
    wanted.forEach(
        (key, variable) -> {
          var known = current.get(key);
          if (variable.isSecret() && known == null) {
            needed.add(path + "." + key);
          } else if (known == null || !variable.equals(WantedVariable.of(known))) {
            entry(key, variable, known).ifPresent(entries::add);
          }
        });
    put(caller, environmentId, path, entries);
    return needed;
  }

  private static Optional<EnvVarEntry> entry(
      String key, WantedVariable wanted, @Nullable EnvVar known) {
    if (!wanted.isSecret()) {
      return Optional.of(new EnvVarEntry(key, wanted.clear(), false, null, wanted.phases()));
    }
    // Of what is secret already only its phases could differ, and those of a secret are one.
    return Optional.ofNullable(known)
        .filter(variable -> !variable.isSecret())
        .map(variable -> new EnvVarEntry(key, variable.value(), true, null, wanted.phases()));
  }

  private void put(Caller caller, UUID environmentId, String path, List<EnvVarEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      service.put(caller, environmentId, entries);
    } catch (PlatformException refusal) {
      throw refusal.withFields(
          refusal.fields().isEmpty()
              ? List.of(new FieldError(path, refusal.getMessage()))
              : refusal.fields().stream().map(fault -> named(fault, path, entries)).toList());
    }
  }

  private static FieldError named(FieldError fault, String path, List<EnvVarEntry> entries) {
    var numbered = NUMBERED.matcher(fault.field());
    if (!numbered.matches()) {
      return new FieldError(path, fault.message());
    }
    var key = entries.get(Integer.parseInt(numbered.group(1))).key();
    return new FieldError(path + "." + key + "." + numbered.group(2), fault.message());
  }
}
