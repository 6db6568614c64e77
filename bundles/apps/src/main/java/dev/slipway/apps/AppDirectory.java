package dev.slipway.apps;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Apps for the features that show them. */
@ProviderType
public interface AppDirectory {
  /**
   * A variable that a run of an app gets, without its value.
   *
   * @param source whose it is: {@code project} or {@code app}
   * @param rotation where a secret stands that needs new values; null for any other
   */
  record VariableName(
      String key, boolean secret, String source, RotationRule.@Nullable Status rotation) {}

  /**
   * The apps that fit, in order of id; null leaves a condition out.
   *
   * @param search part of the name or slug
   */
  Page<App> list(
      Scope scope, @Nullable AppStatus status, @Nullable String search, PageRequest page);

  /**
   * The names of the variables that apply to an app outside of any environment, in order; empty
   * where there is no such app in this scope.
   */
  List<VariableName> variables(Scope scope, UUID appId);
}
