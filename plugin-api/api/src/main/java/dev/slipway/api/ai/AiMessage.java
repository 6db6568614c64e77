package dev.slipway.api.ai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One message of a conversation.
 *
 * @param role who says it
 * @param text what is said; empty where the model only proposes calls
 * @param calls calls that the model proposes; empty for the other roles
 * @param callId of a tool's answer, the call that it answers; null for the other roles
 * @since 0.1.0
 */
@ProviderType
public record AiMessage(Role role, String text, List<Call> calls, @Nullable String callId) {
  /** Keeps the calls as they are now. */
  public AiMessage {
    calls = List.copyOf(calls);
  }

  /** Who says it. */
  public enum Role {
    /** How the model should behave; the first message, where there is one. */
    SYSTEM,
    USER,
    /** The model. */
    ASSISTANT,
    /** The outcome of a proposed call. */
    TOOL
  }

  /**
   * A proposed call of a tool.
   *
   * @param id tells it from the others of the conversation
   * @param tool name of the tool
   * @param arguments as JSON has them; whoever carries it out checks them
   */
  public record Call(String id, String tool, Map<String, @Nullable Object> arguments) {}

  /** What the model is told about how to behave. */
  public static AiMessage system(String text) {
    return new AiMessage(Role.SYSTEM, text, List.of(), null);
  }

  /** What a person says. */
  public static AiMessage user(String text) {
    return new AiMessage(Role.USER, text, List.of(), null);
  }

  /** What the model says. */
  public static AiMessage assistant(String text, List<Call> calls) {
    return new AiMessage(Role.ASSISTANT, text, calls, null);
  }

  /** What came of a proposed call. */
  public static AiMessage outcome(String callId, String text) {
    return new AiMessage(Role.TOOL, text, List.of(), callId);
  }
}
