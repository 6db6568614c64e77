package dev.slipway.apps.resource.variable;

import dev.slipway.apps.VariableVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What variables were, as clients see it. */
public final class VariableVersionPayloads {
  private VariableVersionPayloads() {}

  /**
   * A version of a variable.
   *
   * @param version which one of the variable's it is
   * @param value null where it is secret
   * @param restoredFrom which version it brought back
   * @param madeByName who made it, for people; null where that is not known any more
   * @param revokedAt since when no deployment gets it any more
   */
  public record VersionView(
      UUID id,
      int version,
      @Nullable String value,
      String maskedValue,
      boolean isSecret,
      List<String> stageBindings,
      List<String> phases,
      VariableVersion.Origin origin,
      @Nullable Integer restoredFrom,
      @Nullable UUID madeBy,
      @Nullable String madeByName,
      Instant createdAt,
      @Nullable Instant revokedAt) {

    static VersionView of(VariableVersion version) {
      return new VersionView(
          version.id(),
          version.number(),
          version.isSecret() ? null : version.value(),
          EnvVarPayloads.MASK,
          version.isSecret(),
          version.stageBindings(),
          version.phases(),
          version.origin(),
          version.restoredFrom(),
          version.madeBy(),
          version.madeByName(),
          version.createdAt(),
          version.revokedAt());
    }
  }

  public record VersionsAnswer(List<VersionView> versions) {
    static VersionsAnswer of(List<VariableVersion> versions) {
      return new VersionsAnswer(versions.stream().map(VersionView::of).toList());
    }
  }
}
