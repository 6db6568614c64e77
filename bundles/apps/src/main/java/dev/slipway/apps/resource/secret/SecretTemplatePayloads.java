package dev.slipway.apps.resource.secret;

import dev.slipway.apps.SecretTemplate;
import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.secret.SecretTemplateDraft;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Templates of variables as clients see them. */
public final class SecretTemplatePayloads {
  private static final String MASK = "****";

  private SecretTemplatePayloads() {}

  /**
   * A variable that a template asks for.
   *
   * @param isSecret null = yes
   */
  public record Variable(
      @NotNull @Size(min = 1, max = 255) String key,
      @Size(max = 500) @Nullable String description,
      @Size(max = 65536) @Nullable String defaultValue,
      @Nullable Boolean isSecret,
      @Nullable Boolean isRequired,
      @Nullable Generator generate) {

    TemplateVariable toVariable() {
      return new TemplateVariable(
          key,
          description,
          defaultValue,
          Objects.requireNonNullElse(isSecret, true),
          Boolean.TRUE.equals(isRequired),
          Objects.requireNonNullElse(generate, Generator.NONE));
    }
  }

  /** A new template. */
  public record Create(
      @NotBlank @Size(max = 120) String name,
      @Size(max = 2000) @Nullable String description,
      @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Variable> variables) {

    SecretTemplateDraft toDraft() {
      return new SecretTemplateDraft(
          name, description, variables.stream().map(Variable::toVariable).toList());
    }
  }

  /**
   * A variable that a template asks for.
   *
   * @param defaultValue a mask where the variable is secret
   */
  public record VariableView(
      String key,
      @Nullable String description,
      @Nullable String defaultValue,
      boolean isSecret,
      boolean isRequired,
      Generator generate) {

    static VariableView of(TemplateVariable variable) {
      var value = variable.defaultValue();
      return new VariableView(
          variable.key(),
          variable.description(),
          value == null || !variable.isSecret() ? value : MASK,
          variable.isSecret(),
          variable.isRequired(),
          variable.generate());
    }
  }

  public record View(
      UUID id,
      UUID tenantId,
      String name,
      @Nullable String description,
      List<VariableView> variables,
      @Nullable UUID createdBy,
      Instant createdAt) {

    static View of(SecretTemplate template) {
      return new View(
          template.id(),
          template.tenantId(),
          template.name(),
          template.description(),
          template.parsed().stream().map(VariableView::of).toList(),
          template.createdBy(),
          template.createdAt());
    }
  }

  public record SecretTemplateAnswer(View secretTemplate) {
    static SecretTemplateAnswer of(SecretTemplate template) {
      return new SecretTemplateAnswer(View.of(template));
    }
  }

  public record SecretTemplatesAnswer(List<View> secretTemplates) {
    static SecretTemplatesAnswer of(List<SecretTemplate> templates) {
      return new SecretTemplatesAnswer(templates.stream().map(View::of).toList());
    }
  }
}
