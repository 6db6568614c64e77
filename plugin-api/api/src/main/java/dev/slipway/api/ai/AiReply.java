package dev.slipway.api.ai;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What the model has said.
 *
 * @param message to be put at the end of the conversation
 * @param end why it has stopped there
 * @param inputTokens tokens of the conversation, as the provider counts them; 0 where it does not
 *     tell
 * @param outputTokens tokens of the answer; 0 where the provider does not tell
 * @since 0.1.0
 */
@ProviderType
public record AiReply(AiMessage message, End end, long inputTokens, long outputTokens) {
  /** Why a model stops. */
  public enum End {
    /** It has said all. */
    DONE,
    /** It waits for the outcome of the calls that it proposes. */
    CALLS,
    /** The bound of the answer was reached. */
    LENGTH,
    /** The provider has held the answer back. */
    WITHHELD
  }
}
