package com.example.specimen;

import com.example.specimen.shared.Words;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;

/** Uses another plugin's package. */
@Path("word")
public final class Borrower implements RestResource {
  /** The other plugin's word. */
  @GET
  @Op(value = "specimen.word.read", access = Access.ROOT_ADMIN, summary = "Say a word")
  public Map<String, String> word() {
    return Map.of("word", Words.word());
  }
}
