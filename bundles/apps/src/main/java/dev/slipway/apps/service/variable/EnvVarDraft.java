package dev.slipway.apps.service.variable;

import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A variable as its user wants it, in clear. */
public record EnvVarDraft(
    String key,
    String value,
    boolean isSecret,
    List<Stage> stages,
    @Nullable String description,
    List<Phase> phases) {

  private static final int MAX_KEY = 255;
  private static final int MAX_VALUE = 64 * 1024;
  private static final int MAX_DESCRIPTION = 500;
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  // The platform itself tells the app where to listen.
  private static final Set<String> RESERVED = Set.of("PORT");

  public EnvVarDraft {
    // Not List.copyOf: a client can send null in it, which is to be refused by name.
    stages = Collections.unmodifiableList(new ArrayList<>(stages));
    phases = Collections.unmodifiableList(new ArrayList<>(phases));
    description = Text.orNull(description);
  }

  /** The stages in their own order, each once, as they are stored. */
  List<String> bindings() {
    return stages.stream().distinct().sorted().map(Stage::text).toList();
  }

  /** The phases in their own order, each once, as they are stored. */
  List<String> phaseNames() {
    return phases.stream().distinct().sorted().map(Phase::text).toList();
  }

  /** Notes what is wrong with it. */
  Faults checkedBy(Faults faults) {
    return faults
        .add("key", keyFault(key))
        .add("value", valueFault(value))
        .add("stage_bindings", stages.contains(null) ? "must not contain null" : null)
        .add("phases", phaseFault())
        .add("description", description == null ? null : Text.block(description, MAX_DESCRIPTION));
  }

  private @Nullable String phaseFault() {
    if (phases.contains(null)) {
      return "must not contain null";
    }
    return isSecret && phases.contains(Phase.BUILD)
        ? "a build leaves what it sees in its image, no secret can be for it"
        : null;
  }

  public static @Nullable String fault(String key, String value) {
    var fault = keyFault(key);
    return fault == null ? valueFault(value) : fault;
  }

  public static @Nullable String keyFault(String key) {
    if (key.length() > MAX_KEY || !KEY.matcher(key).matches()) {
      return "must have 1.." + MAX_KEY + " letters, digits and underscores, no digit first";
    }
    return RESERVED.contains(key) ? "is set by the platform" : null;
  }

  public static @Nullable String valueFault(String value) {
    if (value.length() > MAX_VALUE || value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
      return "must have at most " + MAX_VALUE + " bytes";
    }
    // No process can be given a NUL, no encoding has half a character.
    var whole =
        value
            .codePoints()
            .allMatch(point -> point != 0 && Character.getType(point) != Character.SURROGATE);
    return whole ? null : "must be text without NUL";
  }

  @Override
  public String toString() {
    return "EnvVarDraft[key=" + key + "]";
  }
}
