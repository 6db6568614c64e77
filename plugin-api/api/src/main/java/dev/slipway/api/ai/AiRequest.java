package dev.slipway.api.ai;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A conversation to be continued. Made by {@link #of}, completed by the methods that return another
 * one.
 *
 * @param model id of an {@link AiModel}
 * @param messages at least one, in order
 * @param tools what calls it may propose; names are unique
 * @param maxTokens most tokens of the answer
 * @param json whether the answer must be one JSON object
 * @since 0.1.0
 */
@ProviderType
public record AiRequest(
    String model, List<AiMessage> messages, List<Tool> tools, int maxTokens, boolean json) {
  /** Refuses a conversation without a message. */
  public AiRequest {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a conversation has at least one message");
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer has at least one token");
    }
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** A conversation without tools, to be answered in text of at most 1,024 tokens. */
  public static AiRequest of(String model, List<AiMessage> messages) {
    return new AiRequest(model, messages, List.of(), 1_024, false);
  }

  /** The same with these tools. */
  public AiRequest withTools(List<Tool> offered) {
    return new AiRequest(model, messages, offered, maxTokens, json);
  }

  /** The same with another bound of the answer. */
  public AiRequest withMaxTokens(int most) {
    return new AiRequest(model, messages, tools, most, json);
  }

  /** The same, to be answered by one JSON object. */
  public AiRequest asJson() {
    return new AiRequest(model, messages, tools, maxTokens, true);
  }

  /**
   * Something that the model may propose to call.
   *
   * @param name letters, digits, {@code _} and {@code -}, 1 to 64
   * @param description what it does, for the model
   * @param parameters JSON Schema of its arguments, an object
   */
  public record Tool(String name, String description, String parameters) {}
}
