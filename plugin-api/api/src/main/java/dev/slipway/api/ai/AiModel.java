package dev.slipway.api.ai;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A language model.
 *
 * @param id what the provider knows it by
 * @param contextTokens how much it can take in, question and answer together; 0 where that is not
 *     known
 * @param abilities what it can do besides answering in text
 * @since 0.1.0
 */
@ProviderType
public record AiModel(String id, int contextTokens, Set<Ability> abilities) {
  /** Keeps the abilities as they are now. */
  public AiModel {
    abilities = Set.copyOf(abilities);
  }

  /** What not every model can do. */
  public enum Ability {
    /** Proposes calls of tools. */
    TOOLS,
    /** Answers in JSON where it is asked to. */
    JSON
  }
}
