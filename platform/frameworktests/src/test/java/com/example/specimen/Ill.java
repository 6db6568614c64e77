package com.example.specimen;

import dev.slipway.api.spi.HealthCheck;

/** Starts, and is not well. */
public final class Ill implements HealthCheck {
  @Override
  public String name() {
    return "ill";
  }

  @Override
  public Health check() {
    return new Health(false, "the other end does not answer");
  }
}
