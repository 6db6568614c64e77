package com.example.specimen;

import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.Path;

/** Does not get beyond its constructor. */
@Path("failing")
public final class Failing implements RestResource {
  /** Always fails. */
  public Failing() {
    throw new IllegalStateException("no luck today");
  }
}
