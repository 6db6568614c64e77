package dev.slipway.billing;

/**
 * What a plan says of one key.
 *
 * @param boolValue for {@link Type#BOOL}
 * @param numericValue for {@link Type#NUMERIC}
 * @param description for people
 */
public record Entitlement(Type type, boolean boolValue, long numericValue, String description) {
  /** Sorts of entitlements. */
  public enum Type {
    BOOL,
    NUMERIC
  }

  /** Whether it allows anything. */
  public boolean granted() {
    return type == Type.BOOL ? boolValue : numericValue > 0;
  }
}
