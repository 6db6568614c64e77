package dev.slipway.apps.service.secret;

import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import dev.slipway.apps.service.variable.EnvVarDraft;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template as its user wants it; default values in clear. */
public record SecretTemplateDraft(
    String name, @Nullable String description, List<TemplateVariable> variables) {
  private static final int MAX_NAME = 120;
  private static final int MAX_DESCRIPTION = 2000;
  private static final int MAX_OF_VARIABLE = 500;

  public SecretTemplateDraft {
    name = name.strip();
    description = Text.orNull(description);
    variables = List.copyOf(variables);
  }

  /** Refuses with 400 where something is wrong with it. */
  void check() {
    var faults =
        new Faults()
            .add("name", Text.name(name, MAX_NAME))
            .add("description", block(description, MAX_DESCRIPTION));
    var keys = new HashSet<String>();
    for (var i = 0; i < variables.size(); i++) {
      var variable = variables.get(i);
      check(variable, faults.under("variables." + i));
      faults.under("variables." + i).add("key", keys.add(variable.key()) ? null : "is named twice");
    }
    faults.raise();
  }

  private static void check(TemplateVariable variable, Faults faults) {
    var value = variable.defaultValue();
    var generated = variable.generate() != Generator.NONE;
    faults
        .add("key", EnvVarDraft.keyFault(variable.key()))
        .add("description", block(variable.description(), MAX_OF_VARIABLE))
        .add("default_value", value == null ? null : EnvVarDraft.valueFault(value))
        .add("generate", value != null && generated ? "can not go with a default value" : null);
  }

  private static @Nullable String block(@Nullable String text, int max) {
    return text == null ? null : Text.block(text, max);
  }
}
