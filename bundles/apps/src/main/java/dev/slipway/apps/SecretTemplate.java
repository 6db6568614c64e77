package dev.slipway.apps;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A set of variables for reuse.
 *
 * @param name 1..120 characters for people, unique in the tenant
 * @param variables as they are stored; {@link #parsed} reads them
 * @param createdBy null where an API key made it
 */
public record SecretTemplate(
    UUID id,
    UUID tenantId,
    String name,
    @Nullable String description,
    List<Map<String, @Nullable Object>> variables,
    @Nullable UUID createdBy,
    Instant createdAt) {

  /** A template of these variables. */
  public static SecretTemplate of(
      UUID id,
      UUID tenantId,
      String name,
      @Nullable String description,
      List<TemplateVariable> variables,
      @Nullable UUID createdBy,
      Instant createdAt) {
    var stored = variables.stream().map(TemplateVariable::members).toList();
    return new SecretTemplate(id, tenantId, name, description, stored, createdBy, createdAt);
  }

  /** The variables in their order. */
  public List<TemplateVariable> parsed() {
    return variables.stream().map(TemplateVariable::of).toList();
  }

  /** Where the default value of a secret variable is stored, so that it opens there alone. */
  public static String place(UUID id, String key) {
    return "apps_secret_template/" + id + "/" + key;
  }

  /** Without the variables. */
  @Override
  public String toString() {
    return "SecretTemplate[id=" + id + ", name=" + name + "]";
  }
}
