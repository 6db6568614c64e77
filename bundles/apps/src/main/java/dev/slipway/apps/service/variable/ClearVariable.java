package dev.slipway.apps.service.variable;

import java.util.UUID;

/** A variable in clear, for whoever asked to see it. */
public record ClearVariable(UUID id, String key, String value) {
  @Override
  public String toString() {
    return "ClearVariable[key=" + key + "]";
  }
}
