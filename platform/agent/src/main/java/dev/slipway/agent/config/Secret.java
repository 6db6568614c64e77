package dev.slipway.agent.config;

/** A value that must not be printed: its text form hides it. */
public record Secret(String reveal) {
  public Secret {
    if (reveal.isBlank() || reveal.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("a secret is one line of visible ASCII");
    }
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
